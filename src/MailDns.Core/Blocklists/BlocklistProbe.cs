using System.Net;
using System.Net.Sockets;

namespace MailDns.Blocklists;

/// <summary>What the test entries of a list showed.</summary>
internal sealed record BlocklistHealth(bool IsUsable, bool IsRefusal, string Why, DnsResponse? Failure)
{
    public static BlocklistHealth Usable { get; } = new(true, false, string.Empty, null);
}

/// <summary>
/// The lists that one run asks. A list counts only once its test entries have answered as they must (RFC 5782 section 5): a dead list answers
/// nothing or everything, and a resolver that the list refuses hears neither. They are asked once a list and kind, whatever is asked about; where
/// a lookup failed they are asked again for the next queries, a bounded number of times.
/// </summary>
internal sealed class BlocklistProbe(IReadOnlyList<Blocklist> lists)
{
    private const int MostTries = 3;

    private readonly object _gate = new();
    private readonly Dictionary<(Blocklist, BlocklistKind), Trial> _trials = new();

    public IReadOnlyList<Blocklist> Lists { get; } = lists;

    /// <summary>Whether the list's answers of a kind count.</summary>
    public Task<BlocklistHealth> TestAsync(Blocklist list, BlocklistKind kind, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_trials.TryGetValue((list, kind), out Trial? trial)) _trials.Add((list, kind), trial = new Trial());

            if (trial.Running is null || (trial.Running.IsCompleted && !trial.IsDecided && trial.Tries < MostTries))
            {
                trial.Tries++;
                trial.Running = RunAsync(trial, list, kind, resolver, cancellationToken);
            }

            return trial.Running;
        }
    }

    private static async Task<BlocklistHealth> RunAsync(Trial trial, Blocklist list, BlocklistKind kind, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BlocklistHealth health = await AskAsync(list, kind, resolver, cancellationToken).ConfigureAwait(false);
        trial.IsDecided = health.Failure is null;
        return health;
    }

    private static async Task<BlocklistHealth> AskAsync(Blocklist list, BlocklistKind kind, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BlocklistTestPoint point = list.TestPointOf(kind);
        BlocklistAnswer?[] answers = await Task.WhenAll(
            BlocklistStatusReader.AskAsync(point.Listed, list, resolver, cancellationToken),
            BlocklistStatusReader.AskAsync(point.NotListed, list, resolver, cancellationToken)).ConfigureAwait(false);
        foreach (BlocklistAnswer? answer in answers)
        {
            switch (answer?.Verdict)
            {
                case BlocklistVerdict.Refused:
                    return new BlocklistHealth(false, true, answer.Meaning, null);
                case BlocklistVerdict.Foreign:
                    return new BlocklistHealth(false, false, answer.Meaning, null);
                case BlocklistVerdict.Failed:
                    return new BlocklistHealth(false, answer.Response.Status == DnsResponseStatus.Refused, "the lookup of its test entry failed: " + answer.Response.Question + ": " + answer.Response.Describe(), answer.Response);
            }
        }

        string refuses = list.NeedsRegistration ? ", or it answers only those who registered" : list.RefusesPublicResolvers ? ", or it refuses the resolver" : string.Empty;
        return answers[0]?.Verdict is not (BlocklistVerdict.Listed or BlocklistVerdict.Noted)
            ? new BlocklistHealth(false, false, "its test entry " + point.Listed + " is not listed, so it has no entries of that kind" + refuses, null)
            : answers[1]?.Verdict != BlocklistVerdict.NotListed
                ? new BlocklistHealth(false, false, "it lists " + point.NotListed + ", which is never to be listed: it answers everything", null)
                : BlocklistHealth.Usable;
    }

    private sealed class Trial
    {
        private volatile bool _isDecided;

        public int Tries { get; set; }

        /// <summary>True once the test entries were answered, whatever they showed.</summary>
        public bool IsDecided
        {
            get => _isDecided;
            set => _isDecided = value;
        }

        public Task<BlocklistHealth>? Running { get; set; }
    }
}

/// <summary>What a list says of one query.</summary>
internal enum BlocklistVerdict
{
    NotListed,
    Listed,

    /// <summary>It is on the list with entries that are of little weight only.</summary>
    Noted,

    /// <summary>The list refuses the resolver.</summary>
    Refused,

    /// <summary>The answer is not one of a list: somebody else gave it.</summary>
    Foreign,

    /// <summary>The lookup failed.</summary>
    Failed,
}

/// <summary>An answer of a list, read as its operator documents it. Only addresses in 127.0.0.0/8 are answers of a list (RFC 5782 section 2.1).</summary>
internal sealed class BlocklistAnswer(DnsResponse response, BlocklistVerdict verdict, IReadOnlyList<IPAddress> codes, string meaning)
{
    /// <summary>Answers of one query that are read; the longest documented has a handful.</summary>
    private const int MostCodes = 16;

    // Errors of the question itself, never entries; Spamhaus keeps the network for them, and others followed.
    private static readonly Dictionary<string, string> s_errors = new(StringComparer.Ordinal)
    {
        ["127.255.255.252"] = "the name of the list is misspelt",
        ["127.255.255.254"] = "it refuses resolvers that many share",
        ["127.255.255.255"] = "too many queries come from that resolver",
    };

    public DnsResponse Response { get; } = response;

    public BlocklistVerdict Verdict { get; } = verdict;

    /// <summary>The addresses, in order.</summary>
    public IReadOnlyList<IPAddress> Codes { get; } = codes;

    /// <summary>What they mean, or why they mean nothing; empty where there is no entry.</summary>
    public string Meaning { get; } = meaning;

    public static BlocklistAnswer Read(Blocklist list, DnsResponse response)
    {
        if (response.IsFailure)
            return new BlocklistAnswer(response, BlocklistVerdict.Failed, Array.Empty<IPAddress>(), response.Describe());

        IPAddress[] codes = response.Data<AddressData>()
            .Select(data => data.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork)
            .Distinct()
            .OrderBy(address => address.GetAddressBytes()[1])
            .ThenBy(address => address.GetAddressBytes()[2])
            .ThenBy(address => address.GetAddressBytes()[3])
            .Take(MostCodes)
            .ToArray();
        BlocklistAnswer Say(BlocklistVerdict verdict, string meaning) => new(response, verdict, codes, meaning);
        if (codes.Length == 0) return Say(BlocklistVerdict.NotListed, string.Empty);

        if (Array.Find(codes, code => code.GetAddressBytes()[0] != 127) is { } foreign)
        {
            return Say(BlocklistVerdict.Foreign, "it answers " + foreign + ", which is outside 127.0.0.0/8: the answer is not the list's, but of a resolver that redirects or of a new owner of the domain");
        }

        if (codes.Select(code => RefusalOf(list, code)).FirstOrDefault(why => why is not null) is { } refusal)
            return Say(BlocklistVerdict.Refused, refusal);

        BlocklistCode[] known = list.Codes.Where(code => codes.Any(code.Matches)).ToArray();
        string[] unknown = codes.Where(code => !list.Codes.Any(item => item.Matches(code))).Select(code => code.ToString()).ToArray();
        string meaning = string.Join("; ", known.Select(code => code.Meaning).Distinct(StringComparer.Ordinal).Concat(unknown.Select(code => "it answers " + code + (list.Codes.Count > 0 ? ", which its documentation does not explain" : string.Empty))));
        bool isNoted = unknown.Length == 0 && Array.TrueForAll(known, code => code.Weight == BlocklistWeight.Noted);
        return Say(isNoted ? BlocklistVerdict.Noted : BlocklistVerdict.Listed, meaning);
    }

    private static string? RefusalOf(Blocklist list, IPAddress code)
    {
        if (list.Codes.FirstOrDefault(item => item.Weight == BlocklistWeight.Refused && item.Matches(code)) is { } refusal)
            return refusal.Meaning + " (" + code + ")";

        byte[] octets = code.GetAddressBytes();
        if (octets[1] == 255 && octets[2] == 255)
            return (s_errors.TryGetValue(code.ToString(), out string? error) ? error : "it answers with an error") + " (" + code + ")";

        // This machine's own address: what resolvers that block give, and lists that refuse.
        return code.Equals(IPAddress.Loopback) && !list.Codes.Any(item => item.Matches(code)) ? "it answers 127.0.0.1, which is not an entry unless the list documents it as one" : null;
    }
}
