using System.Text;

namespace MailDns.Spf;

/// <summary>Puts facts in the place of macros (RFC 7208 section 7.3).</summary>
internal static class MacroExpander
{
    /// <summary>The text with every macro expanded; null where a fact is not known.</summary>
    public static string? Expand(MacroString text, MacroFacts facts, string domain)
    {
        if (!text.HasMacros) return text.Literal;

        var expanded = new StringBuilder(64);
        foreach (MacroPart part in text.Parts)
        {
            if (!part.IsMacro)
            {
                expanded.Append(part.Literal);
                continue;
            }

            string? value = facts.Get(part.Letter, domain);
            if (value is null) return null;

            value = Transform(value, part);
            expanded.Append(part.IsUpper ? UrlEscape(value) : value);
        }

        return expanded.ToString();
    }

    /// <summary>
    /// The domain name of an expanded domain-spec: labels are dropped from the left until it fits into 253 octets
    /// (section 7.3). False for what is no name, such as one with an empty label.
    /// </summary>
    public static bool TryGetName(string expanded, out DomainName? name)
    {
        int end = expanded.Length > 0 && expanded[expanded.Length - 1] == '.' ? expanded.Length - 1 : expanded.Length;
        int start = 0;
        while (end - start > DomainName.MaxLength)
        {
            int dot = expanded.IndexOf('.', start, end - start);
            if (dot < 0) break;

            start = dot + 1;
        }

        return DomainName.TryParseDns(expanded.Substring(start, end - start), out name) && !name!.IsRoot;
    }

    private static string Transform(string value, MacroPart part)
    {
        if (part.Digits == 0 && !part.IsReversed && part.Delimiters == ".") return value;

        List<string> pieces = Split(value, part.Delimiters);
        if (part.IsReversed) pieces.Reverse();
        if (part.Digits > 0 && part.Digits < pieces.Count) pieces.RemoveRange(0, pieces.Count - part.Digits);

        return string.Join(".", pieces);
    }

    private static List<string> Split(string value, string delimiters)
    {
        var pieces = new List<string>();
        int start = 0;
        for (int i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || delimiters.IndexOf(value[i]) >= 0)
            {
                pieces.Add(value.Substring(start, i - start));
                start = i + 1;
            }
        }

        return pieces;
    }

    // Everything but the unreserved characters of RFC 3986 section 2.3.
    private static string UrlEscape(string value)
    {
        var escaped = new StringBuilder(value.Length + 16);
        foreach (byte octet in Encoding.UTF8.GetBytes(value))
        {
            char c = (char)octet;
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c is '-' or '.' or '_' or '~')
                escaped.Append(c);
            else
                escaped.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}

/// <summary>explain-string = *( macro-string / SP ) (RFC 7208 section 6.2).</summary>
internal static class ExplanationText
{
    /// <summary>The text with its macros; null where it breaks the grammar.</summary>
    public static MacroString? Read(string text)
    {
        bool hasPercent = false;
        bool hasMacros = false;
        int i = 0;
        while (i < text.Length)
        {
            if (text[i] < ' ' || text[i] > 0x7E) return null;

            if (text[i] != '%')
            {
                i++;
                continue;
            }

            hasPercent = true;
            hasMacros |= i + 1 < text.Length && text[i + 1] == '{';
            if (MacroSyntax.ReadExpand(text, i, text.Length, allowExplanationLetters: true, out i) != MacroFault.None)
                return null;
        }

        return new MacroString(text, 0, text.Length, hasPercent, hasMacros);
    }
}
