namespace MailDns.Spf;

/// <summary>macro-expand = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-" (RFC 7208 section 7.1).</summary>
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

/// <summary>What the macros stand for in one evaluation (RFC 7208 section 7.2). Null is a fact that is not known, as in a walk without a message.</summary>
/// <remarks>Facts without a client, or with one.</remarks>
internal sealed class MacroFacts(AddressBits? client = null)
{
    private string? _dottedAddress;

    /// <summary>s: the sender, local-part@domain.</summary>
    public string? Sender { get; init; }

    /// <summary>l: the sender's local-part.</summary>
    public string? LocalPart { get; init; }

    /// <summary>o: the sender's domain.</summary>
    public string? SenderDomain { get; init; }

    /// <summary>i: the client's address, IPv6 as dotted nibbles.</summary>
    public string? DottedAddress => _dottedAddress ??= client is null ? null : ReverseName.Dotted(client.Value);

    /// <summary>c: the client's address as people write it.</summary>
    public string? ReadableAddress => client?.ToString();

    /// <summary>v: "in-addr" or "ip6".</summary>
    public string? AddressFamily => client is null ? null : client.Value.IsIPv6 ? "ip6" : "in-addr";

    /// <summary>h: the HELO or EHLO name.</summary>
    public string? Helo { get; init; }

    /// <summary>r: the name of the receiving host.</summary>
    public string? Receiver { get; init; }

    /// <summary>t: seconds since 1970-01-01 UTC.</summary>
    public long? Timestamp { get; init; }

    /// <summary>p: the validated name of the client; looked up only where a macro asks for it.</summary>
    public string? ValidatedName { get; set; }

    /// <summary>The value of a macro letter; d is the domain whose record is evaluated.</summary>
    public string? Get(char letter, string domain) => letter switch
    {
        's' => Sender,
        'l' => LocalPart,
        'o' => SenderDomain,
        'd' => domain,
        'i' => DottedAddress,
        'p' => ValidatedName,
        'v' => AddressFamily,
        'h' => Helo,
        'c' => ReadableAddress,
        'r' => Receiver,
        _ => Timestamp?.ToString(CultureInfo.InvariantCulture),
    };
}
