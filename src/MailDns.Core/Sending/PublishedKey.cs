namespace MailDns.Sending;

/// <summary>The little of a DKIM key record that a provider's records are compared by: the key itself (RFC 6376 section 3.6.1).</summary>
internal static class PublishedKey
{
    /// <summary>True for a text with a p= tag.</summary>
    public static bool IsKey(string text) => TagList.Split(text).Any(IsKeyTag);

    /// <summary>The key without white space; empty for a revoked one.</summary>
    public static string Key(string text)
    {
        TagSpec? tag = TagList.Split(text).FirstOrDefault(IsKeyTag);
        return tag is null ? string.Empty : new string(tag.Value.Where(c => !TagList.IsWhiteSpace(c)).ToArray());
    }

    private static bool IsKeyTag(TagSpec tag) => tag.HasEquals && string.Equals(tag.Name, "p", StringComparison.Ordinal);
}
