namespace MailDns.Spf;

/// <summary>Makes SPF records (RFC 7208). Terms without lookups come first: what they match costs nothing (section 4.6.4).</summary>
internal static class SpfRecordBuilder
{
    /// <summary>The TXT record at the domain.</summary>
    /// <exception cref="RecordParseException">A value is none; says which.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, SpfRecordOptions options, TimeSpan timeToLive) =>
        new(domain, zone, BuildText(domain, options), timeToLive, RecordPurpose.Spf);

    /// <summary>The record's text.</summary>
    /// <exception cref="RecordParseException">A value is none; says which.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static string BuildText(DomainName domain, SpfRecordOptions options) =>
        SpfParser.Parse(SpfRecord.Version + " " + BuildTerms(domain, options)).Source;

    /// <summary>What MailDns itself would find wrong with the text, or weak in it.</summary>
    public static IEnumerable<string> Warnings(DomainName domain, string text)
    {
        var sheet = new CheckSheet(domain.Text);
        SpfTextRules.Apply(domain, SpfParser.Read(text), sheet, toRecord: null);
        return sheet.Results.Where(result => !result.Passed).Select(result => result.Id + ": " + result.Message + " " + result.Recommendation);
    }

    /// <summary>The terms, without a version.</summary>
    /// <exception cref="RecordParseException">A value is none; says which.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    internal static string BuildTerms(DomainName domain, SpfRecordOptions options)
    {
        if (!string.IsNullOrEmpty(options.Redirect) && options.All is not null)
            throw new ArgumentException("Redirect and All exclude each other: redirect is ignored where all is present (RFC 7208 section 6.1).");

        string[] terms = WithoutDuplicates(Mechanisms(options)).Concat(new[] { End(options) }).ToArray();
        CheckTargets(domain, terms);
        int lookups = terms.Select(SpfParser.ParseTerm).Count(term => term.IsLookup);
        if (lookups > SpfLimits.Default.LookupTerms)
            throw new ArgumentException("The record would hold " + lookups + " terms that need DNS lookups; receivers stop after 10 (RFC 7208 section 4.6.4).");

        return string.Join(" ", terms);
    }

    private static IEnumerable<string> Mechanisms(SpfRecordOptions options) =>
        options.IPv4.Select(value => SpfTermBuilder.Network(SpfMechanism.Ip4, value))
            .Concat(options.IPv6.Select(value => SpfTermBuilder.Network(SpfMechanism.Ip6, value)))
            .Concat(options.A.Select(value => SpfTermBuilder.Host(SpfMechanism.A, value)))
            .Concat(options.Mx.Select(value => SpfTermBuilder.Host(SpfMechanism.Mx, value)))
            .Concat(options.Include.Select(value => SpfTermBuilder.Domain(SpfMechanism.Include, value)))
            .Concat(options.Exists.Select(value => SpfTermBuilder.Domain(SpfMechanism.Exists, value)));

    private static string End(SpfRecordOptions options) => string.IsNullOrEmpty(options.Redirect)
        ? (options.All == SpfQualifier.Pass ? "+" : SpfDirective.QualifierText(options.All ?? SpfQualifier.Fail)) + "all"
        : SpfTermBuilder.Redirect(options.Redirect!);

    private static IEnumerable<string> WithoutDuplicates(IEnumerable<string> terms)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return terms.Where(term => seen.Add(SpfParser.ParseTerm(term).CanonicalText)).ToArray();
    }

    // A record that includes itself never ends (section 4.6.4).
    private static void CheckTargets(DomainName domain, string[] terms)
    {
        foreach (string term in terms)
        {
            string? target = SpfParser.ParseTerm(term) switch
            {
                SpfDirective { Mechanism: SpfMechanism.Include } include => include.DomainSpec!.CanonicalDomain,
                SpfModifier redirect => redirect.Value.CanonicalDomain,
                _ => null,
            };
            if (target == domain.Text)
                throw new ArgumentException(PrintableText.Quote(term) + " leads back to " + domain + " itself, which never ends.");
        }
    }
}

/// <summary>What an SPF or Sender ID record is made of.</summary>
internal sealed class SpfRecordOptions
{
    /// <summary>Domains whose senders are authorised too.</summary>
    public IReadOnlyList<string> Include { get; init; } = Array.Empty<string>();

    /// <summary>IPv4 addresses or networks.</summary>
    public IReadOnlyList<string> IPv4 { get; init; } = Array.Empty<string>();

    /// <summary>IPv6 addresses or networks.</summary>
    public IReadOnlyList<string> IPv6 { get; init; } = Array.Empty<string>();

    /// <summary>Names whose addresses are authorised; empty or "@" is the domain itself.</summary>
    public IReadOnlyList<string> A { get; init; } = Array.Empty<string>();

    /// <summary>Domains whose mail exchangers are authorised; empty or "@" is the domain itself.</summary>
    public IReadOnlyList<string> Mx { get; init; } = Array.Empty<string>();

    /// <summary>Names, mostly with macros, that have an A record for an authorised client.</summary>
    public IReadOnlyList<string> Exists { get; init; } = Array.Empty<string>();

    /// <summary>The domain whose record stands in for what matches nothing here.</summary>
    public string? Redirect { get; init; }

    /// <summary>What all others get; null: Fail, or nothing where there is a redirect.</summary>
    public SpfQualifier? All { get; init; }
}

/// <summary>Makes one term from a value as a person types it. Every error names the value.</summary>
internal static class SpfTermBuilder
{
    /// <summary>ip4 or ip6 from an address or network.</summary>
    /// <exception cref="RecordParseException">The value is none, or has host bits.</exception>
    public static string Network(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.Ip4 ? "ip4" : "ip6";
        string bare = Bare(value, name + ":");
        SpfDirective term = Parse(name + ":" + bare, bare);
        AddressBits network = term.NetworkBits.Network(term.PrefixLength);
        if (!network.Equals(term.NetworkBits))
            throw Fault(bare, bare + " has host bits set; the network is " + network + "/" + term.PrefixLength, "RFC 7208 section 5.6");

        return term.Text;
    }

    /// <summary>a or mx from a name with or without prefix lengths; empty or "@" is the domain itself.</summary>
    /// <exception cref="RecordParseException">The value is no name.</exception>
    public static string Host(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.A ? "a" : "mx";
        string bare = Bare(value, name + ":");
        int slash = HasMacros(bare) ? -1 : bare.IndexOf('/');
        string host = slash < 0 ? bare : bare.Substring(0, slash);
        string prefix = slash < 0 ? string.Empty : bare.Substring(slash);
        string text = host.Length == 0 || host == "@" ? name + prefix : name + ":" + DomainSpec(host, bare) + prefix;
        return Parse(text, bare).Text;
    }

    /// <summary>include or exists from a domain-spec.</summary>
    /// <exception cref="RecordParseException">The value is no domain.</exception>
    public static string Domain(SpfMechanism mechanism, string? value)
    {
        string name = mechanism == SpfMechanism.Include ? "include:" : "exists:";
        string bare = Bare(value, name);
        return Parse(name + DomainSpec(bare, bare), bare).Text;
    }

    /// <summary>The redirect modifier to a domain-spec.</summary>
    /// <exception cref="RecordParseException">The value is no domain.</exception>
    public static string Redirect(string value)
    {
        string bare = Bare(value, "redirect=");
        string text = "redirect=" + DomainSpec(bare, bare);
        ParseTerm(text, bare);
        return text;
    }

    // People type names in Unicode; the record holds A-labels (RFC 8616 section 4). Macros are taken as they are.
    private static string DomainSpec(string text, string value)
    {
        if (HasMacros(text))
        {
            // By the grammar any visible character may stand beside a macro; in the name of a host these are a paste's.
            int odd = IndexOfOdd(text);
            return odd < 0 ? text : throw Fault(value, PrintableText.Quote(value) + " has " + PrintableText.Quote(text.Substring(odd, 1)) + " in its domain", "RFC 7208 section 7.1, domain-spec");
        }

        return DomainName.TryParse(text, out DomainName? name, out string reason)
            ? name!.Text
            : System.Net.IPAddress.TryParse(text, out _) ? text
            : throw Fault(value, PrintableText.Quote(value) + " is not a domain: " + reason.TrimEnd('.'), "RFC 7208 section 7.1, domain-spec");
    }

    // The value as it was meant where the quotes or the whole term were pasted with it.
    private static string Bare(string? value, string prefix)
    {
        string bare = PastedText.Clean(value ?? string.Empty);
        string unsigned = bare.TrimStart('+');
        return unsigned.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? unsigned.Substring(prefix.Length) : bare;
    }

    private static int IndexOfOdd(string text)
    {
        bool isMacro = false;
        for (int i = 0; i < text.Length; i++)
        {
            isMacro = text[i] == '{' || (isMacro && text[i] != '}');
            if (!isMacro && text[i] is ':' or '=' or ',' or ';' or '\'' or '"' or '\\' or '@' or '<' or '>') return i;
        }

        return -1;
    }

    private static bool HasMacros(string text) => text.IndexOf('%') >= 0;

    private static SpfDirective Parse(string text, string value) => (SpfDirective)ParseTerm(text, value);

    private static SpfTerm ParseTerm(string text, string value)
    {
        try
        {
            return SpfParser.ParseTerm(text);
        }
        catch (RecordParseException exception)
        {
            throw new RecordParseException(
                "The value " + PrintableText.Quote(value) + " makes no SPF term: " + exception.Message,
                text,
                exception.Offset,
                exception.Length,
                exception.Rule);
        }
    }

    private static RecordParseException Fault(string value, string message, string rule) => new(message + ".", value, 0, value.Length, rule);
}

/// <summary>Writes the terms of address blocks (RFC 7208 section 5.6).</summary>
internal static class SpfTermText
{
    /// <summary>"-ip4:192.0.2.0/24".</summary>
    public static string Of(SpfQualifier qualifier, AddressBlock block) =>
        SpfDirective.QualifierText(qualifier) + block.Mechanism + ":" + block;
}
