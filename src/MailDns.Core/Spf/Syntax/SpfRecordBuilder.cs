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
