namespace MailDns.Dkim;

/// <summary>A selector and the name that it makes (RFC 6376 section 3.1).</summary>
internal static class DkimSelector
{
    /// <summary>The label between selector and domain (RFC 6376 section 3.6.2.1).</summary>
    public const string Label = "_domainkey";

    /// <summary>The name where a new key goes; the selector has to be sub-domain *("." sub-domain).</summary>
    /// <exception cref="ArgumentException">The selector breaks the grammar.</exception>
    /// <exception cref="DomainNameException">The name is too long.</exception>
    public static DomainName NameOf(string selector, DomainName domain)
    {
        if (!DomainName.TryParseRelative(selector, out DomainName? name, out string reason))
            throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (RFC 6376 section 3.1): " + reason, nameof(selector));

        if (name!.Text.Contains('_'))
        {
            string bare = PrintableText.Quote(selector);
            throw new ArgumentException(
                "The selector " + bare + " holds an underscore, which no selector has (RFC 6376 section 3.1). Give the selector alone, without \"._domainkey\".",
                nameof(selector));
        }

        return domain.Prepend(name.Text + "." + Label);
    }

    /// <summary>The name of a selector that is looked up: what DNS can carry is asked for, underscores included.</summary>
    public static bool TryGetName(string selector, DomainName domain, out DomainName? name, out string reason)
    {
        name = null;
        if (!DomainName.TryParseRelative(selector, out DomainName? relative, out reason)) return false;
        if (domain.TryPrepend(relative!.Text + "." + Label, out name)) return true;

        reason = "its name is longer than 253 octets (RFC 1035 section 2.3.4).";
        return false;
    }
}
