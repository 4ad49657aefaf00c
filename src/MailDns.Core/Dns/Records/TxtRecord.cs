using System.Text;

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
        : base(Definition, owner, zone, new TxtData(strings), timeToLive, purpose) => RequireOctets(Text);

    /// <summary>The whole text, unquoted and unsplit, as Azure DNS takes it; in escapes where <see cref="IsEscaped"/> is true.</summary>
    public string Value => Show(Text);

    /// <summary>The whole text, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string DescriptiveText => Show(Text);

    /// <summary>The text as character-strings of at most 255 octets (RFC 1035 section 3.3), cut as it goes over the wire.</summary>
    public string[] Strings => Parts.Select(Show).ToArray();

    /// <summary>
    /// True for a text with control octets: its properties then hold what is not printable ASCII as \DDD and a backslash as \\, as a zone
    /// file does (RFC 1035 section 5.1), so that none reaches a screen. What is published, converted or compared is the text itself.
    /// </summary>
    public bool IsEscaped => Text.Any(char.IsControl);

    /// <summary>The text itself.</summary>
    internal string Text => ((TxtData)Data).Text;

    /// <summary>The text itself, cut as it goes over the wire.</summary>
    internal IReadOnlyList<string> Parts => ((TxtData)Data).Strings;

    /// <summary>The record's text, as in <see cref="Value"/>.</summary>
    public override string ToString() => Show(Text);

    private string Show(string text) => IsEscaped ? PrintableText.Escape(text.Replace("\\", "\\\\")) : text;

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

    private static string Unescape(string text)
    {
        var octets = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                octets.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                octets.Append('\\');
                i++;
            }
            else if (i + 3 < text.Length && byte.TryParse(text.Substring(i + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out byte octet))
            {
                octets.Append((char)octet);
                i += 3;
            }
            else
            {
                throw new FormatException("The escaped text of the record is broken: a backslash is followed by neither a backslash nor three digits.");
            }
        }

        return octets.ToString();
    }

    // How the strings are cut, where the object tells it. Resolve-DnsName has nothing but the strings.
    private static TxtData BindText(RecordFields fields)
    {
        bool isEscaped = fields.Flag(nameof(IsEscaped));
        string[]? strings = fields.Strings(nameof(Strings))?.Select(part => isEscaped ? Unescape(part) : part).ToArray();
        string? text = fields.TextOrNull(s_text) is { } given && isEscaped ? Unescape(given) : fields.TextOrNull(s_text);
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
        if (reader.Left == 0) return new TxtData(string.Empty);
        if (!reader.TryReadString(out string first)) return null;
        if (reader.Left == 0) return new TxtData(new[] { first });

        var strings = new List<string>(2) { first };
        while (reader.Left > 0)
        {
            if (!reader.TryReadString(out string next)) return null;

            strings.Add(next);
        }

        return new TxtData(strings.ToArray());
    }

    public static RecordData Parse(ZoneWords words) => new TxtData(words.Strings());

    public override void Write(WireWriter writer)
    {
        for (int i = 0; i < Strings.Count; i++)
            writer.String(Strings[i]);
    }

    public override string ToPresentation(bool octal = false) => PresentationText.Quote(Strings, octal);

    public override string ToString() => PrintableText.Quote(Text);
}
