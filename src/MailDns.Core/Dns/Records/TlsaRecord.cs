namespace MailDns;

/// <summary>A TLSA record (RFC 6698 section 2.1): which certificate a server's TLS must show.</summary>
public sealed class TlsaRecord : ResourceRecord
{
    /// <summary>Creates a record from its zone, its name relative to it (<c>_25._tcp.mx1</c>) and its four fields.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="ArgumentException">
    /// The association data is not hexadecimal, or not as long as its matching type says: 32 octets for 1 (SHA-256), 64 for
    /// 2 (SHA-512).
    /// </exception>
    public TlsaRecord(string zoneName, string name, TlsaCertificateUsage certificateUsage, TlsaSelector selector, TlsaMatchingType matchingType, string associationData, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), certificateUsage, selector, matchingType, associationData, timeToLive, purpose)
    {
    }

    internal TlsaRecord(DomainName owner, DomainName zone, TlsaCertificateUsage certificateUsage, TlsaSelector selector, TlsaMatchingType matchingType, string associationData, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose)
    {
        CertificateUsage = certificateUsage;
        Selector = selector;
        MatchingType = matchingType;
        CertificateAssociationData = ReadHex(associationData, matchingType);
    }

    /// <inheritdoc/>
    public override string RecordType => "TLSA";

    /// <summary>Which certificate is meant and how it is trusted. SMTP uses DANE-TA and DANE-EE only (RFC 7672 section 3.1).</summary>
    public TlsaCertificateUsage CertificateUsage { get; }

    /// <summary>The part of the certificate that is compared.</summary>
    public TlsaSelector Selector { get; }

    /// <summary>How that part stands in the record: itself or hashed.</summary>
    public TlsaMatchingType MatchingType { get; }

    /// <summary>The certificate association data, hexadecimal in lower case.</summary>
    public string CertificateAssociationData { get; }

    internal override DnsRecordType DnsType => DnsRecordType.Tlsa;

    /// <summary>The four fields as in a zone file, e.g. "3 1 1 0b9f...".</summary>
    public override string ToString() => (byte)CertificateUsage + " " + (byte)Selector + " " + (byte)MatchingType + " " + CertificateAssociationData;

    private protected override RecordData ToRecordData() => new TlsaData((byte)CertificateUsage, (byte)Selector, (byte)MatchingType, CertificateAssociationData);

    private static string ReadHex(string text, TlsaMatchingType matchingType)
    {
        string hex = (text ?? string.Empty).ToLowerInvariant();
        foreach (char c in hex)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
            {
                throw new ArgumentException("Certificate association data is hexadecimal (RFC 6698 section 2.2).", nameof(text));
            }
        }

        int wanted = DigestDigits(matchingType);
        return hex.Length > 0 && hex.Length % 2 == 0 && (wanted == 0 || hex.Length == wanted)
            ? hex
            : throw new ArgumentException("Certificate association data of matching type " + (byte)matchingType + " cannot be " + hex.Length + " hexadecimal digits (RFC 6698 section 2.1.3).", nameof(text));
    }

    // 0: the data has no length of its own.
    private static int DigestDigits(TlsaMatchingType matchingType) => matchingType switch
    {
        TlsaMatchingType.Sha256Hash => 64,
        TlsaMatchingType.Sha512Hash => 128,
        _ => 0,
    };
}
