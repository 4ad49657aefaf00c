using System.ComponentModel;
using System.Reflection;

namespace MailDns.Report;

/// <summary>All that a report says of one domain.</summary>
internal sealed class ReportDomain(ReportDomainDraft draft)
{
    private readonly ReportDomainDraft _draft = draft;
    private ReportVerdict? _verdict;

    public string Name => _draft.Name;

    /// <summary>The worst first, then in the order of the input.</summary>
    public IReadOnlyList<ReportCheck> Checks => _draft.Content.Checks;

    /// <summary>The areas that were looked at, the worst first.</summary>
    public IReadOnlyList<ReportArea> Areas => _draft.Content.Areas;

    /// <summary>What to publish.</summary>
    public IReadOnlyList<ReportRecord> Records => _draft.Content.Records;

    public IReadOnlyList<ReportTreeNode> Trees => _draft.Trees;

    public IReadOnlyList<ReportMailPath> Paths => _draft.Paths;

    public IReadOnlyList<ReportSender> Senders => _draft.Senders;

    public IReadOnlyList<ReportReadiness> Readiness => _draft.Readiness;

    public IReadOnlyList<ReportTls> Tls => _draft.Tls;

    public ReportCounts Counts { get; } = draft.Counts;

    public ReportVerdict Verdict => _verdict ??= Judge();

    /// <summary>True where senders, readiness or TLS ask for something.</summary>
    public bool HasToMend => Senders.Any(sender => sender.IsToMend) || Readiness.Any(readiness => readiness.Verdict == "NotYet") || Tls.Any(tls => tls.Failed > 0);

    // The mail path counts too: it may be in the report without the checks that belong to it.
    private ReportVerdict Judge()
    {
        if (Counts.Fail > 0 || Paths.Any(path => path.Passed == false)) return ReportVerdict.Fail;
        if (Counts.Unknown > 0 || Paths.Any(path => path.Passed is null)) return ReportVerdict.Unknown;
        if (Counts.Warning > 0 || HasToMend) return ReportVerdict.Warning;

        return Counts.Looked == 0 && Senders.Count == 0 && Tls.Count == 0 ? ReportVerdict.NotChecked : ReportVerdict.Pass;
    }
}

/// <summary>The results of a domain, and what follows from them.</summary>
internal sealed class ReportContent
{
    public ReportContent(IReadOnlyList<ReportCheck> checks, IEnumerable<ReportRecord> given)
    {
        Checks = checks.OrderBy(check => StatusOrder.Rank(check.Status)).ToArray();
        Records = PublishPlan.Make(given, checks);
        Areas = Checks.GroupBy(check => check.Area, StringComparer.Ordinal).Select(area => new ReportArea(area.Key, area.ToArray()))
            .OrderBy(area => StatusOrder.Rank(area.Worst)).ThenBy(area => area.Place).ToArray();
    }

    public IReadOnlyList<ReportCheck> Checks { get; }

    public IReadOnlyList<ReportArea> Areas { get; }

    public IReadOnlyList<ReportRecord> Records { get; }
}

/// <summary>What people call an area: the description of its <see cref="CheckArea"/>.</summary>
internal static class AreaLabel
{
    private static readonly Dictionary<string, string> s_labels = typeof(CheckArea).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(area => area.Name, area => area.GetCustomAttribute<DescriptionAttribute>()?.Description ?? area.Name, StringComparer.Ordinal);

    /// <summary>The name itself for an area that this version does not know.</summary>
    public static string Of(string area) => area.Length == 0 ? "Other" : s_labels.TryGetValue(area, out string? label) ? label : area;
}

/// <summary>The results of one area of a domain.</summary>
internal sealed class ReportArea(string name, IReadOnlyList<ReportCheck> checks)
{
    /// <summary>The name of a <see cref="CheckArea"/>.</summary>
    public string Name { get; } = name;

    public string Label => AreaLabel.Of(Name);

    public IReadOnlyList<ReportCheck> Checks { get; } = checks;

    public CheckStatus Worst { get; } = checks.Select(check => check.Status).OrderBy(StatusOrder.Rank).First();

    /// <summary>The place in the order of <see cref="CheckArea"/>; unknown areas come last.</summary>
    public int Place => Enum.TryParse(Name, out CheckArea area) ? (int)area : int.MaxValue;

    public IEnumerable<ReportCheck> Findings => Checks.Where(check => check.IsFinding);
}

/// <summary>What the results of a domain come to; the larger value is the worse.</summary>
internal enum ReportVerdict
{
    /// <summary>Every check looked at something and passed, or had nothing to look at.</summary>
    Pass,

    /// <summary>No check result was given: neither good nor bad is known, and nobody looked.</summary>
    NotChecked,

    /// <summary>A check of severity Warning found something.</summary>
    Warning,

    /// <summary>A lookup failed: the domain may be right or wrong.</summary>
    Unknown,

    /// <summary>A check of severity Error found something.</summary>
    Fail,
}

/// <summary>A check's result, as text: the same from a live object and from its deserialised copy.</summary>
internal sealed class ReportCheck
{
    public string Domain { get; init; } = string.Empty;

    public string Id { get; init; } = string.Empty;

    public string Title { get; init; } = string.Empty;

    /// <summary>The name of a <see cref="CheckArea"/>; a later version may have others.</summary>
    public string Area { get; init; } = string.Empty;

    public CheckStatus Status { get; init; } = CheckStatus.Unknown;

    public string Severity { get; init; } = string.Empty;

    public string Message { get; init; } = string.Empty;

    public string? Expected { get; init; }

    public string? Actual { get; init; }

    public string Recommendation { get; init; } = string.Empty;

    public string Reference { get; init; } = string.Empty;

    /// <summary>As <see cref="CheckResult.DaysLeft"/>.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The zone file that holds what was found, relative to the folder of the report where it lies below; null where it is not known.</summary>
    public string? File { get; init; }

    /// <summary>The line of <see cref="File"/>; 0 where it is not known.</summary>
    public int Line { get; init; }

    public ReportRecord[] Records { get; init; } = Array.Empty<ReportRecord>();

    /// <summary>The checks that the same failed lookup left open, each with this result's message; empty where it stands for itself alone.</summary>
    public ReportCheck[] NotJudged { get; init; } = Array.Empty<ReportCheck>();

    /// <summary>True for a check that is open because of another's failed lookup: nothing was said of it itself.</summary>
    public bool IsImplied { get; init; }

    /// <summary>As <see cref="CheckResult.Passed"/>: a warning has not passed, and Unknown never passes.</summary>
    public bool Passed => Status is CheckStatus.Pass or CheckStatus.Info or CheckStatus.NotApplicable;

    /// <summary>True for what a person should read.</summary>
    public bool IsFinding => Status is not (CheckStatus.Pass or CheckStatus.NotApplicable);
}

/// <summary>How many results have each status.</summary>
internal sealed class ReportCounts
{
    private readonly int[] _counts = new int[6];

    public ReportCounts(IEnumerable<ReportCheck> checks)
    {
        foreach (ReportCheck check in checks)
            Add(check.Status, 1);
    }

    public int Fail => this[CheckStatus.Fail];

    public int Unknown => this[CheckStatus.Unknown];

    public int Warning => this[CheckStatus.Warning];

    public int Info => this[CheckStatus.Info];

    public int Pass => this[CheckStatus.Pass];

    public int NotApplicable => this[CheckStatus.NotApplicable];

    public int All => Looked + NotApplicable;

    /// <summary>Checks that had something to look at.</summary>
    public int Looked => Fail + Unknown + Warning + Info + Pass;

    public int this[CheckStatus status] => _counts[(int)status];

    public void Add(ReportCounts other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    private void Add(CheckStatus status, int number) => _counts[(int)status] += number;
}

/// <summary>A record to publish, as text: the same from a live object and from its deserialised copy.</summary>
internal sealed class ReportRecord
{
    // More octets than one character-string of a TXT record holds (RFC 1035 section 3.3).
    private const int LongestString = 255;

    public string ZoneName { get; init; } = string.Empty;

    /// <summary>Relative to the zone; "@" at its apex.</summary>
    public string Name { get; init; } = string.Empty;

    public string Fqdn { get; init; } = string.Empty;

    public string Type { get; init; } = string.Empty;

    /// <summary>Seconds.</summary>
    public long Ttl { get; init; }

    public string Value { get; init; } = string.Empty;

    public string Purpose { get; init; } = string.Empty;

    /// <summary>True where the name may hold one such record only and the findings ask for different ones.</summary>
    public bool IsChoice { get; init; }

    /// <summary>The character-strings of a TXT record; empty for other types.</summary>
    public string[] Strings => Type == "TXT" ? CharacterStrings.Split(Value) : Array.Empty<string>();

    public bool IsSplit => Type == "TXT" && Value.Length > LongestString;

    /// <summary>True where a second such record at the name would break the first: it is replaced, not joined.</summary>
    public bool IsSingle => Type == "CNAME" || Purpose is "Spf" or "SenderId" or "Dkim" or "DomainKeysPolicy" or "Dmarc" or "Bimi" or "MtaSts" or "TlsRpt";

    /// <summary>A domain name is written in any case; a value is not.</summary>
    public string Key => PlaceKey + " " + Value;

    /// <summary>Records of one such key replace each other.</summary>
    public string PlaceKey => Fqdn.ToLowerInvariant() + " " + Type + " " + Purpose;

    public ReportRecord AsChoice() => new()
    {
        ZoneName = ZoneName,
        Name = Name,
        Fqdn = Fqdn,
        Type = Type,
        Ttl = Ttl,
        Value = Value,
        Purpose = Purpose,
        IsChoice = true,
    };
}

/// <summary>The way of mail to its DMARC verdict, from a <see cref="DmarcAlignment"/>.</summary>
internal sealed class ReportMailPath
{
    public string Domain { get; init; } = string.Empty;

    /// <summary>Null where a failed lookup leaves it open.</summary>
    public bool? Passed { get; init; }

    /// <summary>SPF, DKIM, or both; null without a pass.</summary>
    public string? Path { get; init; }

    public bool? SpfAligned { get; init; }

    public bool? SpfPassed { get; init; }

    public bool? DkimAligned { get; init; }

    /// <summary>False when no signature can pass; null where only the message could tell, or it is not known.</summary>
    public bool? DkimPassed { get; init; }

    public string? Policy { get; init; }

    public string? SpfAlignment { get; init; }

    public string? DkimAlignment { get; init; }

    public string Reason { get; init; } = string.Empty;

    public string Recommendation { get; init; } = string.Empty;

    public string[] Assumptions { get; init; } = Array.Empty<string>();

    public string? BounceDomain { get; init; }

    public string[] DkimDomains { get; init; } = Array.Empty<string>();

    public string? IPAddress { get; init; }

    public string? Record { get; init; }

    public string? RecordDomain { get; init; }

    public bool PassesBySpf => Path?.IndexOf("SPF", StringComparison.Ordinal) >= 0;

    public bool PassesByDkim => Path?.IndexOf("DKIM", StringComparison.Ordinal) >= 0;

    /// <summary>How the mail is sent, in words that stay the same while DNS changes.</summary>
    public string Sending
    {
        get
        {
            string address = IPAddress is null ? string.Empty : ", sent from " + IPAddress;
            string signatures = DkimDomains.Length == 0 ? ", not signed" : ", signed by " + string.Join(", ", DkimDomains);
            return "Return-Path " + (BounceDomain ?? "not named") + signatures + address;
        }
    }
}

/// <summary>A source of mail as reports of receivers tell it.</summary>
internal sealed record ReportSender
{
    public string Domain { get; init; } = string.Empty;

    public string PolicyDomain { get; init; } = string.Empty;

    public string Source { get; init; } = string.Empty;

    public string? Provider { get; init; }

    public string Class { get; init; } = string.Empty;

    public string Reason { get; init; } = string.Empty;

    public long Messages { get; init; }

    public long Passed { get; init; }

    public long DkimAligned { get; init; }

    public long SpfAligned { get; init; }

    public long TemporaryErrors { get; init; }

    public string? Recommendation { get; init; }

    public string? Last { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = Array.Empty<string>();

    public IReadOnlyList<(DateTime Day, long Messages, long Passed)> Days { get; init; } = Array.Empty<(DateTime, long, long)>();

    /// <summary>Mail of the owner, or of a platform that may be the owner's: what fails of it is to be mended.</summary>
    public bool IsToMend => Class is "OwnFailing" or "ServiceUnaligned";

    /// <summary>What it looks like; the word beside it says the same.</summary>
    public CheckStatus Look => Class switch
    {
        "OwnPassing" or "Forwarder" => CheckStatus.Pass,
        "OwnFragile" => CheckStatus.Warning,
        "OwnFailing" or "ServiceUnaligned" => CheckStatus.Fail,
        "TemporaryError" => CheckStatus.Info,
        _ => CheckStatus.Unknown,
    };

    public string Label => Class switch
    {
        "OwnPassing" => "Own, passing",
        "OwnFragile" => "Own, fragile",
        "OwnFailing" => "Own, failing",
        "ServiceUnaligned" => "Platform, not aligned",
        "Forwarder" => "Forwarder",
        "TemporaryError" => "Temporary error",
        _ => "Unknown",
    };
}

/// <summary>Whether a domain may enforce, for the report.</summary>
internal sealed record ReportReadiness
{
    public string Domain { get; init; } = string.Empty;

    public string Policy { get; init; } = string.Empty;

    public string Verdict { get; init; } = string.Empty;

    public IReadOnlyList<(string Message, string Recommendation)> Blockers { get; init; } = Array.Empty<(string, string)>();

    public IReadOnlyList<(string Text, bool IsMet)> Evidence { get; init; } = Array.Empty<(string, bool)>();

    public IReadOnlyList<string> Limits { get; init; } = Array.Empty<string>();

    public IReadOnlyList<ReportRecord> Records { get; init; } = Array.Empty<ReportRecord>();
}

/// <summary>TLS sessions of a domain, for the report.</summary>
internal sealed record ReportTls
{
    public string Domain { get; init; } = string.Empty;

    public long Successful { get; init; }

    public long Failed { get; init; }

    public string? NextMode { get; init; }

    public string Recommendation { get; init; } = string.Empty;

    public IReadOnlyList<(string Type, string? Host, long Sessions, string Responsible, string Meaning)> Failures { get; init; } = Array.Empty<(string, string?, long, string, string)>();
}

/// <summary>A place of an SPF tree.</summary>
internal sealed class ReportTreeNode
{
    public string Domain { get; init; } = string.Empty;

    public int Depth { get; init; }

    /// <summary>The name of an <see cref="SpfTreeStatus"/>.</summary>
    public string Status { get; init; } = string.Empty;

    public string? Term { get; init; }

    public string? Owner { get; init; }

    public string? Record { get; init; }

    public int LookupCount { get; init; }

    public int CumulativeLookupCount { get; init; }

    public int CumulativeVoidLookupCount { get; init; }

    public long IPv4AddressCount { get; init; }

    public string? Problem { get; init; }

    public List<ReportTreeNode> Children { get; } = new();

    /// <summary>The node and all below it, from top to bottom.</summary>
    public IEnumerable<ReportTreeNode> Walk()
    {
        var open = new Stack<ReportTreeNode>();
        open.Push(this);
        while (open.Count > 0)
        {
            ReportTreeNode node = open.Pop();
            yield return node;
            for (int i = node.Children.Count - 1; i >= 0; i--)
                open.Push(node.Children[i]);
        }
    }
}
