using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDns.Spf;

/// <summary>
/// An IPv4 or IPv6 address as a number, for matching and counting. IPv4 stands in the low 32 bits.
/// IPv4-mapped IPv6 addresses keep their family here; <see cref="From"/> unmaps on request (RFC 7208 section 5).
/// </summary>
internal readonly struct AddressBits : IEquatable<AddressBits>
{
    public const int IPv4Length = 32;
    public const int IPv6Length = 128;

    private AddressBits(bool isIPv6, ulong high, ulong low)
    {
        IsIPv6 = isIPv6;
        High = high;
        Low = low;
    }

    public bool IsIPv6 { get; }
    public ulong High { get; }
    public ulong Low { get; }

    /// <summary>32 or 128.</summary>
    public int BitLength => IsIPv6 ? IPv6Length : IPv4Length;

    public static AddressBits IPv4(uint value) => new(isIPv6: false, 0, value);

    public static AddressBits IPv6(ulong high, ulong low) => new(isIPv6: true, high, low);

    /// <summary>The address; with <paramref name="unmap"/> ::ffff:192.0.2.1 becomes 192.0.2.1.</summary>
    public static AddressBits From(IPAddress address, bool unmap)
    {
        byte[] octets = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork) return IPv4((uint)Read(octets, 0, 4));

        ulong high = Read(octets, 0, 8);
        ulong low = Read(octets, 8, 8);
        return unmap && high == 0 && low >> 32 == 0xFFFF ? IPv4((uint)low) : IPv6(high, low);
    }

    /// <summary>The address with all bits after the prefix cleared.</summary>
    public AddressBits Network(int prefixLength)
    {
        if (!IsIPv6)
            return IPv4((uint)Low & (uint)(prefixLength == 0 ? 0 : uint.MaxValue << (IPv4Length - prefixLength)));

        return prefixLength <= 64 ? IPv6(High & Mask(prefixLength), 0) : IPv6(High, Low & Mask(prefixLength - 64));
    }

    /// <summary>True where both are of one family and agree in the first bits.</summary>
    public bool IsInNetwork(AddressBits network, int prefixLength) =>
        IsIPv6 == network.IsIPv6 && Network(prefixLength).Equals(network.Network(prefixLength));

    public bool Equals(AddressBits other) => IsIPv6 == other.IsIPv6 && High == other.High && Low == other.Low;

    public override bool Equals(object? obj) => obj is AddressBits other && Equals(other);

    public override int GetHashCode() => unchecked((High.GetHashCode() * 397) ^ Low.GetHashCode() ^ (IsIPv6 ? 1 : 0));

    public IPAddress ToIPAddress()
    {
        var octets = new byte[IsIPv6 ? 16 : 4];
        for (int i = 0; i < octets.Length; i++)
            octets[octets.Length - 1 - i] = (byte)((i < 8 ? Low : High) >> (8 * (i & 7)));

        return new IPAddress(octets);
    }

    /// <summary>Dotted decimal, or the form of RFC 5952 with hexadecimal groups only.</summary>
    public override string ToString() => IsIPv6 ? FormatIPv6() : FormatIPv4();

    /// <summary>Group 0-7 of an IPv6 address.</summary>
    internal int Group(int index) => (int)(((index < 4 ? High : Low) >> (48 - (16 * (index & 3)))) & 0xFFFF);

    private static ulong Read(byte[] octets, int offset, int count)
    {
        ulong value = 0;
        for (int i = 0; i < count; i++)
            value = (value << 8) | octets[offset + i];

        return value;
    }

    private static ulong Mask(int length) => length == 0 ? 0 : ulong.MaxValue << (64 - length);

    private string FormatIPv4()
    {
        var text = new StringBuilder(15);
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            text.Append(((Low >> shift) & 0xFF).ToString(CultureInfo.InvariantCulture));
            if (shift > 0) text.Append('.');
        }

        return text.ToString();
    }

    private string FormatIPv6()
    {
        LongestZeroRun(out int runStart, out int runLength);
        var text = new StringBuilder(39);
        for (int i = 0; i < 8; i++)
        {
            if (i == runStart)
            {
                text.Append("::");
                i += runLength - 1;
                continue;
            }

            if (i > 0 && i != runStart + runLength) text.Append(':');

            text.Append(Group(i).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    // RFC 5952 section 4.2: the longest run of at least two zero groups, the first of equals.
    private void LongestZeroRun(out int start, out int length)
    {
        start = -1;
        length = 0;
        for (int i = 0; i < 8; i++)
        {
            int end = i;
            while (end < 8 && Group(end) == 0)
                end++;

            if (end - i >= 2 && end - i > length)
            {
                start = i;
                length = end - i;
            }

            i = Math.Max(i, end - 1);
        }

        if (start < 0) start = -9;
    }
}

/// <summary>An address as an unsigned number of 128 bits; an IPv4 address is its 32-bit number. Carries no family: the owner knows it.</summary>
internal readonly struct AddressNumber(ulong high, ulong low) : IEquatable<AddressNumber>, IComparable<AddressNumber>
{
    public static AddressNumber Zero => default;
    public ulong High { get; } = high;
    public ulong Low { get; } = low;
    public static bool operator ==(AddressNumber left, AddressNumber right) => left.Equals(right);

    public static bool operator !=(AddressNumber left, AddressNumber right) => !left.Equals(right);

    public static bool operator <(AddressNumber left, AddressNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(AddressNumber left, AddressNumber right) => left.CompareTo(right) > 0;

    public static bool operator <=(AddressNumber left, AddressNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AddressNumber left, AddressNumber right) => left.CompareTo(right) >= 0;

    public static AddressNumber operator &(AddressNumber left, AddressNumber right) => new(left.High & right.High, left.Low & right.Low);

    public static AddressNumber operator |(AddressNumber left, AddressNumber right) => new(left.High | right.High, left.Low | right.Low);

    public static AddressNumber operator ~(AddressNumber value) => new(~value.High, ~value.Low);

    /// <summary>The <paramref name="count"/> low bits set; 0 to 128.</summary>
    public static AddressNumber LowOnes(int count)
    {
        if (count <= 0) return Zero;

        return count <= 64
            ? new AddressNumber(0, ulong.MaxValue >> (64 - count))
            : new AddressNumber(ulong.MaxValue >> (128 - count), ulong.MaxValue);
    }

    /// <summary>The next number; wraps after the last.</summary>
    public AddressNumber Next() => Low == ulong.MaxValue ? new AddressNumber(unchecked(High + 1), 0) : new AddressNumber(High, Low + 1);

    /// <summary>The number before; wraps below zero.</summary>
    public AddressNumber Previous() => Low == 0 ? new AddressNumber(unchecked(High - 1), ulong.MaxValue) : new AddressNumber(High, Low - 1);

    /// <summary>How many of the low bits are zero; 128 for zero.</summary>
    public int TrailingZeros() => Low != 0 ? TrailingZeros(Low) : High != 0 ? 64 + TrailingZeros(High) : 128;

    public int CompareTo(AddressNumber other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(AddressNumber other) => High == other.High && Low == other.Low;

    public override bool Equals(object? obj) => obj is AddressNumber other && Equals(other);

    public override int GetHashCode() => unchecked((High.GetHashCode() * 397) ^ Low.GetHashCode());

    public override string ToString() =>
        High.ToString("x16", CultureInfo.InvariantCulture) + Low.ToString("x16", CultureInfo.InvariantCulture);

    private static int TrailingZeros(ulong value)
    {
        int count = 0;
        while ((value & 1) == 0)
        {
            value >>= 1;
            count++;
        }

        return count;
    }
}

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
