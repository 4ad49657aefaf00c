using System.Net;
using System.Net.Sockets;
using MailDns.Spf;

namespace MailDns.Blocklists;

/// <summary>An address or a domain that lists are asked about.</summary>
internal sealed class BlocklistQuery
{
    private readonly string _labels;

    private BlocklistQuery(BlocklistKind kind, string text, string labels)
    {
        Kind = kind;
        Text = text;
        _labels = labels;
    }

    public BlocklistKind Kind { get; }

    /// <summary>The address or the domain, as people write it.</summary>
    public string Text { get; }

    public static BlocklistQuery Of(DomainName domain) => new(BlocklistKind.Domain, domain.ToString(), domain.Text);

    /// <summary>An IPv4-mapped address is the IPv4 address; a zone index (fe80::1%3) is this machine's affair.</summary>
    public static BlocklistQuery Of(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? OfIPv6(plain) : new(BlocklistKind.IPv4, plain.ToString(), Reversed(plain));
    }

    /// <summary>An IPv6 address also where it maps an IPv4 address: the test points of RFC 5782 section 5 do.</summary>
    public static BlocklistQuery OfIPv6(IPAddress address) => new(BlocklistKind.IPv6, new IPAddress(address.GetAddressBytes()).ToString(), Reversed(address));

    /// <summary>The name to ask a list for (RFC 5782 sections 2.1, 2.4 and 3.1); null where it is longer than DNS allows.</summary>
    public DomainName? NameIn(DomainName zone) => zone.TryPrepend(_labels, out DomainName? name) ? name : null;

    public override string ToString() => Text;

    private static string Reversed(IPAddress address)
    {
        string[] parts = ReverseName.Dotted(AddressBits.From(address, unmap: false)).ToLowerInvariant().Split('.');
        Array.Reverse(parts);
        return string.Join(".", parts);
    }
}
