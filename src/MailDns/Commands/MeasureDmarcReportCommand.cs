namespace MailDns.Commands;

/// <summary>Shows who sends mail with a domain in From, whether it passes DMARC, and how to correct mail that does not.</summary>
/// <remarks>
/// Adds up DMARC aggregate reports, directly from files (a report of a million rows is never loaded as a whole) or from the
/// objects of Import-MailReport. Returns one object for each From domain and source. A source is identified by the strongest
/// evidence: a key of the domain whose signature passed, its place in the SPF record of the domain, the domain that signed, the
/// domain of MAIL FROM, and with -ResolveName the PTR name of the address. Class is the kind of source, and Reason says why:
/// OwnPassing, OwnFragile and OwnFailing are your own; ServiceUnaligned is a known platform that does not authenticate as your
/// domain; Forwarder is harmless as long as DKIM passes; Unknown is for you to decide; TemporaryError is a failed lookup at the
/// receiver. With -Server, -ZoneFile or -PlannedRecord the DNS of the domain is used too: its SPF record and the targets of its
/// DKIM keys. Without these parameters no network is used, and fewer sources are recognised. Record has the records that correct
/// the source, ready for Compare-SendingDomain. Results from several computers can be piped in again and are added up. Sources
/// that need attention come last.
/// </remarks>
/// <example>
/// <code>Measure-DmarcReport ./examples/reports -ZoneFile examples/zones/*.zone</code>
/// <para>Who sends, from a folder of reports and the zone files of the domain.</para>
/// </example>
/// <example>
/// <code>Measure-DmarcReport ./examples/reports -Server 10.0.0.53 | Where-Object Class -eq ServiceUnaligned | ForEach-Object Record | Compare-SendingDomain -Server 10.0.0.53</code>
/// <para>What would be published to bring platforms into alignment.</para>
/// </example>
/// <example>
/// <code>Measure-DmarcReport ./examples/reports | Export-Clixml measured.xml; Import-Clixml measured.xml | Measure-DmarcReport</code>
/// <para>Adds up what several machines measured and exported by Export-Clixml.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "DmarcReport", DefaultParameterSetName = "InputObject")]
[OutputType(typeof(DmarcSource))]
public sealed class MeasureDmarcReportCommand : DmarcReportCommand
{
    private DomainName[]? _domains;

    /// <summary>Only reports on these domains and their subdomains.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    /// <summary>Only reports whose period ends after this time. A time without a zone is local.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only reports whose period begins before this time. A time without a zone is local.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            _domains = Domain?.Select(DomainName.Parse).ToArray();
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Domain));
        }

        base.BeginProcessing();
    }

    protected override void EndProcessing() => WriteObject(Finish(), enumerateCollection: true);

    private protected override bool IsWanted(DmarcReport report) =>
        (_domains is null || (DomainName.TryParseDns(report.Domain, out DomainName? name) && _domains.Any(domain => name!.IsSameOrBelow(domain))))
        && (After is null || report.End > After.Value.ToUniversalTime())
        && (Before is null || report.Begin < Before.Value.ToUniversalTime());
}
