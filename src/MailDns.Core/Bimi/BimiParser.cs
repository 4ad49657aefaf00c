using System.Text.RegularExpressions;

namespace MailDns.Bimi;

/// <summary>
/// The grammar of a BIMI record: <c>bimi-record = bimi-version (sep location) [sep evidence] [lps] [sep avp] [sep]</c>. Only
/// the version's place is fixed; receivers must not repair case or syntax (BIMI draft section 5.3).
/// </summary>
internal static class BimiParser
{
    private const string Section = "BIMI draft section 5.3";
    private const int MaxPrefixLength = 63;

    /// <summary>The version as people write it.</summary>
    internal const string VersionPattern = "BIMI[ _-]?(?:v?[ _-]?[1l](?:\\.0)?)?";

    /// <summary>True for a text that is or means to be BIMI.</summary>
    public static bool LooksLikeBimi(string text) => IsBimi(text) || PastedFields.HasVersion(text, VersionPattern);

    /// <summary>True for a text that receivers take for BIMI: its first tag is exactly v=BIMI1.</summary>
    public static bool IsBimi(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        TagSpec? first = tags.Count > 0 ? tags[0] : null;
        return first is { HasEquals: true, Offset: 0 } && first.Name == BimiTags.Version && first.Value == "BIMI1";
    }

    /// <summary>Reads a record that has to be right.</summary>
    /// <exception cref="RecordParseException">The first fault, with its place.</exception>
    public static BimiRecord Parse(string text)
    {
        BimiRecord record = Read(text);
        TextFault? fault = record.Faults.FirstOrDefault(item => item.Check != BimiChecks.UnknownTag);
        return fault is null ? record : throw new RecordParseException(fault.Message, text, fault.Offset, fault.Length, fault.Rule);
    }

    /// <summary>Reads any text and collects all faults.</summary>
    public static BimiRecord Read(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        var faults = new List<TextFault>();
        if (!IsBimi(text))
        {
            TagSpec? first = tags.Count > 0 ? tags[0] : null;
            faults.Add(new TextFault(BimiChecks.Version, "A BIMI record begins with exactly v=BIMI1.", first?.Offset ?? 0, first?.Length ?? 0, Section + ", v"));
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (TagSpec tag in tags)
            ReadTag(text, tag, seen, faults);

        if (!seen.Contains(BimiTags.Location))
            faults.Add(new TextFault(BimiChecks.LogoMissing, "The record has no l= tag.", text.Length, 0, Section + ", l"));

        // Empty l= and a= decline (section 5.3.1); an empty l= beside evidence says neither.
        if (ValueOf(tags, BimiTags.Location) is { Length: 0 } && ValueOf(tags, BimiTags.Evidence) is { Length: > 0 })
        {
            TagSpec location = tags.First(tag => tag.Name == BimiTags.Location);
            faults.Add(Fault(BimiChecks.LogoMissing, "l= is empty although a= names a certificate: there is no logo to show, and no declination either.", location, Section + ".1"));
        }

        return new BimiRecord(text, tags, faults.OrderBy(fault => fault.Offset).ToArray());
    }

    private static string? ValueOf(IReadOnlyList<TagSpec> tags, string name) => tags.FirstOrDefault(tag => tag.HasEquals && tag.Name == name)?.Value;

    private static void ReadTag(string text, TagSpec tag, HashSet<string> seen, List<TextFault> faults)
    {
        // tag-name = ALPHA *ALNUMPUNC (RFC 6376 section 3.2)
        bool isName = tag.HasEquals && tag.Name.Length > 0 && char.ToLowerInvariant(tag.Name[0]) is >= 'a' and <= 'z'
            && tag.Name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_');
        if (!isName)
        {
            faults.Add(Fault(BimiChecks.Syntax, PrintableText.Quote(text.Substring(tag.Offset, tag.Length)) + " is not a tag=value.", tag, Section));
            return;
        }

        if (!seen.Add(tag.Name))
        {
            faults.Add(Fault(BimiChecks.Syntax, "The tag " + PrintableText.Quote(tag.Name) + " is given twice.", tag, "RFC 6376 section 3.2"));
            return;
        }

        switch (tag.Name)
        {
            case BimiTags.Version:
                break;
            case BimiTags.Location:
                ReadUri(tag, mustBeSvg: true, faults);
                break;
            case BimiTags.Evidence:
                ReadUri(tag, mustBeSvg: false, faults);
                break;
            case BimiTags.Avatar:
                ReadAvatar(tag, faults);
                break;
            case BimiTags.LocalParts:
                ReadPrefixes(tag, faults);
                break;
            default:
                faults.Add(Fault(BimiChecks.UnknownTag, "The tag " + PrintableText.Quote(tag.Name) + " is unknown and ignored.", tag, Section));
                break;
        }
    }

    private static void ReadUri(TagSpec tag, bool mustBeSvg, List<TextFault> faults)
    {
        if (tag.Value.Length == 0) return;

        if (tag.Value.IndexOf(',') >= 0)
        {
            faults.Add(Fault(BimiChecks.RawComma, (BimiUri.IsList(tag.Value) ? "The tag " + tag.Name + "= has more than one URI, and BIMI has no lists: write the one that is meant: " : "A comma in the URI of " + tag.Name + "= has to be %2C: ") + PrintableText.Quote(tag.Value), tag, Section));
        }

        string? problem = BimiUri.Problem(tag.Value);
        if (problem is not null)
            faults.Add(Fault(BimiChecks.NotHttps, tag.Name + "=" + PrintableText.Escape(tag.Value) + ": " + problem, tag, Section + ", " + tag.Name));
        else if (mustBeSvg && !BimiUri.IsSvg(tag.Value))
            faults.Add(Fault(BimiChecks.NotSvg, "The logo " + PrintableText.Quote(tag.Value) + " does not end in .svg or .svgz.", tag, "BIMI draft section 5.3.2"));
    }

    private static void ReadAvatar(TagSpec tag, List<TextFault> faults)
    {
        if (tag.Value is not ("brand" or "personal"))
            faults.Add(Fault(BimiChecks.Avatar, "avp=" + PrintableText.Escape(tag.Value) + " is neither brand nor personal.", tag, Section + ", avp"));
    }

    private static void ReadPrefixes(TagSpec tag, List<TextFault> faults)
    {
        foreach (string item in tag.Value.Length == 0 ? Array.Empty<string>() : tag.Value.Split(','))
        {
            string prefix = item.Trim(' ', '\t');
            bool fits = prefix.Length is > 0 and <= MaxPrefixLength && prefix.All(c => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
            if (!fits)
            {
                faults.Add(Fault(BimiChecks.LocalParts, "The local-part prefix " + PrintableText.Quote(prefix) + " is not 1 to 63 letters, digits and hyphens.", tag, Section + ", lps"));
            }
        }
    }

    private static TextFault Fault(CheckDefinition check, string message, TagSpec tag, string rule) => new(check, message, tag.Offset, tag.Length, rule);
}

/// <summary>The tags of a BIMI record.</summary>
internal static class BimiTags
{
    public const string Version = "v";
    public const string Location = "l";
    public const string Evidence = "a";
    public const string LocalParts = "lps";
    public const string Avatar = "avp";

    private static readonly string[] s_known = { Version, Location, Evidence, LocalParts, Avatar };

    public static bool IsKnown(string name) => Array.IndexOf(s_known, name) >= 0;
}

/// <summary>A BIMI selector and the name that it makes (BIMI draft section 5.4).</summary>
internal static class BimiSelector
{
    /// <summary>The selector of mail that names none.</summary>
    public const string Default = "default";

    /// <summary>The label between selector and domain.</summary>
    public const string Label = "_bimi";

    /// <summary>The record's name.</summary>
    /// <exception cref="ArgumentException">The selector is none.</exception>
    /// <exception cref="DomainNameException">The name is too long.</exception>
    public static DomainName NameOf(string selector, DomainName domain) =>
        TryParse(selector, out DomainName? name, out string reason)
            ? domain.Prepend(name!.Text + "." + Label)
            : throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (BIMI draft section 5.4): " + reason, nameof(selector));

    /// <summary>The record's name where a record is looked for; false where it would be longer than DNS allows (RFC 1035 section 2.3.4).</summary>
    /// <exception cref="ArgumentException">The selector is none.</exception>
    public static bool TryGetName(string selector, DomainName domain, out DomainName? name) =>
        domain.TryPrepend(NameOf(selector, DomainName.Root).Text, out name);

    /// <summary>Labels of letters, digits and hyphens.</summary>
    public static bool TryParse(string selector, out DomainName? name, out string reason)
    {
        if (!DomainName.TryParseRelative(selector, out name, out reason)) return false;
        if (name!.Text.IndexOf('_') < 0) return true;

        reason = "it contains an underscore. Give the selector alone, without \"._bimi\".";
        return false;
    }
}

/// <summary>The URIs of l= and a=: https only (BIMI draft section 5.3), with what a tag-list cannot carry percent-encoded.</summary>
internal static class BimiUri
{
    // The tag that was pasted with its value.
    private static readonly Regex s_tag = new("^[la]\\s*[=:]+\\s*(?=https?:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PastedText.PatternTime);

    /// <summary>True for more than one URI, as old drafts allowed.</summary>
    public static bool IsList(string text) => text.IndexOf("://", StringComparison.Ordinal) != text.LastIndexOf("://", StringComparison.Ordinal);

    /// <summary>Why the text is no https URI with a host; null when it is one.</summary>
    public static string? Problem(string text)
    {
        foreach (char c in text)
        {
            if (c <= 0x20 || c > 0x7E || c == '"' || c == '<' || c == '>' || c == '\\')
                return "the character " + PrintableText.Quote(c.ToString()) + " cannot be in a URI (RFC 3986).";
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)) return "it is not an absolute URI (RFC 3986).";

        if (!string.Equals(uri.Scheme, "https", StringComparison.Ordinal))
            return "its scheme is " + PrintableText.Escape(uri.Scheme) + ", and only https is allowed.";

        return uri.Host.Length == 0 ? "it has no host." : null;
    }

    /// <summary>True for a path that ends in .svg or .svgz (BIMI draft section 5.3.2).</summary>
    public static bool IsSvg(string text) => EndsIn(text, ".svg") || EndsIn(text, ".svgz");

    /// <summary>True for a path that ends in .pem (draft-fetch-validation-vmc-wchuang section 3.3).</summary>
    public static bool IsPem(string text) => EndsIn(text, ".pem");

    /// <summary>The URI as a record carries it: a comma and a semicolon percent-encoded.</summary>
    /// <exception cref="ArgumentException">It is no https URI.</exception>
    public static string Write(string text, string parameter)
    {
        string bare = s_tag.Replace(PastedText.Clean(text), string.Empty).Trim('<', '>', ' ', ';', ',', '\'');
        string encoded = bare.Replace(",", "%2C").Replace(";", "%3B");
        string? problem = encoded.IndexOf("://", StringComparison.Ordinal) != encoded.LastIndexOf("://", StringComparison.Ordinal)
            ? "it contains more than one address; BIMI takes one."
            : encoded.IndexOf("v=BIMI", StringComparison.OrdinalIgnoreCase) >= 0 ? "it contains more of a record than an address." : Problem(encoded);
        return problem is null ? encoded : throw new ArgumentException("-" + parameter + " " + PrintableText.Quote(text) + " cannot be used: " + problem, parameter);
    }

    private static bool EndsIn(string text, string ending) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
