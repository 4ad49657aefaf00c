using System.Net;
using System.Net.Sockets;

namespace MailDns.Https;

/// <summary>Tells addresses of the public Internet from all others (IANA special-purpose registries, RFC 6890).</summary>
internal static class PublicAddress
{
    private static readonly (uint Network, int Length)[] s_special4 =
    {
        (0x00000000, 8),  // this network, RFC 1122
        (0x0A000000, 8),  // private, RFC 1918
        (0x64400000, 10), // carrier-grade NAT, RFC 6598
        (0x7F000000, 8),  // loopback, RFC 1122
        (0xA9FE0000, 16), // link-local, RFC 3927
        (0xAC100000, 12), // private, RFC 1918
        (0xC0000000, 24), // protocol assignments, RFC 6890
        (0xC0000200, 24), // documentation, RFC 5737
        (0xC0586300, 24), // 6to4 relays, RFC 7526
        (0xC0A80000, 16), // private, RFC 1918
        (0xC6120000, 15), // benchmarks, RFC 2544
        (0xC6336400, 24), // documentation, RFC 5737
        (0xCB007100, 24), // documentation, RFC 5737
        (0xE0000000, 4),  // multicast, RFC 5771
        (0xF0000000, 4),  // reserved and broadcast, RFC 1112
    };

    /// <summary>True for an address that anyone on the Internet could reach.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return IsPublic4(address.GetAddressBytes(), 0);

        return address.AddressFamily == AddressFamily.InterNetworkV6 && IsPublic6(address.GetAddressBytes());
    }

    /// <summary>True for an address of examples (RFC 5737, RFC 3849, RFC 9637).</summary>
    public static bool IsDocumentation(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? (bytes[0] == 192 && bytes[1] == 0 && bytes[2] == 2) || (bytes[0] == 198 && bytes[1] == 51 && bytes[2] == 100) || (bytes[0] == 203 && bytes[1] == 0 && bytes[2] == 113)
            : (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8) || (bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] < 0x10);
    }

    private static bool IsPublic4(byte[] bytes, int start)
    {
        uint value = ((uint)bytes[start] << 24) | ((uint)bytes[start + 1] << 16) | ((uint)bytes[start + 2] << 8) | bytes[start + 3];
        return !s_special4.Any(block => (value ^ block.Network) >> (32 - block.Length) == 0);
    }

    private static bool IsPublic6(byte[] bytes)
    {
        // 64:ff9b::/96 leads to the IPv4 address within it (RFC 6052). IPv4-mapped addresses (::ffff:0:0/96) never are on a wire.
        if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xFF && bytes[3] == 0x9B && bytes.Skip(4).Take(8).All(b => b == 0))
            return IsPublic4(bytes, 12);

        // Only 2000::/3 is global unicast (RFC 4291); within it lie special blocks.
        bool global = (bytes[0] & 0xE0) == 0x20;
        bool protocol = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;                                    // 2001::/23, RFC 2928
        bool documentation = (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0D && bytes[3] == 0xB8)
            || (bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] < 0x10);                                           // RFC 3849, RFC 9637
        bool sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;                                                      // RFC 7526
        return global && !protocol && !documentation && !(sixToFour && !IsPublic4(bytes, 2));
    }
}
