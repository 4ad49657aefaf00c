namespace MailDns.Commands;

/// <summary>Says who sends with a domain in From, whether it passes DMARC, and what mends what does not.</summary>
/// <remarks>
/// Adds up DMARC aggregate reports: straight from files (then even a report of a million rows is never held as a whole), or from the objects
/// of Import-MailReport. One object a domain in From and source. A source is named by its strongest evidence: a key of the domain whose
/// signature passed, the place in the domain's SPF record, the domain that signed, the domain of MAIL FROM, and with -ResolveName the name
/// of the address. The class says what it is to you, Reason says why. OwnPassing, OwnFragile and OwnFailing are yours; ServiceUnaligned is
/// a platform with a profile that does not authenticate as your domain; Forwarder is harmless where its DKIM holds; Unknown is for you to
/// decide; TemporaryError is a receiver's failed lookup. With -Server, -ZoneFile or -PlannedRecord the domain's own DNS is asked: its SPF
/// record, and where its keys lead. Without them nothing is asked, and less can be told. Record has what mends the source, ready for
/// Compare-SendingDomain. Results of several machines pipe in again and add up. Sources that need attention come last.
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

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(Finish(), enumerateCollection: true);

    /// <inheritdoc/>
    private protected override bool IsWanted(DmarcReport report) =>
        (_domains is null || (DomainName.TryParseDns(report.Domain, out DomainName? name) && _domains.Any(domain => name!.IsSameOrBelow(domain))))
        && (After is null || report.End > After.Value.ToUniversalTime())
        && (Before is null || report.Begin < Before.Value.ToUniversalTime());
}
