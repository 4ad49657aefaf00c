namespace MailDns.Caa;

/// <summary>Makes CAA records (RFC 8659 section 4).</summary>
internal static class CaaRecordBuilder
{
    private const string Nobody = ";";

    /// <summary>One record a value, at the domain.</summary>
    /// <exception cref="ArgumentException">Nothing is given, a value breaks its grammar, or an unknown property is to be critical.</exception>
    public static IReadOnlyList<CaaRecord> Create(DomainName domain, DomainName zone, CaaRecordOptions options, TimeSpan timeToLive)
    {
        KeyValuePair<string, string>[] properties = Issuers(CaaProperty.Issue, options.Issue)
            .Concat(Issuers(CaaProperty.IssueWild, options.IssueWild))
            .Concat(Issuers(CaaProperty.IssueMail, options.IssueMail))
            .Concat(Issuers(CaaProperty.IssueVmc, options.IssueVmc))
            .Concat(options.Iodef.Select(address => Property(CaaProperty.Iodef, WriteReport(address))))
            .Concat(options.Tag is null ? Array.Empty<KeyValuePair<string, string>>() : new[] { Property(options.Tag, options.Value) })
            .ToArray();
        if (properties.Length == 0)
            throw new ArgumentException("Specify at least one of -Issue, -IssueWild, -IssueMail, -IssueVmc, -Iodef or -Tag.", nameof(options));

        byte flags = options.Critical ? CaaProperty.Critical : (byte)0;
        foreach (KeyValuePair<string, string> property in properties)
            Check(property.Key, property.Value, options.Critical);

        return properties.Select(property => new CaaRecord(domain, zone, flags, property.Key, property.Value, timeToLive, RecordPurpose.Caa)).ToArray();
    }

    private static IEnumerable<KeyValuePair<string, string>> Issuers(string tag, IReadOnlyList<string> issuers)
    {
        string[] values = issuers.Select(issuer => (issuer ?? string.Empty).Trim()).Select(issuer => issuer.Length == 0 ? Nobody : issuer).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return values.Length > 1 && values.Contains(Nobody)
            ? throw new ArgumentException("\";\" in " + tag + " says that nobody may issue; it cannot be given with an issuer.", nameof(issuers))
            : values.Select(value => Property(tag, value));
    }

    private static void Check(string tag, string value, bool critical)
    {
        if (CaaProperty.Problem(tag, value) is { } problem)
            throw new ArgumentException(tag + " " + PrintableText.Quote(value) + " " + problem + " (RFC 8659 section 4).", nameof(value));

        if (critical && !CaaProperty.IsKnown(tag))
        {
            throw new ArgumentException("The property " + PrintableText.Quote(tag) + " is unknown: as a critical one it would keep every authority from issuing (RFC 8659 section 4.1).", nameof(tag));
        }
    }

    private static string WriteReport(string address)
    {
        string text = (address ?? string.Empty).Trim();
        return text.IndexOf(':') < 0 && text.IndexOf('@') > 0 ? "mailto:" + text : text;
    }

    // A value as a zone file or a word processor has it: in quotes.
    private static KeyValuePair<string, string> Property(string tag, string value)
    {
        string text = (value ?? string.Empty).Trim().Trim('\u201C', '\u201D', '\u201E', '\u200B', '\uFEFF');
        string bare = text.Length > 1 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2) : text;
        return bare.IndexOf('"') < 0 || CaaProperty.HasIssuer(tag)
            ? new(tag, bare)
            : throw new ArgumentException(tag + " " + PrintableText.Quote(value) + " holds more of a record than its value; specify the value alone.", nameof(value));
    }
}

/// <summary>What new CAA records are to say: one record a value.</summary>
internal sealed class CaaRecordOptions
{
    /// <summary>Issuers; an empty text or ";" allows nobody.</summary>
    public IReadOnlyList<string> Issue { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueWild { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueMail { get; init; } = Array.Empty<string>();

    public IReadOnlyList<string> IssueVmc { get; init; } = Array.Empty<string>();

    /// <summary>Addresses or URLs for reports.</summary>
    public IReadOnlyList<string> Iodef { get; init; } = Array.Empty<string>();

    /// <summary>A property by its tag; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>Its value.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>An authority that does not know a property must not issue.</summary>
    public bool Critical { get; init; }
}
