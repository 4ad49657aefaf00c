namespace MailDns.Dane;

/// <summary>What a new TLSA record is to say.</summary>
internal sealed class TlsaRecordOptions
{
    public int Port { get; init; } = TlsaRecordBuilder.SmtpPort;

    public TlsaCertificateUsage Usage { get; init; } = TlsaCertificateUsage.DomainIssuedCertificate;

    public TlsaSelector Selector { get; init; } = TlsaSelector.SubjectPublicKeyInfo;

    public TlsaMatchingType MatchingType { get; init; } = TlsaMatchingType.Sha256Hash;

    /// <summary>The certificate; null where the association data is given.</summary>
    public TlsaCertificate? Certificate { get; init; }

    /// <summary>The association data, hexadecimal; null where a certificate is given.</summary>
    public string? AssociationData { get; init; }
}
