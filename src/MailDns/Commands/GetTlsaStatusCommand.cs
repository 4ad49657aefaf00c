using MailDns.Dane;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Reads the TLSA records of a domain's mail exchangers and judges them (DANE, RFC 7672).</summary>
/// <remarks>
/// Returns one object for each host. DANE needs DNSSEC, and MailDns does not validate signatures itself: IsAuthenticated is what
/// the resolver in Resolver reports. Trust it only if you run that resolver and trust the path to it. Whether the certificate of
/// a server matches its records is not checked here, since that needs a connection to port 25.
/// </remarks>
/// <example>
/// <code>Get-TlsaStatus contoso.com -Server 127.0.0.1</code>
/// <para>The records of every mail exchanger, by a validating resolver on this machine.</para>
/// </example>
/// <example>
/// <code>Get-TlsaStatus contoso.com -HostName mx1 -PlannedRecord (New-TlsaRecord contoso.com -HostName mx1 -CertificatePath ./mx1.pem)</code>
/// <para>What would be said of one host if the record were published.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "TlsaStatus")]
[OutputType(typeof(TlsaStatus))]
public sealed class GetTlsaStatusCommand : DomainReaderCommand
{
    /// <summary>Hosts, relative to the domain or in full; default: the domain's mail exchangers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = Array.Empty<string>();

    /// <summary>The port; default 25, where mail exchangers listen.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = TlsaRecordBuilder.SmtpPort;

    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DomainName[] hosts = HostName.Select(name => HostNames.Resolve(name, domain)).ToArray();
        return await TlsaStatusReader.ReadAsync(domain, hosts, Port, resolver, cancellationToken).ConfigureAwait(false);
    }
}
