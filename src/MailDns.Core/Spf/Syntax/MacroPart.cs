namespace MailDns.Spf;

/// <summary>A stretch of literal text, or one macro-expand with its transformers and delimiters (RFC 7208 section 7.1).</summary>
internal readonly struct MacroPart
{
    private MacroPart(string literal, char letter, bool isUpper, int digits, bool isReversed, string delimiters)
    {
        Literal = literal;
        Letter = letter;
        IsUpper = isUpper;
        Digits = digits;
        IsReversed = isReversed;
        Delimiters = delimiters;
    }

    /// <summary>The text, decoded; empty for a macro.</summary>
    public string Literal { get; }

    /// <summary>The macro letter in lower case; NUL for literal text.</summary>
    public char Letter { get; }

    /// <summary>An upper-case letter asks for URL escaping (section 7.3).</summary>
    public bool IsUpper { get; }

    /// <summary>How many right-hand parts are kept; 0 for all.</summary>
    public int Digits { get; }

    public bool IsReversed { get; }

    /// <summary>The characters that divide the value; "." where none is given.</summary>
    public string Delimiters { get; }

    public bool IsMacro => Letter != '\0';

    /// <summary>The parts of a macro-string that is known to be right.</summary>
    public static MacroPart[] Split(string text)
    {
        var parts = new List<MacroPart>();
        int start = 0;
        int i = 0;
        while (i < text.Length)
        {
            if (text[i] != '%')
            {
                i++;
                continue;
            }

            AddLiteral(parts, text, start, i);
            i = text[i + 1] == '{' ? AddMacro(parts, text, i + 2) : AddEscape(parts, text, i + 1);
            start = i;
        }

        AddLiteral(parts, text, start, i);
        return parts.ToArray();
    }

    private static void AddLiteral(List<MacroPart> parts, string text, int start, int end)
    {
        if (end > start) parts.Add(OfLiteral(text.Substring(start, end - start)));
    }

    private static MacroPart OfLiteral(string text) => new(text, '\0', isUpper: false, 0, isReversed: false, string.Empty);

    private static int AddEscape(List<MacroPart> parts, string text, int index)
    {
        parts.Add(OfLiteral(text[index] switch { '%' => "%", '_' => " ", _ => "%20" }));
        return index + 1;
    }

    private static int AddMacro(List<MacroPart> parts, string text, int index)
    {
        char letter = text[index++];
        int digits = 0;
        for (; text[index] >= '0' && text[index] <= '9'; index++)
        {
            // No name has more labels than this, so a larger number says the same.
            digits = System.Math.Min((digits * 10) + text[index] - '0', 1000);
        }

        bool reversed = text[index] is 'r' or 'R';
        if (reversed) index++;

        int close = text.IndexOf('}', index);
        string delimiters = close == index ? "." : text.Substring(index, close - index);
        char lower = char.ToLowerInvariant(letter);
        parts.Add(new MacroPart(string.Empty, lower, letter != lower, digits, reversed, delimiters));
        return close + 1;
    }
}
