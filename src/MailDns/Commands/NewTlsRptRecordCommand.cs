using MailDns.TlsRpt;

namespace MailDns.Commands;

/// <summary>Makes the TXT record that asks senders for daily reports on TLS (RFC 8460).</summary>
/// <remarks>
/// The reports tell where mail to the domain met no TLS, a wrong certificate, or a policy of MTA-STS or DANE that did not hold. They go to
/// mailboxes or to https addresses; those in another domain need no consent there.
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

    /// <inheritdoc/>
    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return TlsRptRecordBuilder.Create(domain, zone, AggregateReportUri, TimeToLive);
    }
}
