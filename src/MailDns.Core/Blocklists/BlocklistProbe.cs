namespace MailDns.Blocklists;

/// <summary>What the test points of a list showed.</summary>
internal sealed record BlocklistHealth(bool IsUsable, bool IsRefusal, string Why, DnsResponse? Failure)
{
    public static BlocklistHealth Usable { get; } = new(true, false, string.Empty, null);
}

/// <summary>
/// The lists that one run asks. A list counts only once its test points have answered as they must (RFC 5782 section 5): a dead list answers
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
                    return new BlocklistHealth(false, answer.Response.Status == DnsResponseStatus.Refused, "the lookup of its test point failed: " + answer.Response.Question + ": " + answer.Response.Describe(), answer.Response);
            }
        }

        string refuses = list.NeedsRegistration ? ", or it answers only those who registered" : list.RefusesPublicResolvers ? ", or it refuses the resolver" : string.Empty;
        return answers[0]?.Verdict is not (BlocklistVerdict.Listed or BlocklistVerdict.Noted)
            ? new BlocklistHealth(false, false, "its test point " + point.Listed + " is not listed, so it has no entries of that kind" + refuses, null)
            : answers[1]?.Verdict != BlocklistVerdict.NotListed
                ? new BlocklistHealth(false, false, "it lists " + point.NotListed + ", which is never to be listed: it answers everything", null)
                : BlocklistHealth.Usable;
    }

    private sealed class Trial
    {
        private volatile bool _isDecided;

        public int Tries { get; set; }

        /// <summary>True once the test points were answered, whatever they showed.</summary>
        public bool IsDecided
        {
            get => _isDecided;
            set => _isDecided = value;
        }

        public Task<BlocklistHealth>? Running { get; set; }
    }
}
