using MailDns.Dmarc;

namespace MailDns.Commands;

/// <summary>Creates the DMARC policy record of a domain (RFC 9989).</summary>
/// <remarks>
/// Without -Policy the record only monitors (p=none), as RFC 9989 section 5.1 recommends for the start: read the reports, make
/// all of your own mail pass, then go to Quarantine and Reject. An address for reports is required, unless -NoReport is
/// specified. The removed tags pct, rf and ri are never written; sp and np are written only if they differ from what applies
/// without them. Reports to another organization need an authorization record there: see New-DmarcReportAuthorizationRecord.
/// </remarks>
/// <example>
/// <code>New-DmarcRecord contoso.com -AggregateReportUri dmarc@contoso.com</code>
/// <para>_dmarc.contoso.com with "v=DMARC1; p=none; rua=mailto:dmarc@contoso.com".</para>
/// </example>
/// <example>
/// <code>New-DmarcRecord news.contoso.com -ZoneName contoso.com -Policy Reject -Rua dmarc@contoso.com | Add-DnsServerResourceRecord -Txt -ComputerName dc1</code>
/// <para>Publishes p=reject for a subdomain in the zone contoso.com on a Windows DNS server.</para>
/// </example>
/// <example>
/// <code>New-DmarcRecord contoso.com -Policy Reject -NonexistentSubdomainPolicy Reject -Testing -Rua dmarc@contoso.com -Ruf dmarc@contoso.com -FailureOption 1</code>
/// <para>Announces p=reject, to be applied one level lower while testing, and asks for failure reports.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DmarcRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewDmarcRecordCommand : RecordGeneratorCommand
{
    /// <summary>p: what receivers are asked to do with mail that fails: None (the default), Quarantine or Reject.</summary>
    [Parameter]
    [Alias("P")]
    public DmarcPolicy Policy { get; set; }

    /// <summary>sp: the same for subdomains that exist and have no record of their own; default: as -Policy.</summary>
    [Parameter]
    [Alias("Sp")]
    public DmarcPolicy? SubdomainPolicy { get; set; }

    /// <summary>np: the same for subdomains that do not exist; default: as -SubdomainPolicy. Reject is safe.</summary>
    [Parameter]
    [Alias("Np")]
    public DmarcPolicy? NonexistentSubdomainPolicy { get; set; }

    /// <summary>rua: where daily reports go. A bare address becomes a mailto: URI.</summary>
    [Parameter]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    /// <summary>ruf: where reports of single failed messages go. A bare address becomes a mailto: URI. Few receivers send them.</summary>
    [Parameter]
    [Alias("Ruf")]
    [ValidateNotNullOrEmpty]
    public string[] FailureReportUri { get; set; } = Array.Empty<string>();

    /// <summary>adkim: Relaxed (the default: same Organizational Domain) or Strict (same domain) for DKIM's d=.</summary>
    [Parameter]
    [Alias("Adkim")]
    public DmarcAlignmentMode DkimAlignment { get; set; }

    /// <summary>aspf: Relaxed (the default) or Strict for the Return-Path's domain. Strict breaks bounce hosts.</summary>
    [Parameter]
    [Alias("Aspf")]
    public DmarcAlignmentMode SpfAlignment { get; set; }

    /// <summary>fo: when a failure report is wanted: AllFail (0) or AnyFails (1), and Dkim (d), Spf (s). Needs -FailureReportUri.</summary>
    [Parameter]
    [Alias("Fo")]
    [ValidateNotNull]
    public DmarcFailureOption[] FailureOption { get; set; } = Array.Empty<DmarcFailureOption>();

    /// <summary>t=y: policies are announced, and applied one level lower.</summary>
    [Parameter]
    [Alias("T")]
    public SwitchParameter Testing { get; set; }

    /// <summary>psd=y: the domain is a public suffix, below which others register names. Wrong for every ordinary domain.</summary>
    [Parameter]
    [Alias("Psd")]
    public SwitchParameter PublicSuffix { get; set; }

    /// <summary>No reports are wanted, on purpose: allows a record without -AggregateReportUri.</summary>
    [Parameter]
    public SwitchParameter NoReport { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return DmarcRecordBuilder.Create(domain, zone, Options(), TimeToLive);
        if (PublicSuffix)
            yield return CmdletMessage.Warning("psd=y is for public suffixes only: " + domain + " no longer aligns with its subdomains (RFC 9989 section 4.10.2).");
    }

    private DmarcRecordOptions Options() => new()
    {
        Policy = Policy,
        SubdomainPolicy = SubdomainPolicy,
        NonexistentSubdomainPolicy = NonexistentSubdomainPolicy,
        AggregateReportUri = AggregateReportUri,
        FailureReportUri = FailureReportUri,
        DkimAlignment = DkimAlignment,
        SpfAlignment = SpfAlignment,
        FailureOption = FailureOption,
        Testing = Testing,
        PublicSuffix = PublicSuffix,
        NoReport = NoReport,
    };
}
