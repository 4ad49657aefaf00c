namespace MailDns;

/// <summary>A TXT record (RFC 1035 section 3.3.14). Pipes into <c>Add-DnsServerResourceRecord -Txt</c> and <c>New-AzDnsRecordConfig</c>.</summary>
public sealed class TxtRecord : ResourceRecord
{
    private static readonly RecordField s_text = new(nameof(Value), data => ((TxtData)data).Text)
    {
        DnsServer = nameof(DescriptiveText),
        Azure = nameof(Value),
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Txt, TxtData.Read, TxtData.Parse)
    {
        Fields = [s_text],
        Bind = BindText,
        Make = (record, zone, purpose) => new TxtRecord(record.Owner, zone, ((TxtData)record.Data).Strings, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "Txt",
    };

    /// <summary>Creates a record from its zone, its name relative to it ("@" at the apex) and its whole text.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    /// <exception cref="ArgumentException">The text has a character that is not an octet.</exception>
    public TxtRecord(string zoneName, string name, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), value, timeToLive, purpose)
    {
    }

    internal TxtRecord(DomainName owner, DomainName zone, string value, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new TxtData(RequireOctets(value)), timeToLive, purpose)
    {
    }

    /// <summary>A record as a server holds it: its strings stay cut where they are.</summary>
    internal TxtRecord(DomainName owner, DomainName zone, IReadOnlyList<string> strings, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new TxtData(strings), timeToLive, purpose) =>
        RequireOctets(Value);

    /// <summary>The whole text, unquoted and unsplit, as Azure DNS takes it.</summary>
    public string Value => ((TxtData)Data).Text;

    /// <summary>The whole text, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string DescriptiveText => Value;

    /// <summary>The text as character-strings of at most 255 octets (RFC 1035 section 3.3), as it goes over the wire.</summary>
    public string[] Strings => ((TxtData)Data).Strings.ToArray();

    /// <summary>The record's text.</summary>
    public override string ToString() => Value;

    private static string RequireOctets(string value)
    {
        foreach (char c in value)
        {
            if (c > 0xFF)
            {
                throw new ArgumentException("The text has the character " + PrintableText.Quote(c.ToString()) + ", which is not an octet; TXT values of mail are ASCII.", nameof(value));
            }
        }

        return value;
    }

    // How the strings are cut, where the object tells it. Resolve-DnsName has nothing but the strings.
    private static TxtData BindText(RecordFields fields)
    {
        string[]? strings = fields.Strings(nameof(Strings));
        string? text = fields.TextOrNull(s_text);
        return strings is not null && (text is null || string.Equals(string.Concat(strings), text, StringComparison.Ordinal))
            ? new TxtData(strings)
            : new TxtData(text ?? throw new FormatException("The record has no text."));
    }
}

/// <summary>TXT or SPF: one or more character-strings. A character is an octet.</summary>
internal sealed class TxtData(IReadOnlyList<string> strings) : RecordData
{
    private string? _text;

    public TxtData(string text)
        : this(CharacterStrings.Split(text))
    {
    }

    public IReadOnlyList<string> Strings { get; } = strings;

    /// <summary>The strings joined without a separator (RFC 7208 section 3.3).</summary>
    public string Text => _text ??= CharacterStrings.Join(Strings);

    public static RecordData? Read(ref WireReader reader)
    {
        // RDATA without a single string breaks RFC 1035 section 3.3.14; it says as much as an empty one.
        if (reader.Left == 0)
        {
            return new TxtData(string.Empty);
        }

        if (!reader.TryReadString(out string first))
        {
            return null;
        }

        if (reader.Left == 0)
        {
            return new TxtData(new[] { first });
        }

        var strings = new List<string>(2) { first };
        while (reader.Left > 0)
        {
            if (!reader.TryReadString(out string next))
            {
                return null;
            }

            strings.Add(next);
        }

        return new TxtData(strings.ToArray());
    }

    public static RecordData Parse(ZoneWords words) => new TxtData(words.Strings());

    public override void Write(WireWriter writer)
    {
        for (int i = 0; i < Strings.Count; i++)
        {
            writer.String(Strings[i]);
        }
    }

    public override string ToPresentation(bool octal = false) => PresentationText.Quote(Strings, octal);

    public override string ToString() => PrintableText.Quote(Text);
}
