namespace MailDns.Sending;

/// <summary>Host names as a person gives them: relative to the domain ("trk") or in full ("trk.example.com").</summary>
internal static class HostNames
{
    /// <summary>
    /// The host's full name. A name that ends in the domain, or in a dot, is a full one; any other is relative to the domain.
    /// </summary>
    /// <exception cref="DomainNameException">The text is no name, or the result is too long.</exception>
    public static DomainName Resolve(string? text, DomainName domain)
    {
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed == "@") return domain;

        if (!DomainName.TryParseRelative(trimmed, out DomainName? name, out string reason))
            throw new DomainNameException(trimmed, reason);

        bool full = trimmed.EndsWith(".", StringComparison.Ordinal) || name!.IsSameOrBelow(domain);
        return full ? name! : domain.Prepend(name!.Text);
    }

    /// <summary>The host below its domain, for a record that is to be made there.</summary>
    /// <exception cref="DomainNameException">It is the domain itself, outside it, or no name.</exception>
    public static DomainName ResolveBelow(string? text, DomainName domain)
    {
        DomainName host = Resolve(text, domain);
        if (host.Equals(domain))
        {
            throw new DomainNameException(
                host.Text,
                "a CNAME cannot be at the domain itself, where SPF, MX and other records stand; use a host below it (RFC 1034 section 3.6.2).");
        }

        return host.IsBelow(domain)
            ? host
            : throw new DomainNameException(host.Text, "it is not below " + PrintableText.Quote(domain.Text) + "; the mail's From domain has to be above it.");
    }

    /// <summary>The name as a person would write it for this domain.</summary>
    public static string Relative(DomainName host, DomainName domain) => host.IsSameOrBelow(domain) ? host.RelativeTo(domain) : host.Text;
}
