namespace MailDns;

/// <summary>A CAA record (RFC 8659): which certification authorities may issue for a name. Its properties carry the names that Azure DNS binds.</summary>
public sealed class CaaRecord : ResourceRecord
{
    /// <summary>The longest property tag that a one-octet length can tell (RFC 8659 section 4.1).</summary>
    private const int MaxTagLength = 255;

    /// <summary>Creates a record from its zone, its name relative to it and its property.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="ArgumentException">The tag is not ASCII letters and digits, or the value has other than printable ASCII.</exception>
    public CaaRecord(string zoneName, string name, byte flags, string tag, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), flags, tag, value, timeToLive, purpose)
    {
    }

    internal CaaRecord(DomainName owner, DomainName zone, byte flags, string tag, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose)
    {
        CaaFlags = flags;
        CaaTag = CheckTag(tag);
        CaaValue = CheckValue(value);
    }

    /// <inheritdoc/>
    public override string RecordType => "CAA";

    /// <summary>128 where the property is critical: an authority that does not know the tag must not issue.</summary>
    public byte CaaFlags { get; }

    /// <summary>The property: issue, issuewild, issuemail (RFC 9495), issuevmc, iodef.</summary>
    public string CaaTag { get; }

    /// <summary>The property's value, e.g. "letsencrypt.org"; ";" allows nobody.</summary>
    public string CaaValue { get; }

    internal override DnsRecordType DnsType => DnsRecordType.Caa;

    /// <summary>Flags, tag and quoted value as in a zone file, e.g. <c>0 issue "letsencrypt.org"</c>.</summary>
    public override string ToString() => CaaFlags + " " + CaaTag + " " + "\"" + CaaValue.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private protected override RecordData ToRecordData() => new CaaData(CaaFlags, CaaTag, CaaValue);

    private static string CheckTag(string tag)
    {
        foreach (char c in tag ?? string.Empty)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')))
            {
                throw new ArgumentException("A CAA property tag has ASCII letters and digits only (RFC 8659 section 4.1).", nameof(tag));
            }
        }

        return string.IsNullOrEmpty(tag) || tag!.Length > MaxTagLength
            ? throw new ArgumentException("A CAA property tag has 1 to 255 characters (RFC 8659 section 4.1).", nameof(tag))
            : tag;
    }

    private static string CheckValue(string value)
    {
        foreach (char c in value ?? throw new ArgumentNullException(nameof(value)))
        {
            if (c is < ' ' or > '~')
            {
                throw new ArgumentException("A CAA value has printable ASCII characters only.", nameof(value));
            }
        }

        return value;
    }
}
