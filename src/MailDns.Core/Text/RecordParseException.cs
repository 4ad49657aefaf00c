namespace MailDns;

/// <summary>
/// A record's text breaks the grammar of its standard. Says where: the whole text, the offset and length of the
/// offending part, and the rule (RFC and section or ABNF rule name) that it breaks.
/// </summary>
/// <remarks>Creates the error for <paramref name="length"/> characters at <paramref name="offset"/> of <paramref name="text"/>.</remarks>
public sealed class RecordParseException(string message, string text, int offset, int length, string rule) : FormatException(message)
{
    /// <summary>The whole text that was parsed.</summary>
    public string Text { get; } = text;

    /// <summary>Zero-based offset of the offending part in <see cref="Text"/>.</summary>
    public int Offset { get; } = offset;

    /// <summary>Number of characters of the offending part; 0 where something is missing.</summary>
    public int Length { get; } = length;

    /// <summary>The rule that is broken, e.g. "RFC 7208 section 5.6, ip4-network".</summary>
    public string Rule { get; } = rule;

    /// <summary>The offending part itself, escaped for display; empty where something is missing.</summary>
    public string Fragment => MailDns.Text.PrintableText.Escape(SafeSubstring());

    private string SafeSubstring()
    {
        int start = Math.Max(0, Math.Min(Offset, Text.Length));
        return Text.Substring(start, Math.Max(0, Math.Min(Length, Text.Length - start)));
    }
}
