namespace MailDns.Bimi;

/// <summary>A BIMI selector and the name that it makes (BIMI draft section 5.4).</summary>
internal static class BimiSelector
{
    /// <summary>The selector of mail that names none.</summary>
    public const string Default = "default";

    /// <summary>The label between selector and domain.</summary>
    public const string Label = "_bimi";

    /// <summary>The record's name.</summary>
    /// <exception cref="ArgumentException">The selector is none.</exception>
    /// <exception cref="DomainNameException">The name is too long.</exception>
    public static DomainName NameOf(string selector, DomainName domain) =>
        TryParse(selector, out DomainName? name, out string reason)
            ? domain.Prepend(name!.Text + "." + Label)
            : throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (BIMI draft section 5.4): " + reason, nameof(selector));

    /// <summary>The record's name where a record is looked for; false where it would be longer than DNS allows (RFC 1035 section 2.3.4).</summary>
    /// <exception cref="ArgumentException">The selector is none.</exception>
    public static bool TryGetName(string selector, DomainName domain, out DomainName? name) =>
        domain.TryPrepend(NameOf(selector, DomainName.Root).Text, out name);

    /// <summary>Labels of letters, digits and hyphens.</summary>
    public static bool TryParse(string selector, out DomainName? name, out string reason)
    {
        if (!DomainName.TryParseRelative(selector, out name, out reason)) return false;
        if (name!.Text.IndexOf('_') < 0) return true;

        reason = "it holds an underscore. Give the selector alone, without \"._bimi\".";
        return false;
    }
}
