namespace MailDns.Dns;

/// <summary>Tells the kind of a TXT record by its version and its place.</summary>
internal static class TxtKinds
{
    private const string DomainKeyLabel = "_domainkey";

    /// <summary>The kind of <paramref name="text"/> at <paramref name="owner"/>. Judges no further than the version: a broken record of a kind is of that kind.</summary>
    public static TxtKind Of(DomainName owner, string text)
    {
        if (HasVersion(text, "v=spf1"))
        {
            return TxtKind.Spf;
        }

        // spf2.0/scopes: the version ends at the slash.
        if (text.StartsWith("spf2.0", StringComparison.OrdinalIgnoreCase))
        {
            return TxtKind.SenderId;
        }

        int domainKey = Array.IndexOf(owner.Labels, DomainKeyLabel);
        if (domainKey > 0 && IsKey(text))
        {
            return TxtKind.Dkim;
        }

        if (domainKey == 0 && !IsTag(text, "v", value: null))
        {
            return TxtKind.DomainKeysPolicy;
        }

        return OfTagList(text);
    }

    private static TxtKind OfTagList(string text)
    {
        if (IsTag(text, "v", "DMARC1"))
        {
            return TxtKind.Dmarc;
        }

        if (IsTag(text, "v", "BIMI1"))
        {
            return TxtKind.Bimi;
        }

        if (IsTag(text, "v", "STSv1"))
        {
            return TxtKind.MtaSts;
        }

        return IsTag(text, "v", "TLSRPTv1") ? TxtKind.TlsRpt : TxtKind.Other;
    }

    // RFC 7208 section 4.5: the version section is "v=spf1" followed by a space or the end.
    private static bool HasVersion(string text, string version) =>
        text.StartsWith(version, StringComparison.OrdinalIgnoreCase) && (text.Length == version.Length || text[version.Length] == ' ');

    // A key needs no version: what stands at a selector is a key when it has p=, or says so.
    private static bool IsKey(string text)
    {
        foreach (string part in text.Split(';'))
        {
            if (IsTag(part, "p", value: null) || IsTag(part, "v", "DKIM1"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the text's first tag-spec is this one, white space around "=" allowed.</summary>
    private static bool IsTag(string text, string tag, string? value)
    {
        int end = text.IndexOf(';');
        string first = end < 0 ? text : text.Substring(0, end);
        int equals = first.IndexOf('=');
        return equals > 0
            && string.Equals(first.Substring(0, equals).Trim(), tag, StringComparison.OrdinalIgnoreCase)
            && (value is null || string.Equals(first.Substring(equals + 1).Trim(), value, StringComparison.OrdinalIgnoreCase));
    }
}
