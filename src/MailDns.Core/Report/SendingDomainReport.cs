namespace MailDns.Report;

/// <summary>A whole report, ready to be written in any form.</summary>
internal sealed class SendingDomainReport
{
    public SendingDomainReport(string? title, DateTimeOffset created, string version, IEnumerable<ReportDomain> domains)
    {
        Domains = domains
            .OrderByDescending(domain => domain.Verdict)
            .ThenByDescending(domain => domain.Counts.Fail)
            .ThenByDescending(domain => domain.Counts.Unknown)
            .ThenByDescending(domain => domain.Counts.Warning)
            .ThenBy(domain => domain.Name, StringComparer.Ordinal)
            .ToArray();
        Title = string.IsNullOrWhiteSpace(title) ? "Sending domain report" : title!;
        Created = created.ToUniversalTime();
        Version = version;
        Counts = new ReportCounts(Array.Empty<ReportCheck>());
        foreach (ReportDomain domain in Domains)
            Counts.Add(domain.Counts);
    }

    public string Title { get; }

    /// <summary>When the report was made, in UTC.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The version of MailDns.</summary>
    public string Version { get; }

    /// <summary>The worst first.</summary>
    public IReadOnlyList<ReportDomain> Domains { get; }

    public ReportCounts Counts { get; }

    /// <summary>What has changed since an earlier run; null where the report was not compared with one.</summary>
    public IReadOnlyList<SendingDomainChange>? Changes { get; private set; }

    /// <summary>The folder that zone files are named relative to, with the separator at its end; empty to name them whole.</summary>
    public string Folder { get; set; } = string.Empty;

    /// <summary>Compares the report with the results of an earlier run.</summary>
    public void CompareWith(IEnumerable<ReportCheck> reference) =>
        Changes = ResultComparer.CompareDomains(reference, Domains.Select(domain => domain.Checks));

    /// <summary>The worst of all domains.</summary>
    public ReportVerdict Verdict => Domains.Count == 0 ? ReportVerdict.NotChecked : Domains.Max(domain => domain.Verdict);

    /// <summary>The time as ISO 8601 in UTC, to the second.</summary>
    public string CreatedText => Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Collects what comes down the pipeline, in any order, and sorts it by domain.</summary>
/// <param name="mostWhole">How many results are kept as objects; the oldest domains' are packed where there are more.</param>
internal sealed class ReportBuilder(int mostWhole = 1024)
{
    private readonly int _mostWhole = mostWhole;
    private readonly PackedChecks _packed = new();
    private readonly Queue<ReportDomainDraft> _whole = new();
    private int _wholeChecks;
    private readonly Dictionary<string, ReportDomainDraft> _drafts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _order = new();
    private readonly List<ReportRecord> _records = new();

    public bool IsEmpty => _order.Count == 0 && _records.Count == 0;

    /// <summary>A domain that is in the report even where nothing is known of it.</summary>
    public void AddDomain(string domain) => Draft(domain);

    public void Add(ReportCheck check)
    {
        ReportDomainDraft draft = Draft(check.Domain);
        if (draft.Checks.Count == 0) _whole.Enqueue(draft);
        if (draft.Add(check)) _wholeChecks++;

        while (_wholeChecks > _mostWhole)
        {
            ReportDomainDraft oldest = _whole.Dequeue();
            _wholeChecks -= oldest.Checks.Count;
            oldest.Pack();
        }
    }

    public void Add(ReportMailPath path) => Draft(path.Domain).Paths.Add(path);

    /// <summary>A source goes to the domain of its policy, which it may mention as a subdomain's.</summary>
    public void Add(ReportSender sender) => Draft(sender.PolicyDomain.Length > 0 ? sender.PolicyDomain : sender.Domain).Senders.Add(sender);

    public void Add(ReportReadiness readiness) => Draft(readiness.Domain).Readiness.Add(readiness);

    public void Add(ReportTls tls) => Draft(tls.Domain).Tls.Add(tls);

    public void AddTree(ReportTreeNode root) => Draft(root.Domain).Trees.Add(root);

    /// <summary>A record of a plan. It goes to the nearest domain of the report at or above its name, else to its zone.</summary>
    public void Add(ReportRecord record) => _records.Add(record);

    public SendingDomainReport Build(string? title, DateTimeOffset created, string version)
    {
        foreach (ReportRecord record in _records)
            Draft(OwnerOf(record)).Records.Add(record);

        _records.Clear();
        return new SendingDomainReport(title, created, version, _order.Select(name => new ReportDomain(_drafts[name])));
    }

    private string OwnerOf(ReportRecord record)
    {
        for (string name = record.Fqdn; name.Length > 0;)
        {
            if (_drafts.ContainsKey(name)) return name;

            int dot = name.IndexOf('.');
            name = dot < 0 ? string.Empty : name.Substring(dot + 1);
        }

        return record.ZoneName;
    }

    private ReportDomainDraft Draft(string domain)
    {
        if (!_drafts.TryGetValue(domain, out ReportDomainDraft? draft))
        {
            draft = new ReportDomainDraft(domain, _packed);
            _drafts.Add(domain, draft);
            _order.Add(domain);
        }

        return draft;
    }
}

/// <summary>
/// What to publish, from records that were given and from those that findings carry. Two findings may each carry a whole
/// record of their own for one name: publishing both would break it (RFC 7208 section 4.5), so they are marked as a choice.
/// </summary>
internal static class PublishPlan
{
    /// <summary>The records without repetition. A given record wins over a finding's at the same place.</summary>
    public static IReadOnlyList<ReportRecord> Make(IEnumerable<ReportRecord> given, IEnumerable<ReportCheck> checks)
    {
        ReportRecord[] plan = Distinct(given);
        var places = new HashSet<string>(plan.Where(record => record.IsSingle).Select(record => record.PlaceKey), StringComparer.Ordinal);
        IEnumerable<ReportRecord> fixes = checks.Where(check => check.IsFinding).SelectMany(check => check.Records);
        return Distinct(plan.Concat(fixes.Where(record => !places.Contains(record.PlaceKey))))
            .GroupBy(record => record.PlaceKey, StringComparer.Ordinal)
            .SelectMany(place => place.First().IsSingle && place.Skip(1).Any() ? place.Select(record => record.AsChoice()) : place)
            .ToArray();
    }

    private static ReportRecord[] Distinct(IEnumerable<ReportRecord> records)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return records.Where(record => seen.Add(record.Key)).ToArray();
    }
}

/// <summary>What has come so far of one domain.</summary>
internal sealed class ReportDomainDraft(string name, PackedChecks store)
{
    private readonly PackedChecks _store = store;
    private readonly List<byte[]> _packed = new();
    private readonly HashSet<ReportCheck> _seen = new(SameResult.Instance);
    private ReportCounts? _counts;
    private ReportContent? _content;

    public string Name { get; } = name;

    /// <summary>The results that are not packed.</summary>
    public List<ReportCheck> Checks { get; } = new();

    public List<ReportRecord> Records { get; } = new();

    public List<ReportTreeNode> Trees { get; } = new();

    public List<ReportMailPath> Paths { get; } = new();

    public List<ReportSender> Senders { get; } = new();

    public List<ReportReadiness> Readiness { get; } = new();

    public List<ReportTls> Tls { get; } = new();

    /// <summary>How many results of each status there are, counted before they are packed where all came together.</summary>
    public ReportCounts Counts => Checks.Count == 0 && _packed.Count == 1 ? _counts! : new ReportCounts(Content.Checks);

    /// <summary>The results and what follows from them; of a packed domain it is made when it is asked for, and not kept.</summary>
    public ReportContent Content => _packed.Count > 0 ? _store.Open(this, () => new ReportContent(Unpack(), Records)) : _content ??= new ReportContent(Checks, Records);

    /// <summary>False for a result that is there already.</summary>
    public bool Add(ReportCheck check)
    {
        bool isNew = _seen.Add(check);
        if (isNew) Checks.Add(check);

        return isNew;
    }

    public void Pack()
    {
        if (Checks.Count == 0) return;

        _counts = new ReportCounts(Checks);
        _packed.Add(_store.Pack(Name, Checks));
        Checks.Clear();
        _seen.Clear();
        _seen.TrimExcess();
        Checks.TrimExcess();
    }

    // Of what was packed apart the same result may have come again.
    private List<ReportCheck> Unpack() => _packed.SelectMany(packed => _store.Unpack(Name, packed)).Concat(Checks).Distinct(SameResult.Instance).ToList();
}

/// <summary>
/// Puts SPF trees together from nodes as Get-SpfTree writes them: one a line, from top to bottom, with their depth. Copies
/// from a job have no children, so depth alone decides.
/// </summary>
internal sealed class ReportTreeBuilder
{
    // Get-SpfTree goes less deep; a foreign object may claim anything.
    private const int Deepest = 64;

    private readonly List<ReportTreeNode> _path = new();

    /// <summary>
    /// Takes the next node; true where it has its place. False where it lies below nothing, e.g. in a filtered list.
    /// </summary>
    public bool TryAdd(ReportTreeNode node, Action<ReportTreeNode> newRoot)
    {
        if (node.Depth == 0)
        {
            _path.Clear();
            newRoot(node);
        }
        else if (node.Depth > _path.Count || node.Depth > Deepest)
        {
            return false;
        }
        else
        {
            _path.RemoveRange(node.Depth, _path.Count - node.Depth);
            _path[node.Depth - 1].Children.Add(node);
        }

        _path.Add(node);
        return true;
    }
}

/// <summary>Equal for the same result given twice, e.g. by Test-SendingDomain and by Get-SpfStatus.</summary>
internal sealed class SameResult : IEqualityComparer<ReportCheck>
{
    public static SameResult Instance { get; } = new();

    public bool Equals(ReportCheck? x, ReportCheck? y) => x is null ? y is null : y is not null && x.Status == y.Status && x.Id == y.Id && x.Message == y.Message;

    public int GetHashCode(ReportCheck obj) => (StringComparer.Ordinal.GetHashCode(obj.Id) * 31) ^ StringComparer.Ordinal.GetHashCode(obj.Message) ^ (int)obj.Status;
}
