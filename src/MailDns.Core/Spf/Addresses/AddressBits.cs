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

        return prefixLength <= 64
            ? IPv6(High & Mask(prefixLength), 0)
            : IPv6(High, Low & Mask(prefixLength - 64));
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
