using MailDns.TlsRpt;

namespace MailDns.Commands;

/// <summary>Creates the TXT record that asks senders for daily reports on TLS (RFC 8460).</summary>
/// <remarks>
/// Senders report connections without TLS, invalid certificates, and MTA-STS or DANE policies that failed. Reports go to
/// mailboxes or https addresses. An address in another domain needs no authorization record.
/// </remarks>
/// <example>
/// <code>New-TlsRptRecord contoso.com -AggregateReportUri tls@contoso.com</code>
/// <para>_smtp._tls.contoso.com with "v=TLSRPTv1; rua=mailto:tls@contoso.com".</para>
/// </example>
/// <example>
/// <code>New-TlsRptRecord contoso.com -Rua tls@contoso.com, https://reports.example.net/v1/tlsrpt</code>
/// <para>Reports by mail and over HTTPS.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "TlsRptRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewTlsRptRecordCommand : RecordGeneratorCommand
{
    /// <summary>rua: where reports go, mailto: or https:. A bare address becomes a mailto: URI.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return TlsRptRecordBuilder.Create(domain, zone, AggregateReportUri, TimeToLive);
    }
}
