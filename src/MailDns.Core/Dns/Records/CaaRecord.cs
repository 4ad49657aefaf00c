namespace MailDns;

/// <summary>A CAA record (RFC 8659): which certification authorities may issue for a name. Its properties carry the names that Azure DNS binds.</summary>
public sealed class CaaRecord : ResourceRecord
{
    /// <summary>The longest property tag that a one-octet length can tell (RFC 8659 section 4.1).</summary>
    private const int MaxTagLength = 255;
    private static readonly RecordField s_flags = new(nameof(CaaFlags), data => ((CaaData)data).Flags) { Azure = nameof(CaaFlags), Json = "flags", Others = ["Flags"] };
    private static readonly RecordField s_tag = new(nameof(CaaTag), data => ((CaaData)data).Tag) { Azure = nameof(CaaTag), Json = "tag", Others = ["Tag"] };
    private static readonly RecordField s_value = new(nameof(CaaValue), data => ((CaaData)data).Value) { Azure = nameof(CaaValue), Json = "value", Others = ["Value"] };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Caa, CaaData.Read, CaaData.Parse)
    {
        Fields = [s_flags, s_tag, s_value],
        Bind = fields => new CaaData(fields.UInt8(s_flags), fields.Text(s_tag), fields.Text(s_value)),
        Make = (record, zone, purpose) => new CaaRecord(record.Owner, zone, ((CaaData)record.Data).Flags, ((CaaData)record.Data).Tag, ((CaaData)record.Data).Value, TimeToLiveOf(record), purpose),
        Purpose = RecordPurpose.Caa,
    };

    /// <summary>Creates a record from its zone, its name relative to it and its property.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    /// <exception cref="ArgumentException">The tag is not ASCII letters and digits, or the value has other than printable ASCII.</exception>
    public CaaRecord(string zoneName, string name, byte flags, string tag, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), flags, tag, value, timeToLive, purpose)
    {
    }

    internal CaaRecord(DomainName owner, DomainName zone, byte flags, string tag, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new CaaData(flags, CheckTag(tag), CheckValue(value)), timeToLive, purpose)
    {
    }

    /// <summary>128 where the property is critical: an authority that does not know the tag must not issue.</summary>
    public byte CaaFlags => ((CaaData)Data).Flags;

    /// <summary>The property: issue, issuewild, issuemail (RFC 9495), issuevmc, iodef.</summary>
    public string CaaTag => ((CaaData)Data).Tag;

    /// <summary>The property's value, e.g. "letsencrypt.org"; ";" allows nobody.</summary>
    public string CaaValue => ((CaaData)Data).Value;

    /// <summary>Flags, tag and quoted value as in a zone file, e.g. <c>0 issue "letsencrypt.org"</c>.</summary>
    public override string ToString() => CaaFlags + " " + CaaTag + " " + "\"" + CaaValue.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static string CheckTag(string tag)
    {
        foreach (char c in tag ?? string.Empty)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')))
                throw new ArgumentException("A CAA property tag has ASCII letters and digits only (RFC 8659 section 4.1).", nameof(tag));
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
                throw new ArgumentException("A CAA value has printable ASCII characters only.", nameof(value));
        }

        return value;
    }
}

/// <summary>CAA: flags, tag, value (RFC 8659 section 4.1).</summary>
internal sealed class CaaData(byte flags, string tag, string value) : RecordData
{
    public byte Flags { get; } = flags;
    public string Tag { get; } = tag;
    public string Value { get; } = value;

    public static RecordData? Read(ref WireReader reader) =>
        reader.TryReadUInt8(out byte flags) && reader.TryReadString(out string tag) && tag.Length > 0 && reader.TryReadText(reader.Left, out string value)
            ? new CaaData(flags, tag, value)
            : null;

    public static RecordData Parse(ZoneWords words)
    {
        byte flags = words.Expect(3).UInt8();
        string tag = words.Text();
        return IsTag(tag) && tag.Length <= CharacterStrings.MaxOctets
            ? new CaaData(flags, tag, words.Text())
            : throw words.Fault(PrintableText.Quote(tag) + " is not a property tag", "RFC 8659 section 4.1");
    }

    public override void Write(WireWriter writer)
    {
        writer.UInt8(Flags);
        writer.String(Tag);
        writer.Text(Value);
    }

    // A tag that no zone file could say is written as octets (RFC 3597 section 5).
    public override string ToPresentation(bool octal = false) => IsTag(Tag) ? Flags + " " + Tag + " " + PresentationText.Quote(new[] { Value }, octal) : UnknownData.Of(this).Presentation;

    public override string ToString() => Flags + " " + PrintableText.Escape(Tag) + " " + PrintableText.Quote(Value);

    private static bool IsTag(string tag)
    {
        foreach (char c in tag)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))) return false;
        }

        return tag.Length > 0;
    }
}
