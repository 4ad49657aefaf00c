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
        for (var tag = new TagSpec(text); tag.ReadNext(ref start); tag = new TagSpec(text))
            tags.Add(tag);

        return tags;
    }

    /// <summary>White space of a tag-list: space, tab, and CR LF of a folded value (RFC 6376 section 2.8).</summary>
    public static bool IsWhiteSpace(char c) => c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}
