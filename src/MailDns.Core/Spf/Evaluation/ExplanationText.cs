namespace MailDns.Spf;

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
