namespace MailDns.Text;

/// <summary>
/// Cuts a text at its semicolons into tag-specs with their places. Judges nothing: what white space, order, duplicates
/// or an empty part mean differs between RFC 6376, RFC 9989, RFC 8461, RFC 8460 and BIMI, so each protocol's parser says.
/// </summary>
internal static class TagList
{
    /// <summary>The parts between semicolons. An empty last part (a trailing semicolon) is left out; other empty parts are kept.</summary>
    public static IReadOnlyList<TagSpec> Split(string text)
    {
        // Few records have more.
        var tags = new List<TagSpec>(8);
        int start = 0;
        while (start <= text.Length)
        {
            int end = text.IndexOf(';', start);
            bool last = end < 0;
            if (last) end = text.Length;

            TagSpec tag = ReadPart(text, start, end);
            if (!last || tag.Length > 0) tags.Add(tag);

            start = end + 1;
        }

        return tags;
    }

    /// <summary>White space of a tag-list: space, tab, and CR LF of a folded value (RFC 6376 section 2.8).</summary>
    public static bool IsWhiteSpace(char c) => c == ' ' || c == '\t' || c == '\r' || c == '\n';

    private static TagSpec ReadPart(string text, int start, int end)
    {
        Trim(text, ref start, ref end);
        int equals = start < end ? text.IndexOf('=', start, end - start) : -1;
        if (equals < 0)
            return new TagSpec(text, start, end - start, end - start, end, valueLength: 0, hasEquals: false);

        int nameEnd = equals;
        TrimEnd(text, start, ref nameEnd);
        int valueStart = equals + 1;
        int valueEnd = end;
        Trim(text, ref valueStart, ref valueEnd);
        return new TagSpec(text, start, end - start, nameEnd - start, valueStart, valueEnd - valueStart, hasEquals: true);
    }

    private static void Trim(string text, ref int start, ref int end)
    {
        while (start < end && IsWhiteSpace(text[start]))
            start++;

        TrimEnd(text, start, ref end);
    }

    private static void TrimEnd(string text, int start, ref int end)
    {
        while (end > start && IsWhiteSpace(text[end - 1]))
            end--;
    }
}
