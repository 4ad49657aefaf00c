namespace MailDns;

/// <summary>A TLSA record (RFC 6698 section 2.1): which certificate a server's TLS must show.</summary>
public sealed class TlsaRecord : ResourceRecord
{
    private static readonly RecordField s_usage = new(nameof(CertificateUsage), data => ((TlsaData)data).Usage)
    {
        Json = "usage",
        OctoDns = "certificate_usage",
        Words = Enum.GetNames(typeof(TlsaCertificateUsage)),
    };

    private static readonly RecordField s_selector = new(nameof(Selector), data => ((TlsaData)data).Selector)
    {
        Json = "selector",
        Words = Enum.GetNames(typeof(TlsaSelector)),
    };

    private static readonly RecordField s_matching = new(nameof(MatchingType), data => ((TlsaData)data).MatchingType)
    {
        Json = "matching_type",
        Words = Enum.GetNames(typeof(TlsaMatchingType)),
    };

    private static readonly RecordField s_association = new(nameof(CertificateAssociationData), data => ((TlsaData)data).AssociationData)
    {
        Json = "certificate",
        OctoDns = "certificate_association_data",
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Tlsa, TlsaData.Read, TlsaData.Parse)
    {
        Fields = [s_usage, s_selector, s_matching, s_association],
        Bind = fields => new TlsaData(fields.UInt8(s_usage), fields.UInt8(s_selector), fields.UInt8(s_matching), fields.Text(s_association).ToLowerInvariant()),
        Make = (record, zone, purpose) => new TlsaRecord(record.Owner, zone, (TlsaData)record.Data, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "TLSA",
        Purpose = RecordPurpose.Tlsa,
    };

    /// <summary>Creates a record from its zone, its name relative to it (<c>_25._tcp.mx1</c>) and its four fields.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    /// <exception cref="ArgumentException">
    /// The association data is not hexadecimal, or not as long as its matching type says: 32 octets for 1 (SHA-256), 64 for
    /// 2 (SHA-512).
    /// </exception>
    public TlsaRecord(string zoneName, string name, TlsaCertificateUsage certificateUsage, TlsaSelector selector, TlsaMatchingType matchingType, string associationData, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), certificateUsage, selector, matchingType, associationData, timeToLive, purpose)
    {
    }

    internal TlsaRecord(DomainName owner, DomainName zone, TlsaCertificateUsage certificateUsage, TlsaSelector selector, TlsaMatchingType matchingType, string associationData, TimeSpan timeToLive, RecordPurpose purpose)
        : this(owner, zone, new TlsaData((byte)certificateUsage, (byte)selector, (byte)matchingType, associationData ?? string.Empty), timeToLive, purpose)
    {
    }

    private TlsaRecord(DomainName owner, DomainName zone, TlsaData data, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new TlsaData(data.Usage, data.Selector, data.MatchingType, ReadHex(data.AssociationData, (TlsaMatchingType)data.MatchingType)), timeToLive, purpose)
    {
    }

    /// <summary>Which certificate is meant and how it is trusted. SMTP uses DANE-TA and DANE-EE only (RFC 7672 section 3.1).</summary>
    public TlsaCertificateUsage CertificateUsage => (TlsaCertificateUsage)Fields.Usage;

    /// <summary>The part of the certificate that is compared.</summary>
    public TlsaSelector Selector => (TlsaSelector)Fields.Selector;

    /// <summary>How that part stands in the record: itself or hashed.</summary>
    public TlsaMatchingType MatchingType => (TlsaMatchingType)Fields.MatchingType;

    /// <summary>The certificate association data, hexadecimal in lower case.</summary>
    public string CertificateAssociationData => Fields.AssociationData;

    private TlsaData Fields => (TlsaData)Data;

    /// <summary>The four fields as in a zone file, e.g. "3 1 1 0b9f...".</summary>
    public override string ToString() => (byte)CertificateUsage + " " + (byte)Selector + " " + (byte)MatchingType + " " + CertificateAssociationData;

    private static string ReadHex(string text, TlsaMatchingType matchingType)
    {
        string hex = text.ToLowerInvariant();
        foreach (char c in hex)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f')))
                throw new ArgumentException("Certificate association data is hexadecimal (RFC 6698 section 2.2).", nameof(text));
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

/// <summary>TLSA: usage, selector, matching type, association data (RFC 6698 section 2.1).</summary>
internal sealed class TlsaData(byte usage, byte selector, byte matchingType, string associationData) : RecordData
{
    public byte Usage { get; } = usage;
    public byte Selector { get; } = selector;
    public byte MatchingType { get; } = matchingType;

    /// <summary>Hexadecimal, lower case.</summary>
    public string AssociationData { get; } = associationData;

    public static RecordData? Read(ref WireReader reader) =>
        reader.TryReadUInt8(out byte usage)
        && reader.TryReadUInt8(out byte selector)
        && reader.TryReadUInt8(out byte matching)
        && reader.TryReadOctets(reader.Left, out byte[] association)
        && association.Length > 0
            ? new TlsaData(usage, selector, matching, Hex.Format(association))
            : null;

    public static RecordData Parse(ZoneWords words) => new TlsaData(words.ExpectAtLeast(4).UInt8(), words.UInt8(), words.UInt8(), Hex.Format(words.Hex()));

    public override void Write(WireWriter writer)
    {
        writer.UInt8(Usage);
        writer.UInt8(Selector);
        writer.UInt8(MatchingType);
        writer.Octets(Hex.TryParse(AssociationData, out byte[]? octets) ? octets! : throw new ArgumentException("Certificate association data is hexadecimal (RFC 6698 section 2.2)."));
    }

    public override string ToPresentation(bool octal = false) => string.Join(" ", Usage, Selector, MatchingType, AssociationData);

    public override string ToString() => Usage + " " + Selector + " " + MatchingType + " " + PrintableText.Escape(AssociationData);
}
