namespace MailDns.Spf;

/// <summary>
/// macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-" (RFC 7208 section 7.1).
/// </summary>
internal static class MacroSyntax
{
    private const string Letters = "slodiphv";
    private const string ExplanationLetters = "crt";
    private const string DelimiterCharacters = ".-+,/_=";

    /// <summary>
    /// Reads the macro-expand at the percent sign. <paramref name="next"/> is the place after it, or that of the
    /// character at fault.
    /// </summary>
    public static MacroFault ReadExpand(string text, int percent, int end, bool allowExplanationLetters, out int next)
    {
        next = percent + 1;
        if (next < end && text[next] is '%' or '_' or '-')
        {
            next++;
            return MacroFault.None;
        }

        if (next >= end || text[next] != '{') return MacroFault.LonePercent;

        next++;
        MacroFault fault = ReadLetter(text, next, end, allowExplanationLetters);
        if (fault != MacroFault.None) return fault;

        next++;
        return ReadTransformers(text, end, ref next);
    }

    /// <summary>The fault in words.</summary>
    public static string Describe(MacroFault fault, string quoted) => fault switch
    {
        MacroFault.LonePercent => quoted + " is not a macro; a percent sign itself is written %%",
        MacroFault.UnknownLetter => quoted + " has no macro letter (s l o d i p h v)",
        MacroFault.ExplanationOnly => quoted + ": the letters c, r and t are for explanation texts only",
        MacroFault.ZeroDigits => quoted + ": the number of parts to keep is at least 1",
        _ => quoted + " is not closed by \"}\"",
    };

    private static MacroFault ReadLetter(string text, int position, int end, bool allowExplanationLetters)
    {
        if (position >= end || text[position] > 'z') return MacroFault.UnknownLetter;

        char letter = char.ToLowerInvariant(text[position]);
        if (Letters.IndexOf(letter) >= 0) return MacroFault.None;
        if (ExplanationLetters.IndexOf(letter) < 0) return MacroFault.UnknownLetter;

        return allowExplanationLetters ? MacroFault.None : MacroFault.ExplanationOnly;
    }

    private static MacroFault ReadTransformers(string text, int end, ref int next)
    {
        int digits = next;
        bool nonZero = false;
        while (next < end && text[next] >= '0' && text[next] <= '9')
        {
            nonZero |= text[next] != '0';
            next++;
        }

        if (next > digits && !nonZero)
        {
            next--;
            return MacroFault.ZeroDigits;
        }

        if (next < end && text[next] is 'r' or 'R') next++;

        while (next < end && DelimiterCharacters.IndexOf(text[next]) >= 0)
            next++;

        if (next >= end || text[next] != '}') return MacroFault.NotClosed;

        next++;
        return MacroFault.None;
    }
}

/// <summary>What can be wrong with a macro-expand (RFC 7208 section 7.1).</summary>
internal enum MacroFault
{
    None,

    /// <summary>"%" and none of "{", "%", "_", "-".</summary>
    LonePercent,

    /// <summary>No macro letter.</summary>
    UnknownLetter,

    /// <summary>c, r or t outside of an explanation text (section 7.2).</summary>
    ExplanationOnly,

    /// <summary>Zero as the number of parts to keep (section 7.3).</summary>
    ZeroDigits,

    /// <summary>No transformer, delimiter or "}" where one is expected.</summary>
    NotClosed,
}
