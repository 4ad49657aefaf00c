using MailDns.MailReports;

namespace MailDns.Commands;

/// <summary>Shows whether a domain is ready for p=quarantine or p=reject, and returns the record to publish next.</summary>
/// <remarks>
/// Uses the mail of the domain in the last 30 full days of DMARC aggregate reports and its DNS today, with -PlannedRecord laid
/// over it. Mail from others has no effect: neither a wave of spoofing nor its end. Ready means that no reason against the step
/// was found. NotYet lists each blocker with its sources. NotEnoughEvidence lists what is missing. The rule follows RFC 9989
/// sections 5.1.6 and 7.4, in numbers: reports of 3 organizations, one of them large, on 80 % of the days; 100 messages of your
/// own; no source of your own and no platform with more than 3 failing messages, or 0.1 % of your mail; each own source with 98 %
/// passing by DKIM; no new own source in 7 days; and valid SPF, DMARC and DKIM records today. Reject also needs 30 days at
/// quarantine and -ListUse. Every number is a parameter. The record is one step stricter, never more; subdomains that are not
/// ready keep their policy by sp, and names that do not exist are judged separately.
/// </remarks>
/// <example>
/// <code>Test-DmarcReadiness example.com ./examples/reports -Policy Quarantine -ZoneFile examples/zones/*.zone</code>
/// <para>May the domain go to quarantine?</para>
/// </example>
/// <example>
/// <code>(Test-DmarcReadiness example.com ./examples/reports -Server 10.0.0.53).Record | Compare-SendingDomain -Server 10.0.0.53</code>
/// <para>Plans the next step, where one may be taken.</para>
/// </example>
/// <example>
/// <code>Test-DmarcReadiness example.com ./examples/reports -Policy Reject -AcceptedSource 198.51.100.0/24, '*.ru' -ListUse Accepted -ZoneFile examples/zones/*.zone</code>
/// <para>For reject, with sources that the owner knows are not his own.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "DmarcReadiness", DefaultParameterSetName = "InputObject")]
[OutputType(typeof(DmarcReadiness))]
public sealed class TestDmarcReadinessCommand : DmarcReportCommand
{
    private readonly ReportCoverage _coverage = new();
    private DomainName? _domain;
    private DateTime _end;
    private int _outside;

    /// <summary>The domain, in Unicode or as A-labels.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [DomainArgument]
    public string Domain { get; set; } = string.Empty;

    /// <summary>Report files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>The policy to go to; default: Quarantine.</summary>
    [Parameter]
    [ValidateSet("Quarantine", "Reject")]
    public DmarcPolicy Policy { get; set; } = DmarcPolicy.Quarantine;

    /// <summary>Sources that are not yours, as their name, a domain in their evidence, an address or a network; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] AcceptedSource { get; set; } = Array.Empty<string>();

    /// <summary>For reject: None if nobody in the domain writes to mailing lists, Accepted if that mail may be lost.</summary>
    [Parameter]
    public MailingListUse? ListUse { get; set; }

    /// <summary>Full days to look at; default 30.</summary>
    [Parameter]
    [ValidateRange(1, 366)]
    public int Day { get; set; } = 30;

    /// <summary>The end of the period; default: the start of today in UTC.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Organizations that must have reported; default 3.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MinimumReporter { get; set; } = 3;

    /// <summary>Receivers that count as large, one of which must have reported; an empty list asks for none.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? LargeReporter { get; set; }

    /// <summary>Percent of the days that must have reports; default 80.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public double MinimumDayPercent { get; set; } = 80;

    /// <summary>Messages of your own that must have been seen; default 100.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumMessage { get; set; } = 100;

    /// <summary>Failing messages of a source that are forgiven; default 3.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaximumFailed { get; set; } = 3;

    /// <summary>Or so many percent of your mail, where that is more; default 0.1.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public double MaximumFailedPercent { get; set; } = 0.1;

    /// <summary>Percent of each own source that must pass by DKIM; default 98.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public double MinimumDkimPercent { get; set; } = 98;

    /// <summary>Days for which no new source of your own may have come; default 7.</summary>
    [Parameter]
    [ValidateRange(0, 366)]
    public int SettledDay { get; set; } = 7;

    private protected override bool AsksByDefault => true;

    private DateTime Start => _end.AddDays(-Day);

    protected override void BeginProcessing()
    {
        try
        {
            _domain = DomainName.Parse(Domain);
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Domain));
        }

        _end = (Before?.ToUniversalTime() ?? DateTime.UtcNow).Date;
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        DmarcSource[] sources = Finish().Where(source => source.Domain == _domain!.Text || IsBelow(source.Domain)).ToArray();
        if (_outside > 0)
            WriteVerbose(_outside + " reports are of other domains, of other days or without a usable period; they were left out.");

        var rule = new ReadinessRule
        {
            Days = Day,
            Reporters = MinimumReporter,
            DayShare = MinimumDayPercent,
            Messages = MinimumMessage,
            FailedMessages = MaximumFailed,
            FailedShare = MaximumFailedPercent,
            DkimShare = MinimumDkimPercent,
            SettledDays = SettledDay,
            LargeReporters = LargeReporter ?? new ReadinessRule().LargeReporters,
            IsAccepted = IsAccepted,
            ListUse = ListUse,
            End = _end,
        };
        WriteObject(Await(token => ReadinessJudge.JudgeAsync(_domain!, Policy, sources, _coverage, rule, Resolver, token)));
    }

    private protected override bool IsWanted(DmarcReport report)
    {
        bool isWanted = DomainName.TryParseDns(report.Domain, out DomainName? name) && _domain!.IsSameOrBelow(name!)
            && report.HasUsablePeriod && report.Begin >= Start && report.Begin < _end;
        _outside += isWanted ? 0 : 1;
        return isWanted;
    }

    private protected override void OnReport(DmarcReport report)
    {
        if (report.IsComplete) _coverage.Add(report);
    }

    private protected override void OnSource(DmarcSource source)
    {
        if (source.Domain == _domain!.Text || IsBelow(source.Domain)) _coverage.Add(source, Start, _end);
    }

    private bool IsBelow(string domain) => domain.EndsWith("." + _domain!.Text, StringComparison.Ordinal);

    private bool IsAccepted(DmarcSource source)
    {
        if (source.Class is DmarcSourceClass.OwnPassing or DmarcSourceClass.OwnFragile or DmarcSourceClass.OwnFailing)
            return false;

        foreach (string accepted in AcceptedSource)
        {
            var pattern = new WildcardPattern(accepted, WildcardOptions.IgnoreCase);
            if (pattern.IsMatch(source.Source) || (source.Provider is { } provider && pattern.IsMatch(provider)) || Covers(accepted, source))
                return true;
        }

        return false;
    }

    private static bool Covers(string accepted, DmarcSource source) =>
        DmarcMeasure.TryReadBlock(accepted, out Spf.AddressBlock block) && source.Networks.Length > 0
        && source.Networks.All(network => DmarcMeasure.TryReadBlock(network, out Spf.AddressBlock inner) && inner.IsIPv6 == block.IsIPv6
            && (block.Contains(inner.First) || inner.Contains(block.First)));
}
