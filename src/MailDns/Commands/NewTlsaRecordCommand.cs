using MailDns.Adapters;
using MailDns.Dane;
using MailDns.Sending;
using MailDns.Smtp;

namespace MailDns.Commands;

/// <summary>Creates the TLSA record of a mail exchanger (DANE, RFC 7672) from its certificate.</summary>
/// <remarks>
/// By default the record is 3 1 1: the SHA-256 hash of the public key of the server's own certificate, as RFC 7672 section 3.1.1
/// recommends. It remains valid if the certificate is renewed with the same key. Before you use a new key, publish its record
/// beside the old one and wait for the time to live. Senders use the record only if the zone is signed with DNSSEC.
/// With -FromHost the certificate is taken from what the server shows after STARTTLS on its port: nothing is sent beyond EHLO,
/// STARTTLS and QUIT. Use it within your own network, or compare the result with the certificate, because someone in between could
/// show a different one.
/// </remarks>
/// <example>
/// <code>New-TlsaRecord contoso.com -HostName mx1 -CertificatePath ./mx1.pem</code>
/// <para>_25._tcp.mx1.contoso.com from the certificate of the server.</para>
/// </example>
/// <example>
/// <code>New-TlsaRecord contoso.com -HostName mx1 -AssociationData 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3</code>
/// <para>The same from a SHA-256 that another tool computed.</para>
/// </example>
/// <example>
/// <code>New-TlsaRecord contoso.com -HostName mx1 -Usage TrustAnchorAssertion -CertificatePath ./issuing-ca.cer</code>
/// <para>2 1 1: every certificate below that authority.</para>
/// </example>
/// <example>
/// <code>New-TlsaRecord contoso.com -HostName mx1 -FromHost</code>
/// <para>The record of the certificate that the server uses now, taken from each of its addresses.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "TlsaRecord", DefaultParameterSetName = "Certificate")]
[OutputType(typeof(TlsaRecord))]
public sealed class NewTlsaRecordCommand : RecordGeneratorCommand
{
    private const string ByHost = "Host";

    /// <summary>How long one question may take, as other cmdlets have it by default.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>The server's host name, relative to the domain or in full; default: the domain itself.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string HostName { get; set; } = "@";

    /// <summary>The port; default 25, where mail exchangers listen.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = TlsaRecordBuilder.SmtpPort;

    /// <summary>The certificate usage: DomainIssuedCertificate (3, DANE-EE, the default) or TrustAnchorAssertion (2, DANE-TA); the others are not for SMTP.</summary>
    [Parameter]
    [Alias("CertificateUsage")]
    public TlsaCertificateUsage Usage { get; set; } = TlsaCertificateUsage.DomainIssuedCertificate;

    /// <summary>What of the certificate is compared: SubjectPublicKeyInfo (1, the default) or FullCertificate (0).</summary>
    [Parameter]
    public TlsaSelector Selector { get; set; } = TlsaSelector.SubjectPublicKeyInfo;

    /// <summary>The matching type: Sha256Hash (1, the default), Sha512Hash (2) or ExactMatch (0).</summary>
    [Parameter]
    public TlsaMatchingType MatchingType { get; set; } = TlsaMatchingType.Sha256Hash;

    /// <summary>The certificate in PEM or DER; of several in a PEM file the first. No key is read.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Certificate")]
    [ValidateNotNullOrEmpty]
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>The certificate association data, hexadecimal; spaces and colons are dropped.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AssociationData")]
    [ValidateNotNullOrEmpty]
    public string? AssociationData { get; set; }

    /// <summary>Take the certificate from what the server shows on its port. With -Usage TrustAnchorAssertion it is that of the authority that issued it, which the server has to send.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByHost)]
    public SwitchParameter FromHost { get; set; }

    /// <summary>With -FromHost: DNS servers to ask for the host's addresses, as <c>address[:port]</c>; default: the system's resolvers.</summary>
    [Parameter(ParameterSetName = ByHost)]
    [ValidateNotNullOrEmpty]
    public string[]? Server { get; set; }

    /// <summary>With -FromHost: also connect to addresses that are not of the public Internet.</summary>
    [Parameter(ParameterSetName = ByHost)]
    public SwitchParameter AllowPrivateAddress { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        var options = new TlsaRecordOptions
        {
            Port = Port,
            Usage = Usage,
            Selector = Selector,
            MatchingType = MatchingType,
            Certificate = ParameterSetName == "Certificate" ? CertificateFile.Read(GetUnresolvedProviderPathFromPSPath(CertificatePath)) : null,
            AssociationData = AssociationData,
        };
        DomainName host = HostNames.Resolve(HostName, domain);
        foreach (object item in FromHost ? Show(host, zone, options) : new[] { TlsaRecordBuilder.Create(host, zone, options, TimeToLive) })
            yield return item;

        if (Port == TlsaRecordBuilder.SmtpPort && (Usage is TlsaCertificateUsage.CAConstraint or TlsaCertificateUsage.ServiceCertificateConstraint))
        {
            yield return CmdletMessage.Warning("Certificate usage " + (int)Usage + " is not used for SMTP: senders take the record for unusable (RFC 7672 section 3.1.3).");
        }
    }

    private IEnumerable<object> Show(DomainName host, DomainName zone, TlsaRecordOptions options)
    {
        using var network = new NetworkResolvers(Server, s_timeout, retries: 3);
        IDnsResolver resolver = new AliasFollowingResolver(network.CreateAll());
        SmtpAccess access = AdapterFactory.CreateSmtpAccess(AllowPrivateAddress, SmtpAccess.UsualTimeout);
        KeyValuePair<IReadOnlyList<TlsaRecord>, IReadOnlyList<string>> shown = Await(token => ShownTlsaRecords.ReadAsync(host, zone, options, TimeToLive, access, resolver, token));
        return shown.Key.Concat<object>(shown.Value.Select(CmdletMessage.Warning));
    }
}
