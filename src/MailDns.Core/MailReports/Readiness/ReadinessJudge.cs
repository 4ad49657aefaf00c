using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.MailReports;

/// <summary>
/// The rule (RFC 9989 sections 5.1.6 and 7.4 in numbers): what a domain's own mail showed in a period, and what its DNS says
/// today. Mail that is not the owner's changes nothing: neither a wave of it nor none.
/// </summary>
internal sealed class ReadinessJudge
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromHours(1);
    private readonly DomainName _domain;
    private readonly ReadinessRule _rule;
    private readonly IDnsResolver _resolver;
    private readonly List<DmarcReadinessBlocker> _blockers = new();
    private readonly List<DmarcReadinessBlocker> _subdomainBlockers = new();
    private readonly List<DmarcReadinessEvidence> _evidence = new();
    private long _ownMessages;

    private ReadinessJudge(DomainName domain, ReadinessRule rule, IDnsResolver resolver)
    {
        _domain = domain;
        _rule = rule;
        _resolver = resolver;
    }

    /// <summary>The answer for one policy.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="policy">Quarantine or Reject.</param>
    /// <param name="sources">The sources of the period.</param>
    /// <param name="coverage">Who reported when.</param>
    /// <param name="rule">The numbers.</param>
    /// <param name="resolver">DNS as it is, with planned records laid over it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<DmarcReadiness> JudgeAsync(
        DomainName domain,
        DmarcPolicy policy,
        IReadOnlyList<DmarcSource> sources,
        ReportCoverage coverage,
        ReadinessRule rule,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        var judge = new ReadinessJudge(domain, rule, resolver);
        return await judge.JudgeAsync(policy, sources, coverage, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DmarcReadiness> JudgeAsync(DmarcPolicy policy, IReadOnlyList<DmarcSource> sources, ReportCoverage coverage, CancellationToken cancellationToken)
    {
        var readiness = new DmarcReadiness(_domain.ToString(), policy);
        DmarcSource[] counted = sources.Where(source => !_rule.IsAccepted(source)).ToArray();
        DmarcSource[] self = counted.Where(source => source.Domain == _domain.Text).ToArray();
        (DmarcSource[] subdomains, DmarcSource[] nonexistent) = await SplitAsync(counted, cancellationToken).ConfigureAwait(false);
        _ownMessages = counted.Where(source => source.IsOwn).Sum(source => source.Messages);
        JudgeCoverage(coverage);
        JudgeSources(self, _blockers);
        JudgeSources(subdomains, _subdomainBlockers);
        bool nonexistentIsClean = !nonexistent.Any(source => source.IsOwn || source.Class == DmarcSourceClass.ServiceUnaligned);
        DmarcStatus status = await DmarcStatusReader.ReadAsync(_domain, _resolver, DmarcStatusOptions.Default, cancellationToken).ConfigureAwait(false);
        readiness.CurrentPolicy = status.Policy;
        JudgeDmarc(status);
        await JudgeSpfAsync(cancellationToken).ConfigureAwait(false);
        await JudgeKeysAsync(self.Concat(subdomains), cancellationToken).ConfigureAwait(false);

        // What speaks against one step speaks against more; the reverse is not so.
        bool mayStep = _blockers.Count == 0 && _evidence.TrueForAll(evidence => evidence.IsMet);
        DmarcPolicy now = status.EffectivePolicy ?? DmarcPolicy.None;
        if (policy == DmarcPolicy.Reject && now < DmarcPolicy.Reject) JudgeReject(status, now, coverage);

        bool mayReject = _blockers.Count == 0 && _evidence.TrueForAll(evidence => evidence.IsMet);
        readiness.Verdict = _blockers.Count > 0 ? DmarcReadinessVerdict.NotYet
            : mayReject ? DmarcReadinessVerdict.Ready
            : DmarcReadinessVerdict.NotEnoughEvidence;
        if (now < policy && status.ParsedRecord is { } present && (now == DmarcPolicy.None ? mayStep : mayReject))
        {
            DmarcPolicy next = now == DmarcPolicy.None ? DmarcPolicy.Quarantine : DmarcPolicy.Reject;
            string text = Write(present, next, status, _subdomainBlockers.Count == 0, nonexistentIsClean);
            DomainName zone = _domain;
            readiness.Record = new ResourceRecord[] { DmarcRecordBuilder.CreateWithText(_domain, zone, text, s_ttl) };
        }

        readiness.Blockers = _blockers.ToArray();
        readiness.SubdomainBlockers = _subdomainBlockers.ToArray();
        readiness.Undecided = counted.Where(source => source.Class == DmarcSourceClass.Unknown && source.Failed > 0).ToArray();
        AddContext(readiness, counted);
        readiness.Evidence = _evidence.ToArray();
        return readiness;
    }

    private async Task<(DmarcSource[] Existing, DmarcSource[] Nonexistent)> SplitAsync(IReadOnlyList<DmarcSource> sources, CancellationToken cancellationToken)
    {
        var existing = new List<DmarcSource>();
        var nonexistent = new List<DmarcSource>();
        foreach (IGrouping<string, DmarcSource> group in sources.Where(source => source.Domain != _domain.Text).GroupBy(source => source.Domain, StringComparer.Ordinal))
        {
            // RFC 9989 section 3.2.12; what could not be asked counts as there.
            bool isThere = !DomainName.TryParseDns(group.Key, out DomainName? name) || group.Key[0] == '*'
                || (await _resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false)).Status != DnsResponseStatus.NxDomain;
            (isThere ? existing : nonexistent).AddRange(group);
        }

        return (existing.ToArray(), nonexistent.ToArray());
    }

    private void JudgeCoverage(ReportCoverage coverage)
    {
        int wanted = (int)Math.Ceiling(_rule.Days * _rule.DayShare / 100);
        Require("Days with reports", "at least " + wanted + " of " + _rule.Days, coverage.Days + " of " + _rule.Days, coverage.Days >= wanted);
        string[] large = coverage.Reporters.Where(reporter => _rule.LargeReporters.Any(name => reporter.StartsWith(name, StringComparison.OrdinalIgnoreCase))).ToArray();
        Require("Reporting organizations", "at least " + _rule.Reporters, Number(coverage.Reporters.Count), coverage.Reporters.Count >= _rule.Reporters);
        Require("Large receivers among them", _rule.LargeReporters.Count == 0 ? string.Empty : "at least 1", large.Length == 0 ? "0" : string.Join(", ", large.Take(5)), large.Length > 0 || _rule.LargeReporters.Count == 0);
        Require("Own messages", "at least " + Number(_rule.Messages), Number(_ownMessages), _ownMessages >= _rule.Messages);
    }

    private void JudgeSources(IReadOnlyList<DmarcSource> sources, List<DmarcReadinessBlocker> blockers)
    {
        double forgiven = Math.Max(_rule.FailedMessages, _ownMessages * _rule.FailedShare / 100);
        DmarcSource[] failing = sources.Where(source => source.IsOwn && source.Failed > forgiven).ToArray();
        Block(blockers, "OwnFailing", failing, "Own mail fails: ", source => source.Failed + " of " + source.Messages + " messages of " + source.Source, "Correct each source first (see Record and Recommendation of the sources).");
        DmarcSource[] services = sources.Where(source => source.Class == DmarcSourceClass.ServiceUnaligned && source.Failed > forgiven).ToArray();
        Block(blockers, "ServiceUnaligned", services, "Platforms do not authenticate as the domain: ", source => source.Failed + " messages of " + source.Source, "Set them up, or specify those that you do not use with -AcceptedSource.");
        DmarcSource[] unsigned = sources.Where(source => source.IsOwn && !failing.Contains(source) && IsUnsigned(source, forgiven)).ToArray();
        Block(blockers, "DkimShare", unsigned, "Own mail passes only SPF: ", source => Percent(source.DkimAligned, source.Messages - source.TemporaryErrors) + " of " + source.Source + " passes DKIM", "Sign it with DKIM: a domain that enforces must not rely on SPF alone (RFC 9989 section 7.4).");
        DateTime settled = _rule.End.AddDays(-_rule.SettledDays);
        bool hasEarlier = sources.Any(source => source.First < settled);
        DmarcSource[] recent = sources.Where(source => source.IsOwn && source.First >= settled && hasEarlier && source.Messages > _rule.FailedMessages).ToArray();
        Block(blockers, "NewSource", recent, "New senders of your own appeared in the last " + _rule.SettledDays + " days: ", source => source.Source, "Wait until they have been seen for " + _rule.SettledDays + " days.");
    }

    private bool IsUnsigned(DmarcSource source, double forgiven)
    {
        long judged = source.Messages - source.TemporaryErrors;
        long missing = judged - source.DkimAligned;
        return missing > forgiven && source.DkimAligned < judged * _rule.DkimShare / 100;
    }

    private void JudgeDmarc(DmarcStatus status)
    {
        if (status.Outcome == DmarcOutcome.Unknown)
        {
            Require("DMARC record", "readable", "a lookup failed", isMet: false);
            return;
        }

        if (status.ParsedRecord is null)
        {
            _blockers.Add(new DmarcReadinessBlocker("Dmarc", "No DMARC record applies to " + _domain + ".", "Publish p=none with -AggregateReportUri first (New-DmarcRecord)."));
            return;
        }

        foreach (CheckResult finding in status.Findings.Where(finding => finding.Status == CheckStatus.Fail))
            _blockers.Add(new DmarcReadinessBlocker("Dmarc", finding.Message, finding.Recommendation));

        if (status.Findings.FirstOrDefault(finding => finding.Status == CheckStatus.Unknown) is { } unknown)
            Require("DMARC reports", "known to arrive", unknown.Message, isMet: false);
    }

    private async Task JudgeSpfAsync(CancellationToken cancellationToken)
    {
        SpfStatus status = await SpfStatusReader.ReadAsync(_domain, _resolver, cancellationToken).ConfigureAwait(false);
        if (status.Findings.FirstOrDefault(finding => finding.Status == CheckStatus.Unknown) is { } unknown && status.IsValid is not true)
        {
            Require("SPF record", "readable", unknown.Message, isMet: false);
        }
        else if (status.Record is not null && status.IsValid is false)
        {
            CheckResult? worst = status.Findings.FirstOrDefault(finding => finding.Status == CheckStatus.Fail);
            _blockers.Add(new DmarcReadinessBlocker("Spf", "The SPF record of " + _domain + " is not valid" + (worst is null ? "." : ": " + worst.Message), worst?.Recommendation ?? "Correct it (Get-SpfStatus)."));
        }
    }

    // A key that signed until now and is gone from DNS: from now on its mail fails.
    private async Task JudgeKeysAsync(IEnumerable<DmarcSource> sources, CancellationToken cancellationToken)
    {
        DateTime recent = _rule.End.AddDays(-_rule.SettledDays);
        string[] keys = sources.Where(source => source.IsOwn && source.Last >= recent).SelectMany(source => source.DkimKeys).Distinct(StringComparer.Ordinal).Take(200).ToArray();
        foreach (string key in keys.Where(key => key.IndexOf("._domainkey.", StringComparison.Ordinal) > 0))
        {
            if (!DomainName.TryParseDns(key, out DomainName? name)) continue;

            DnsResponse response = await _resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
            if (response.IsFailure)
                Require("DKIM key " + key, "readable", response.Describe(), isMet: false);
            else if (response.Texts.Count == 0)
                _blockers.Add(new DmarcReadinessBlocker("DkimKey", "The DKIM key " + key + " signed mail in the last " + _rule.SettledDays + " days and is not in DNS.", "Publish it again, or wait until mail is no longer signed with it."));
        }
    }

    private void JudgeReject(DmarcStatus status, DmarcPolicy now, ReportCoverage coverage)
    {
        if (now == DmarcPolicy.None)
        {
            _blockers.Add(new DmarcReadinessBlocker("Step", "The policy in force is none" + (status.Testing ? " (t=y lowers it)" : string.Empty) + ": quarantine comes before reject.", "Publish p=quarantine and stay there for a month (RFC 9989 section 7.4)."));
        }
        else
        {
            int wanted = (int)Math.Ceiling(_rule.Days * _rule.DayShare / 100);
            Require("Days at quarantine", "at least " + wanted + " of " + _rule.Days, coverage.QuarantineDays + " of " + _rule.Days, coverage.QuarantineDays >= wanted);
        }

        if (_rule.ListUse is null)
        {
            _blockers.Add(new DmarcReadinessBlocker("ListUse", "Whether users write to mailing lists is not known; such mail fails at p=reject.", "Specify -ListUse None, or -ListUse Accepted if that mail may be lost (RFC 9989 section 7.4)."));
        }
    }

    private void AddContext(DmarcReadiness readiness, IReadOnlyList<DmarcSource> sources)
    {
        long temporary = sources.Sum(source => source.TemporaryErrors);
        long unknown = readiness.Undecided.Sum(source => source.Failed);
        long forwarded = sources.Where(source => source.Class == DmarcSourceClass.Forwarder).Sum(source => source.Messages - source.Passed);
        Note("Temporary errors left out", Number(temporary));
        Note("Messages of unknown senders that would be affected", Number(unknown) + " from " + Number(readiness.Undecided.Length) + " sources");
        Note("Forwarded messages that would be affected", Number(forwarded));
    }

    // The record that is there with one thing changed. What an sp or np inherits is written out where it must stay behind.
    private static string Write(DmarcRecord present, DmarcPolicy next, DmarcStatus status, bool subdomainsToo, bool nonexistentToo)
    {
        DmarcPolicy subdomains = subdomainsToo ? Max(next, present.SubdomainPolicy) : status.SubdomainPolicy ?? DmarcPolicy.None;
        DmarcPolicy nonexistent = nonexistentToo ? Max(next, present.NonexistentSubdomainPolicy ?? present.SubdomainPolicy) : status.NonexistentSubdomainPolicy ?? DmarcPolicy.None;
        var tags = new List<string> { "v=DMARC1", "p=" + DmarcTags.Write(next) };
        if (subdomains != next) tags.Add("sp=" + DmarcTags.Write(subdomains));
        if (nonexistent != subdomains) tags.Add("np=" + DmarcTags.Write(nonexistent));

        var dropped = new HashSet<string>(StringComparer.Ordinal) { "v", "p", "sp", "np", "t", "pct", "rf", "ri" };
        foreach (TagSpec tag in present.Tags.Where(tag => dropped.Add(tag.Name) && tag.Value.Length > 0))
            tags.Add(tag.Name + "=" + tag.Value);

        return string.Join("; ", tags);
    }

    // A subdomain's policy that is stricter already stays.
    private static DmarcPolicy Max(DmarcPolicy next, DmarcPolicy? present) => present > next ? present.Value : next;

    private void Require(string name, string required, string actual, bool isMet) => _evidence.Add(new DmarcReadinessEvidence(name, required, actual, isMet));

    private void Note(string name, string actual) => _evidence.Add(new DmarcReadinessEvidence(name, string.Empty, actual, isMet: true));

    private static void Block(List<DmarcReadinessBlocker> blockers, string id, DmarcSource[] sources, string start, Func<DmarcSource, string> describe, string recommendation)
    {
        if (sources.Length > 0)
        {
            string text = start + string.Join("; ", sources.OrderByDescending(source => source.Failed).Take(3).Select(describe)) + (sources.Length > 3 ? " and " + (sources.Length - 3) + " more" : string.Empty) + ".";
            blockers.Add(new DmarcReadinessBlocker(id, text, recommendation) { Source = sources });
        }
    }

    private static string Percent(long part, long whole) => whole <= 0 ? "0 %" : (100.0 * part / whole).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>The numbers of the rule by which a domain may enforce. Each is a choice, and each a parameter.</summary>
internal sealed record ReadinessRule
{
    /// <summary>Full days that are looked at.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Organizations that must have reported.</summary>
    public int Reporters { get; init; } = 3;

    /// <summary>Of those days, how many in a hundred must have reports.</summary>
    public double DayShare { get; init; } = 80;

    /// <summary>Messages of one's own that must have been seen.</summary>
    public long Messages { get; init; } = 100;

    /// <summary>Failing messages of a source that are forgiven.</summary>
    public long FailedMessages { get; init; } = 3;

    /// <summary>Or so many in a hundred of all own mail, where that is more.</summary>
    public double FailedShare { get; init; } = 0.1;

    /// <summary>In a hundred messages of each own source, how many must pass by DKIM.</summary>
    public double DkimShare { get; init; } = 98;

    /// <summary>Days for which no new source of one's own may have come.</summary>
    public int SettledDays { get; init; } = 7;

    /// <summary>Names of large receivers, of which one must have reported; a name may go on behind it.</summary>
    public IReadOnlyList<string> LargeReporters { get; init; } = new[] { "google.com", "Outlook.com", "Enterprise Outlook", "Yahoo", "AOL", "Mail.Ru", "GMX", "WEB.DE", "Comcast", "Apple" };

    /// <summary>Sources that the owner knows not to be his, as wildcard patterns.</summary>
    public Func<DmarcSource, bool> IsAccepted { get; init; } = static _ => false;

    /// <summary>What the owner says of mailing lists; null where nothing was said.</summary>
    public MailingListUse? ListUse { get; init; }

    /// <summary>The end of the period, not included.</summary>
    public DateTime End { get; init; }
}

/// <summary>Who reported on which days, and under which policy.</summary>
internal sealed class ReportCoverage
{
    private const int MaxReporters = 10_000;
    private readonly HashSet<string> _reporters = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<DateTime> _days = new();
    private readonly HashSet<DateTime> _quarantineDays = new();

    public IReadOnlyCollection<string> Reporters => _reporters;
    public int Days => _days.Count;

    /// <summary>Days whose reports say that quarantine or more was in force, without t=y.</summary>
    public int QuarantineDays => _quarantineDays.Count;

    /// <summary>Messages of all reports.</summary>
    public long Reports { get; private set; }

    public void Add(DmarcReport report)
    {
        Reports++;
        if (_reporters.Count < MaxReporters) _reporters.Add(report.Organization);

        DateTime day = report.Begin!.Value.Date;
        _days.Add(day);
        if (report is { Policy: DmarcPolicy.Quarantine or DmarcPolicy.Reject, Testing: not true })
            _quarantineDays.Add(day);
    }

    /// <summary>A measured source tells reporters and days, not the policy.</summary>
    public void Add(DmarcSource source, DateTime start, DateTime end)
    {
        _reporters.UnionWith(source.Reporters.Take(Math.Max(0, MaxReporters - _reporters.Count)));
        _days.UnionWith(source.Days.Select(static day => day.Date.Date).Where(day => day >= start && day < end));
    }
}
