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
            : throw new ArgumentException(tag + " " + PrintableText.Quote(value) + " contains more of a record than its value; specify the value alone.", nameof(value));
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

/// <summary>The properties of CAA (RFC 8659 section 4, RFC 9495, IANA's registry) and the grammar of their values.</summary>
internal static class CaaProperty
{
    public const string Issue = "issue";
    public const string IssueWild = "issuewild";
    public const string IssueMail = "issuemail";
    public const string IssueVmc = "issuevmc";
    public const string Iodef = "iodef";

    /// <summary>An authority that does not know a critical property must not issue (RFC 8659 section 4.1, bit 0).</summary>
    public const byte Critical = 128;

    /// <summary>The tags that are known.</summary>
    public static IReadOnlyList<string> Known { get; } = new[] { Issue, IssueWild, IssueMail, IssueVmc, Iodef, "contactemail", "contactphone" };

    /// <summary>True for a property of the registry; tags have no case (RFC 8659 section 4.1).</summary>
    public static bool IsKnown(string tag) => Known.Contains(tag, StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a property whose value names an issuer.</summary>
    public static bool HasIssuer(string tag) =>
        new[] { Issue, IssueWild, IssueMail, IssueVmc }.Contains(tag, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The issuer of <c>[issuer-domain-name] [";" parameters]</c> (RFC 8659 section 4.2, issue-value): empty where the value
    /// allows nobody, null where it breaks the grammar, which allows nobody too.
    /// </summary>
    public static string? IssuerOf(string value)
    {
        int semicolon = value.IndexOf(';');
        string issuer = Trim(semicolon < 0 ? value : value.Substring(0, semicolon));
        bool holds = (issuer.Length == 0 || issuer.Split('.').All(IsLabel)) && (semicolon < 0 || AreParameters(Trim(value.Substring(semicolon + 1))));
        return holds ? issuer.ToLowerInvariant() : null;
    }

    /// <summary>Why the value of a property is none; null where it is right or the property is unknown.</summary>
    public static string? Problem(string tag, string value)
    {
        if (HasIssuer(tag))
            return IssuerOf(value) is null ? "is not an issuer's domain name with parameters (issue-value), so it allows nobody" : null;

        bool isReport = string.Equals(tag, Iodef, StringComparison.OrdinalIgnoreCase);
        return isReport && !IsReportUri(value) ? "is not a mailto:, https: or http: URL" : null;
    }

    // RFC 8659 section 4.4
    private static bool IsReportUri(string value)
    {
        // A comma before a scheme separates two URLs: a property has one.
        if (value.Any(c => c is <= ' ' or > '~') || value.IndexOf(",http", StringComparison.OrdinalIgnoreCase) > 0) return false;

        // In a URI the slash of a mailbox is encoded (RFC 6068 section 2): "mailto://" has an authority and no mailbox.
        return value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)
            ? DomainName.IsMailbox(value.Substring("mailto:".Length).Split('?')[0])
            : Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && (uri.Scheme is "https" or "http") && uri.Host.Length > 0;
    }

    // parameters = (parameter *WSP ";" *WSP parameters) / parameter; a semicolon at the very end makes no parameter.
    private static bool AreParameters(string text) => text.Length == 0 || text.Split(';').All(part => IsParameter(Trim(part)));

    private static bool IsParameter(string text)
    {
        int equals = text.IndexOf('=');
        return equals > 0 && IsLabel(Trim(text.Substring(0, equals))) && Trim(text.Substring(equals + 1)).All(c => c is > ' ' and <= '~' and not ';');
    }

    // label = (ALPHA / DIGIT) *( *("-") (ALPHA / DIGIT))
    private static bool IsLabel(string label) =>
        label.Length > 0 && label[0] != '-' && label[label.Length - 1] != '-' && label.All(c => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static string Trim(string text) => text.Trim(' ', '\t');
}
