namespace MailDns.Mx;

/// <summary>Makes MX records (RFC 5321 section 5.1) and the null MX (RFC 7505).</summary>
internal static class MxRecordBuilder
{
    /// <summary>Preference of the null MX (RFC 7505 section 3).</summary>
    public const ushort NullPreference = 0;

    /// <summary>The null MX: the domain takes no mail.</summary>
    public static MxRecord CreateNull(DomainName domain, DomainName zone, TimeSpan timeToLive) =>
        new(domain, zone, NullPreference, DomainName.Root, timeToLive, RecordPurpose.Mx);

    /// <summary>An exchanger of the domain.</summary>
    /// <exception cref="DomainNameException">The exchanger is no host name with a dot in it.</exception>
    public static MxRecord Create(DomainName domain, DomainName zone, ushort preference, string exchange, TimeSpan timeToLive) =>
        new(domain, zone, preference, ParseExchange(exchange), timeToLive, RecordPurpose.Mx);

    private static DomainName ParseExchange(string text)
    {
        if (text.Trim() == ".")
            throw new DomainNameException(text, "\".\" makes a null MX, which is the only MX record of a domain (RFC 7505 section 3): use New-NullMxRecord.");

        if (System.Net.IPAddress.TryParse(text.Trim().Trim('[', ']'), out _) || DomainName.Parse(text) is not { } host || MxHostName.IsAddress(host))
            throw new DomainNameException(text, "it is an address; an MX names a host (RFC 1035 section 3.3.9).");

        // RFC 5321 section 2.3.5: hosts are letters, digits and hyphens.
        return host.Text.IndexOf('_') >= 0
            ? throw new DomainNameException(text, "a host has no underscore in its name (RFC 5321 section 2.3.5).")
            : host;
    }
}
