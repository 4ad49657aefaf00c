using System.Text.RegularExpressions;

namespace MailDns.Bimi;

/// <summary>The URIs of l= and a=: https only (BIMI draft section 5.3), with what a tag-list cannot carry percent-encoded.</summary>
internal static class BimiUri
{
    // The tag that was pasted with its value.
    private static readonly Regex s_tag = new("^[la]\\s*[=:]+\\s*(?=https?:)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(250));

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
            ? "it holds more than one address; BIMI takes one."
            : encoded.IndexOf("v=BIMI", StringComparison.OrdinalIgnoreCase) >= 0 ? "it holds more of a record than an address." : Problem(encoded);
        return problem is null ? encoded : throw new ArgumentException("-" + parameter + " " + PrintableText.Quote(text) + " cannot be used: " + problem, parameter);
    }

    private static bool EndsIn(string text, string ending) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.AbsolutePath.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
