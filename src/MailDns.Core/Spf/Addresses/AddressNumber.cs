namespace MailDns.Spf;

/// <summary>
/// An address as an unsigned number of 128 bits; an IPv4 address is its 32-bit number. Carries no family: the owner knows it.
/// </summary>
internal readonly struct AddressNumber(ulong high, ulong low) : IEquatable<AddressNumber>, IComparable<AddressNumber>
{
    public static AddressNumber Zero => default;

    public ulong High { get; } = high;

    public ulong Low { get; } = low;

    public bool IsZero => (High | Low) == 0;

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
