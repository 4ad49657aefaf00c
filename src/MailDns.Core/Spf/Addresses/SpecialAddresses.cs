namespace MailDns.Spf;

/// <summary>Address space that no client on the Internet has (RFC 6890 and the IANA special-purpose registries).</summary>
internal static class SpecialAddresses
{
    private static readonly (SpfDirective Network, string Name)[] s_networks =
    {
        Of("ip4:0.0.0.0/8", "this network (RFC 791)"),
        Of("ip4:10.0.0.0/8", "private (RFC 1918)"),
        Of("ip4:100.64.0.0/10", "shared by a carrier (RFC 6598)"),
        Of("ip4:127.0.0.0/8", "loopback (RFC 1122)"),
        Of("ip4:169.254.0.0/16", "link-local (RFC 3927)"),
        Of("ip4:172.16.0.0/12", "private (RFC 1918)"),
        Of("ip4:192.0.2.0/24", "for documentation (RFC 5737)"),
        Of("ip4:192.168.0.0/16", "private (RFC 1918)"),
        Of("ip4:198.18.0.0/15", "for benchmarks (RFC 2544)"),
        Of("ip4:198.51.100.0/24", "for documentation (RFC 5737)"),
        Of("ip4:203.0.113.0/24", "for documentation (RFC 5737)"),
        Of("ip4:224.0.0.0/3", "multicast or reserved (RFC 1112)"),
        Of("ip6:::/127", "unspecified or loopback (RFC 4291)"),
        Of("ip6:::ffff:0:0/96", "IPv4-mapped, which is compared as IPv4 (RFC 7208 section 5)"),
        Of("ip6:2001:db8::/32", "for documentation (RFC 3849)"),
        Of("ip6:3fff::/20", "for documentation (RFC 9637)"),
        Of("ip6:fc00::/7", "unique local (RFC 4193)"),
        Of("ip6:fe80::/10", "link-local (RFC 4291)"),
        Of("ip6:ff00::/8", "multicast (RFC 4291)"),
    };

    /// <summary>What the whole network is reserved for; null for one that is, at least in part, public.</summary>
    public static string? Describe(SpfDirective directive) => s_networks
        .Where(special => directive.PrefixLength >= special.Network.PrefixLength
            && directive.NetworkBits.IsInNetwork(special.Network.NetworkBits, special.Network.PrefixLength))
        .Select(special => special.Name)
        .FirstOrDefault();

    /// <summary>What an address is reserved for; null for a public one.</summary>
    public static string? Describe(AddressBits address) => s_networks
        .Where(special => address.IsIPv6 == special.Network.NetworkBits.IsIPv6 && address.IsInNetwork(special.Network.NetworkBits, special.Network.PrefixLength))
        .Select(special => special.Name)
        .FirstOrDefault();

    /// <summary>True for an address of examples.</summary>
    public static bool IsDocumentation(AddressBits address) => Describe(address)?.StartsWith("for documentation", StringComparison.Ordinal) == true;

    private static (SpfDirective Network, string Name) Of(string term, string name) => ((SpfDirective)SpfParser.ParseTerm(term), name);
}
