using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Text;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>
/// Puts a cmdlet's resolvers together, inside out: the network or zone files, the pipeline's cache, planned records as if
/// published, aliases followed through all of them.
/// </summary>
internal sealed class ResolverStack(ResolvingCmdlet cmdlet) : IDisposable
{
    private readonly ResolvingCmdlet _cmdlet = cmdlet;
    private NetworkResolvers? _network;
    private QuestionLog? _log;

    /// <summary>The network as the parameters say.</summary>
    /// <exception cref="FormatException">A server address is none.</exception>
    public NetworkResolvers Network => _network ??= new NetworkResolvers(_cmdlet.Server, TimeSpan.FromSeconds(_cmdlet.TimeoutSec), _cmdlet.Retry);

    /// <summary>What is asked: the network with the pipeline's cache, or zone files.</summary>
    /// <exception cref="FormatException">A server address is none, or a zone file is broken.</exception>
    public IDnsResolver BuildSource()
    {
        if (_cmdlet.ZoneFile is not null) return ZoneFiles();

        IDnsResolver network = Network.CreateAll();
        if (IsVerbose())
        {
            _cmdlet.WriteVerbose("DNS is asked at " + (Network.Servers.Count == 0 ? "the system's resolvers" : string.Join(", ", Network.Servers)) + ".");
            network = _log = new QuestionLog(network);
        }

        var clock = Stopwatch.StartNew();
        return new CachingResolver(network, () => clock.Elapsed);
    }

    /// <summary>Writes the questions that went over the network since the last time, for -Verbose.</summary>
    public void WriteQuestions()
    {
        while (_log is not null && _log.TryTake(out string? line))
            _cmdlet.WriteVerbose(line!);
    }

    /// <summary>A source with planned records laid over it and aliases followed.</summary>
    public IDnsResolver Complete(IDnsResolver source) =>

        // The overlay follows aliases itself, from planned names to published ones and back.
        _cmdlet.PlannedRecord is { Length: > 0 } planned
            ? new OverlayResolver(source, planned)
            : new AliasFollowingResolver(source);

    /// <summary>Closes the sockets of the network resolvers, if there are any.</summary>
    public void Dispose() => _network?.Dispose();

    private bool IsVerbose() => _cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out object? value) && value is SwitchParameter given
        ? given
        : _cmdlet.GetVariableValue("VerbosePreference") is ActionPreference preference && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    private ZoneFileResolver ZoneFiles()
    {
        if (_cmdlet.Server is not null)
            throw new ArgumentException("-ZoneFile answers without any network: -Server cannot be given with it.");

        var files = new List<ZoneFile>();
        foreach (string path in _cmdlet.ZoneFile!)
            files.AddRange(ZoneFileLoader.Load(_cmdlet, path, zone: null, _cmdlet.AskedDomains));

        return _cmdlet.Await(_ => Task.FromResult(new ZoneFileResolver(files)));
    }
}

/// <summary>Keeps what was asked and what came, to be said on the pipeline's thread.</summary>
internal sealed class QuestionLog(IDnsResolver inner) : IDnsResolver
{
    private readonly ConcurrentQueue<string> _lines = new();

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse response = await inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        _lines.Enqueue(question + ": " + (response.Status == DnsResponseStatus.Success && response.Records.Count > 0 ? response.Records.Count + (response.Records.Count == 1 ? " record" : " records") : response.Describe()) + ".");
        return response;
    }

    public bool TryTake(out string? line) => _lines.TryDequeue(out line);
}

/// <summary>Reads zone files from paths as PowerShell understands them (drives, ~, wildcards).</summary>
internal static class ZoneFileLoader
{
    /// <summary>Largest file that is read; a million records fit.</summary>
    private const long MaxBytes = 256L << 20;

    /// <summary>The zone files at a path.</summary>
    /// <param name="cmdlet">Knows the drives.</param>
    /// <param name="path">May have wildcards.</param>
    /// <param name="zone">The zone that the user names; else the file tells it, or its name, or the domains asked about.</param>
    /// <param name="asked">The domains asked about, where they are known.</param>
    /// <param name="isLiteral">True where wildcards are characters of the name.</param>
    public static IEnumerable<ZoneFile> Load(MailDnsCmdlet cmdlet, string path, DomainName? zone, IReadOnlyList<DomainName> asked, bool isLiteral = false)
    {
        foreach (string file in FilePaths.Resolve(cmdlet, path, isLiteral))
        {
            string name = Path.GetFileName(file);
            ZoneOrigin? origin = zone is null ? ZoneNames.Guess(name, asked) : new ZoneOrigin(zone, "-ZoneName", IsStated: true);
            yield return Tell(cmdlet, cmdlet.Await(token => Task.FromResult(ZoneFileParser.Parse(Decode(BoundedFile.Read(file, MaxBytes, MaxBytes + " octets, which is the limit for a zone file")), name, origin, file, token))));
        }
    }

    /// <summary>Writes what the file was taken for, and what of it was not understood.</summary>
    public static ZoneFile Tell(MailDnsCmdlet cmdlet, ZoneFile file)
    {
        string zone = PrintableText.Escape(file.FileName) + " is taken as " + (file.IsComplete ? "the zone " : "a part of the zone ") + file.Apex + ", by " + file.ApexSource + ".";
        cmdlet.WriteMessage(CmdletMessage.Verbose(zone));
        foreach (string warning in file.Warnings)
            cmdlet.WriteMessage(CmdletMessage.Warning(warning));

        return file;
    }

    // An octet is a character, as in all DNS text; redirected output of Windows PowerShell is UTF-16. Its byte order mark tells which, and
    // without one the first character, which is ASCII: no other text has an octet 0 there.
    private static string Decode(byte[] octets)
    {
        bool hasMark = octets.Length >= 2 && (octets[0], octets[1]) is (0xFF, 0xFE) or (0xFE, 0xFF);
        bool isLittle = octets.Length >= 2 && ((octets[0] == 0xFF && octets[1] == 0xFE) || (octets[0] != 0 && octets[1] == 0));
        bool isBig = octets.Length >= 2 && ((octets[0] == 0xFE && octets[1] == 0xFF) || (octets[0] == 0 && octets[1] != 0));
        int start = hasMark ? 2 : 0;
        if (isLittle || isBig)
            octets = Encoding.Convert(isLittle ? Encoding.Unicode : Encoding.BigEndianUnicode, Encoding.UTF8, octets, start, octets.Length - start);

        return Encoding.GetEncoding(28591).GetString(octets);
    }
}
