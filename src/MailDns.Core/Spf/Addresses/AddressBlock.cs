using System.Net;
using System.Net.Sockets;

namespace MailDns.Spf;

/// <summary>A CIDR block of one family (RFC 4632, RFC 4291 section 2.3): a prefix and every address below it.</summary>
internal readonly struct AddressBlock : IEquatable<AddressBlock>
{
    private AddressBlock(bool isIPv6, AddressNumber first, int prefixLength)
    {
        IsIPv6 = isIPv6;
        First = first;
        PrefixLength = prefixLength;
    }

    public bool IsIPv6 { get; }

    /// <summary>The network address: host bits are zero.</summary>
    public AddressNumber First { get; }

    public AddressNumber Last => First | AddressNumber.LowOnes(Width(IsIPv6) - PrefixLength);

    /// <summary>0 to 32, or 0 to 128.</summary>
    public int PrefixLength { get; }

    /// <summary>The mechanism's name that writes this block: <c>ip4</c> or <c>ip6</c>.</summary>
    public string Mechanism => IsIPv6 ? "ip6" : "ip4";

    public AddressRange Range => new(First, Last);

    /// <summary>Bits of an address of the family.</summary>
    public static int Width(bool isIPv6) => isIPv6 ? 128 : 32;

    /// <summary>The block of an address with a prefix length; host bits are ignored (RFC 7208 section 5.6 compares the high bits only).</summary>
    public static AddressBlock Create(IPAddress address, int prefixLength)
    {
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        return Create(isIPv6, ToNumber(address), prefixLength);
    }

    /// <summary>The block that an ip4 or ip6 mechanism, or an a or mx with that address, compares with.</summary>
    public static AddressBlock Create(AddressBits address, int prefixLength) =>
        Create(address.IsIPv6, new AddressNumber(address.High, address.Low), prefixLength);

    public static AddressBlock Create(bool isIPv6, AddressNumber address, int prefixLength)
    {
        int width = Width(isIPv6);
        if (prefixLength < 0 || prefixLength > width) throw new ArgumentOutOfRangeException(nameof(prefixLength));

        return new AddressBlock(isIPv6, address & ~AddressNumber.LowOnes(width - prefixLength), prefixLength);
    }

    /// <summary>The number of an address of either family; an IPv4-mapped address stays IPv6.</summary>
    public static AddressNumber ToNumber(IPAddress address)
    {
        ulong high = 0;
        ulong low = 0;
        foreach (byte octet in address.GetAddressBytes())
        {
            high = (high << 8) | (low >> 56);
            low = (low << 8) | octet;
        }

        return new AddressNumber(high, low);
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress ToAddress(bool isIPv6, AddressNumber number)
    {
        var octets = new byte[isIPv6 ? 16 : 4];
        ulong high = number.High;
        ulong low = number.Low;
        for (int i = octets.Length - 1; i >= 0; i--)
        {
            octets[i] = (byte)low;
            low = (low >> 8) | (high << 56);
            high >>= 8;
        }

        return new IPAddress(octets);
    }

    public bool Contains(AddressNumber number) => First <= number && number <= Last;

    public bool Equals(AddressBlock other) => IsIPv6 == other.IsIPv6 && PrefixLength == other.PrefixLength && First == other.First;

    public override bool Equals(object? obj) => obj is AddressBlock other && Equals(other);

    public override int GetHashCode() => unchecked((First.GetHashCode() * 397) ^ PrefixLength);

    /// <summary>"192.0.2.0/24", IPv6 in the form of RFC 5952; a single address has no prefix length.</summary>
    public override string ToString()
    {
        string address = (IsIPv6 ? AddressBits.IPv6(First.High, First.Low) : AddressBits.IPv4((uint)First.Low)).ToString();
        return PrefixLength == Width(IsIPv6) ? address : address + "/" + PrefixLength.ToString(CultureInfo.InvariantCulture);
    }
}
