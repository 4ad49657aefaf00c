namespace MailDns.Dns;

/// <summary>
/// A domain name as DNS compares it: lower-case A-labels, no trailing dot (RFC 1035 section 2.3, RFC 5890).
/// The empty text is the root.
/// </summary>
internal sealed class DomainName : IEquatable<DomainName>, IComparable<DomainName>
{
    /// <summary>Longest name in text form without the trailing dot: 255 octets on the wire (RFC 1035 section 2.3.4).</summary>
    public const int MaxLength = 253;

    /// <summary>Longest label (RFC 1035 section 2.3.4).</summary>
    public const int MaxLabelLength = 63;

    /// <summary>
    /// Stands in <see cref="Text"/> for a dot that is part of a label, as in the mailbox first\.last.example.com of an SOA record
    /// (RFC 1035 section 8): a character that is no octet, and that no IDNA name can have.
    /// </summary>
    public const char DotInLabel = '\uF02E';

    private static readonly char[] s_addressMarks = { '.', ':' };

    private static readonly IdnMapping s_idn = new() { UseStd3AsciiRules = false, AllowUnassigned = false };

    private string[]? _labels;

    private DomainName(string text) => Text = text;

    /// <summary>The DNS root.</summary>
    public static DomainName Root { get; } = new(string.Empty);

    /// <summary>The name: lower case, A-labels, no trailing dot; empty for the root.</summary>
    public string Text { get; }

    /// <summary>True for the DNS root.</summary>
    public bool IsRoot => Text.Length == 0;

    /// <summary>The labels from left to right.</summary>
    public string[] Labels => _labels ??= IsRoot ? Array.Empty<string>() : Text.Split('.');

    /// <summary>Number of labels; 0 for the root.</summary>
    public int LabelCount
    {
        get
        {
            if (_labels is not null || IsRoot) return Labels.Length;

            int count = 1;
            for (int dot = Text.IndexOf('.'); dot >= 0; dot = Text.IndexOf('.', dot + 1))
                count++;

            return count;
        }
    }

    /// <summary>The name without its leftmost label; the root's parent is the root.</summary>
    public DomainName Parent
    {
        get
        {
            int dot = Text.IndexOf('.');
            return dot < 0 ? Root : new DomainName(Text.Substring(dot + 1));
        }
    }

    public static bool operator ==(DomainName? left, DomainName? right) => Equals(left, right);

    public static bool operator !=(DomainName? left, DomainName? right) => !Equals(left, right);

    /// <summary>
    /// A domain as a person types it: Unicode or A-labels, with or without a trailing dot, at least two labels of
    /// letters, digits, hyphens and (for attribute leaves, RFC 8552) underscores.
    /// </summary>
    /// <exception cref="DomainNameException">The text is no such name.</exception>
    public static DomainName Parse(string? text) =>
        TryParse(text, out DomainName? name, out string reason) ? name! : throw new DomainNameException(text ?? string.Empty, reason);

    /// <summary>True for local-part@domain without anything around it (RFC 5321 section 4.1.2; no quoted local part).</summary>
    internal static bool IsMailbox(string text) =>
        text.Split('@') is [{ Length: > 0 } local, string domain] && !local.Any(c => c is <= ' ' or > '~' || "/:;,<>\"'\\()[]".IndexOf(c) >= 0) && TryParse(domain, out _, out _);

    /// <summary><see cref="Parse"/> without the exception; <paramref name="reason"/> says what is wrong.</summary>
    public static bool TryParse(string? text, out DomainName? name, out string reason) =>
        TryParse(text, minLabels: 2, out name, out reason);

    /// <summary>A name below a zone as a person types it, where one label is enough (a host, a selector).</summary>
    public static bool TryParseRelative(string? text, out DomainName? name, out string reason) =>
        TryParse(text, minLabels: 1, out name, out reason);

    /// <summary>
    /// Any name that DNS can carry, as it comes from a record or a macro: only lengths are checked (RFC 2181 section 11).
    /// A trailing dot is dropped; "." and "" are the root. Characters are octets; there are no escapes.
    /// </summary>
    public static bool TryParseDns(string text, out DomainName? name)
    {
        name = null;
        string bare = text.Length > 0 && text[text.Length - 1] == '.' ? text.Substring(0, text.Length - 1) : text;
        if (bare.Length == 0)
        {
            name = Root;
            return text.Length <= 1;
        }

        if (bare.Length > MaxLength || !LabelLengthsFit(bare)) return false;

        name = new DomainName(LowerAscii(bare));
        return true;
    }

    /// <summary>The name of characters that are known to fit: in lower case, <see cref="DotInLabel"/> for dots in labels, no trailing dot.</summary>
    public static DomainName FromOctets(char[] text, int length) => length == 0 ? Root : new DomainName(new string(text, 0, length));

    /// <summary>A name known to be right, such as a constant of a standard.</summary>
    public static DomainName FromDns(string text) =>
        TryParseDns(text, out DomainName? name) ? name! : throw new DomainNameException(text, "a label is empty or over 63 octets, or the name over 253.");

    /// <summary>This name with labels put before it, e.g. "_dmarc".</summary>
    /// <exception cref="DomainNameException">The result is too long.</exception>
    public DomainName Prepend(string labels) => FromDns(IsRoot ? labels : labels + "." + Text);

    /// <summary><see cref="Prepend"/> where the result may be too long.</summary>
    public bool TryPrepend(string labels, out DomainName? name) => TryParseDns(IsRoot ? labels : labels + "." + Text, out name);

    /// <summary>True for the same name and for any name below <paramref name="ancestor"/>.</summary>
    public bool IsSameOrBelow(DomainName ancestor)
    {
        if (ancestor.IsRoot || Equals(ancestor)) return true;

        int border = Text.Length - ancestor.Text.Length - 1;
        return border > 0 && Text[border] == '.' && Text.EndsWith(ancestor.Text, StringComparison.Ordinal);
    }

    /// <summary>True for names below <paramref name="ancestor"/>, not for the name itself.</summary>
    public bool IsBelow(DomainName ancestor) => !Equals(ancestor) && IsSameOrBelow(ancestor);

    /// <summary>The name relative to a zone: "@" at its apex (RFC 1035 section 5.1).</summary>
    public string RelativeTo(DomainName zone)
    {
        if (Equals(zone)) return "@";

        return zone.IsRoot ? Text : Text.Substring(0, Text.Length - zone.Text.Length - 1);
    }

    /// <summary>The rightmost <paramref name="count"/> labels (RFC 9989 section 4.10 counts so).</summary>
    public DomainName LastLabels(int count)
    {
        int start = Text.Length;
        for (int i = 0; i < count && start >= 0; i++)
            start = start == 0 ? -1 : Text.LastIndexOf('.', start - 1);

        return start < 0 ? this : start == Text.Length ? Root : new DomainName(Text.Substring(start + 1));
    }

    public bool Equals(DomainName? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as DomainName);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <summary>True where the leftmost label is that one.</summary>
    public bool BeginsWith(string label) => Text.StartsWith(label, StringComparison.Ordinal) && (Text.Length == label.Length || Text[label.Length] == '.');

    public int CompareTo(DomainName? other) => string.CompareOrdinal(Text, other?.Text);

    /// <summary>The name, escaped for display; "." for the root.</summary>
    public override string ToString() => IsRoot ? "." : Text.IndexOf(DotInLabel) < 0 ? PrintableText.Escape(Text) : ToPresentation().TrimEnd('.');

    /// <summary>The name as a zone file has it, with its last dot; what has a meaning there is escaped (RFC 1035 section 5.1).</summary>
    public string ToPresentation()
    {
        if (IsRoot) return ".";

        var text = new System.Text.StringBuilder(Text.Length + 1);
        foreach (char c in Text)
        {
            _ = c switch
            {
                DotInLabel => text.Append("\\."),
                '"' or '(' or ')' or ';' or '@' or '$' or '\\' => text.Append('\\').Append(c),
                > ' ' and <= '~' => text.Append(c),
                _ => text.Append('\\').Append(((int)c).ToString("D3", CultureInfo.InvariantCulture)),
            };
        }

        return text.Append('.').ToString();
    }

    private static bool TryParse(string? text, int minLabels, out DomainName? name, out string reason)
    {
        name = null;
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length == 0)
        {
            reason = "it is empty.";
            return false;
        }

        // A U-label name of 253 octets never needs more characters than this; nothing longer is handed to the IDNA tables.
        if (trimmed.Length > 4 * MaxLength)
        {
            reason = "it is longer than 253 octets (RFC 1035 section 2.3.4).";
            return false;
        }

        if (minLabels > 1 && trimmed.IndexOfAny(s_addressMarks) >= 0 && System.Net.IPAddress.TryParse(trimmed, out _))
        {
            reason = "it is an IP address.";
            return false;
        }

        if (!TryToAscii(trimmed, out string ascii, out reason)) return false;
        if (ascii.EndsWith(".", StringComparison.Ordinal)) ascii = ascii.Substring(0, ascii.Length - 1);

        reason = Fault(ascii, minLabels);
        if (reason.Length > 0) return false;

        name = new DomainName(ascii);
        return true;
    }

    /// <summary>A name in Unicode, or with A-labels, as A-labels (RFC 5891 section 4); false where it is not valid IDNA.</summary>
    public static bool TryToAscii(string text, out string ascii, out string reason)
    {
        ascii = LowerAscii(text);
        reason = string.Empty;
        if (IsAscii(ascii) && ascii.IndexOf("xn--", StringComparison.Ordinal) < 0) return true;

        if (!Array.TrueForAll(text.ToCharArray(), FitsIdna))
        {
            reason = "it is not valid IDNA (RFC 5891).";
            return false;
        }

        try
        {
            bool dot = ascii.EndsWith(".", StringComparison.Ordinal);
            string bare = dot ? ascii.Substring(0, ascii.Length - 1) : ascii;
            ascii = LowerAscii(s_idn.GetAscii(bare));

            // An A-label that does not decode is not IDNA (RFC 5890 section 2.3.2.1).
            _ = s_idn.GetUnicode(ascii);
            return true;
        }
        catch (ArgumentException)
        {
            reason = "it is not valid IDNA (RFC 5891).";
            return false;
        }
    }

    // Quotes and dashes of a word processor are no letters of a name (RFC 5892 section 2); the tables of .NET encode them all the same.
    // Full stops of other scripts part labels, and what has no width is dropped.
    private static bool FitsIdna(char c) => c <= 0x7F || c is '\u3002' or '\uFF0E' or '\uFF61' or '\u00B7' or '\u0375' or '\u05F3' or '\u05F4' or '\u30FB'
        || char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static string Fault(string ascii, int minLabels)
    {
        if (ascii.Length > MaxLength) return "it is longer than 253 octets (RFC 1035 section 2.3.4).";

        int labels = 0;
        for (int start = 0; start <= ascii.Length;)
        {
            int dot = ascii.IndexOf('.', start);
            int end = dot < 0 ? ascii.Length : dot;
            if (!IsLabel(ascii, start, end)) return LabelFault(ascii.Substring(start, end - start));

            labels++;
            start = end + 1;
        }

        return labels < minLabels
            ? "it has a single label; a sending domain has at least two (RFC 5321 section 2.3.5)."
            : string.Empty;
    }

    private static bool IsLabel(string text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (!IsLabelCharacter(text[i])) return false;
        }

        return end > start && end - start <= MaxLabelLength && text[start] != '-' && text[end - 1] != '-';
    }

    private static bool IsLabelCharacter(char c) => (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';

    private static string LabelFault(string label)
    {
        if (label.Length == 0) return "it has an empty label (two dots in a row, or a dot in front).";

        if (label.Length > MaxLabelLength)
            return "the label " + PrintableText.Quote(label) + " is longer than 63 octets (RFC 1035 section 2.3.4).";

        foreach (char c in label)
        {
            if (!IsLabelCharacter(c))
                return "the character " + PrintableText.Quote(c.ToString()) + " is not allowed (letters, digits, hyphen; underscore for attribute names, RFC 8552).";
        }

        return "the label " + PrintableText.Quote(label) + " begins or ends with a hyphen (RFC 1123 section 2.1).";
    }

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static bool LabelLengthsFit(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '.')
            {
                int length = i - start;
                if (length == 0 || length > MaxLabelLength) return false;

                start = i + 1;
            }
        }

        return true;
    }

    private static bool IsAscii(string text)
    {
        foreach (char c in text)
        {
            if (c > 0x7F) return false;
        }

        return true;
    }

    // DNS folds ASCII only (RFC 4343).
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static string LowerAscii(string text)
    {
        foreach (char c in text)
        {
            if (c >= 'A' && c <= 'Z') return Lower(text);
        }

        return text;
    }

    private static string Lower(string text)
    {
        char[] chars = text.ToCharArray();
        for (int i = 0; i < chars.Length; i++)
        {
            if (chars[i] >= 'A' && chars[i] <= 'Z') chars[i] = (char)(chars[i] | 0x20);
        }

        return new string(chars);
    }
}

/// <summary>
/// A host name, or <c>*.name</c> for any one label in front of it: the mx of an MTA-STS policy (RFC 8461 section 4.1) and the
/// dNSName of a certificate (RFC 6125 section 6.4.3).
/// </summary>
internal static class NamePattern
{
    /// <summary>True where the pattern names the host.</summary>
    public static bool Matches(string pattern, DomainName host)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
            return string.Equals(Normalize(pattern), host.Text, StringComparison.Ordinal);

        return host.LabelCount > 1 && string.Equals(Normalize(pattern.Substring(2)), host.Parent.Text, StringComparison.Ordinal);
    }

    private static string Normalize(string name) => DomainName.TryParse(name, out DomainName? parsed, out _) ? parsed!.Text : name.ToLowerInvariant();
}
