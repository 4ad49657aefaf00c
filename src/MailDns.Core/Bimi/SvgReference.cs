using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>References of an SVG: href, xlink:href, xml:base, src and url(...). Only #id points into the file itself.</summary>
internal static class SvgReference
{
    /// <summary>The first address that points out of the file; null where there is none.</summary>
    public static string? FindExternal(XAttribute attribute)
    {
        string value = attribute.Value.Trim();
        bool isReference = attribute.Name.LocalName is "href" or "src" || attribute.Name == XNamespace.Xml + "base";
        if (isReference) return IsInternal(value) && attribute.Name.LocalName != "base" ? null : value;

        return FindExternalInStyle(value);
    }

    /// <summary>The same for the text of a style attribute or style sheet.</summary>
    public static string? FindExternalInStyle(string text)
    {
        int at = 0;
        while ((at = text.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            string address = UrlAt(text, at);
            if (!IsInternal(address)) return address;

            at += 4;
        }

        return text.IndexOf("@import", StringComparison.OrdinalIgnoreCase) >= 0 ? "@import" : null;
    }

    /// <summary>The id that the attribute refers to, by href="#id" or url(#id); null for anything else.</summary>
    public static string? Id(XAttribute? attribute) =>
        attribute is null ? null
        : attribute.Name.LocalName == "href" ? Fragment(attribute.Value.Trim())
        : PaintId(attribute.Value);

    /// <summary>The id in url(#id); null for anything else, colours among it.</summary>
    public static string? PaintId(string value)
    {
        string text = value.Trim();
        return text.StartsWith("url(", StringComparison.OrdinalIgnoreCase) ? Fragment(UrlAt(text, 0)) : null;
    }

    private static string? Fragment(string text) => text.Length > 1 && text[0] == '#' ? text.Substring(1) : null;

    private static string UrlAt(string text, int at)
    {
        int end = text.IndexOf(')', at);
        string inner = end < 0 ? text.Substring(at + 4) : text.Substring(at + 4, end - at - 4);
        return inner.Trim().Trim('"', '\'').Trim();
    }

    private static bool IsInternal(string address) => address.Length == 0 || address[0] == '#';
}
