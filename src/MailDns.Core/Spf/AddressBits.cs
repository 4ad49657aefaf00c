using System;
using System.Globalization;

namespace MailDns.Spf;

/// <summary>
/// An address as an unsigned number of 128 bits; an IPv4 address is its 32-bit number. Carries no family: the owner knows it.
/// </summary>
internal readonly struct AddressBits : IEquatable<AddressBits>, IComparable<AddressBits>
{
    public AddressBits(ulong high, ulong low)
    {
        High = high;
        Low = low;
    }

    public static AddressBits Zero => default;

    public ulong High { get; }

    public ulong Low { get; }

    public bool IsZero => (High | Low) == 0;

    public static bool operator ==(AddressBits left, AddressBits right) => left.Equals(right);

    public static bool operator !=(AddressBits left, AddressBits right) => !left.Equals(right);

    public static bool operator <(AddressBits left, AddressBits right) => left.CompareTo(right) < 0;

    public static bool operator >(AddressBits left, AddressBits right) => left.CompareTo(right) > 0;

    public static bool operator <=(AddressBits left, AddressBits right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AddressBits left, AddressBits right) => left.CompareTo(right) >= 0;

    public static AddressBits operator &(AddressBits left, AddressBits right) => new(left.High & right.High, left.Low & right.Low);

    public static AddressBits operator |(AddressBits left, AddressBits right) => new(left.High | right.High, left.Low | right.Low);

    public static AddressBits operator ~(AddressBits value) => new(~value.High, ~value.Low);

    /// <summary>The <paramref name="count"/> low bits set; 0 to 128.</summary>
    public static AddressBits LowOnes(int count)
    {
        if (count <= 0)
        {
            return Zero;
        }

        return count <= 64
            ? new AddressBits(0, ulong.MaxValue >> (64 - count))
            : new AddressBits(ulong.MaxValue >> (128 - count), ulong.MaxValue);
    }

    /// <summary>The next number; wraps after the last.</summary>
    public AddressBits Next() => Low == ulong.MaxValue ? new AddressBits(unchecked(High + 1), 0) : new AddressBits(High, Low + 1);

    /// <summary>The number before; wraps below zero.</summary>
    public AddressBits Previous() => Low == 0 ? new AddressBits(unchecked(High - 1), ulong.MaxValue) : new AddressBits(High, Low - 1);

    /// <summary>How many of the low bits are zero; 128 for zero.</summary>
    public int TrailingZeros() => Low != 0 ? TrailingZeros(Low) : High != 0 ? 64 + TrailingZeros(High) : 128;

    public int CompareTo(AddressBits other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public bool Equals(AddressBits other) => High == other.High && Low == other.Low;

    public override bool Equals(object? obj) => obj is AddressBits other && Equals(other);

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
