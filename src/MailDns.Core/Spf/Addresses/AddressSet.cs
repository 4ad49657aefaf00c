using System.Net;
using System.Net.Sockets;
using System.Numerics;

namespace MailDns.Spf;

/// <summary>
/// An immutable set of IPv4 and IPv6 addresses: for each family sorted ranges that neither overlap nor touch, so that equal
/// sets have equal ranges.
/// </summary>
internal sealed class AddressSet : IEquatable<AddressSet>
{
    private static readonly AddressRange[] s_none = Array.Empty<AddressRange>();
    private readonly AddressRange[] _v4;
    private readonly AddressRange[] _v6;

    private AddressSet(AddressRange[] v4, AddressRange[] v6)
    {
        _v4 = v4;
        _v6 = v6;
    }

    public static AddressSet Empty { get; } = new(s_none, s_none);
    public static AddressSet AllIPv4 { get; } = new(new[] { Everything(isIPv6: false) }, s_none);
    public static AddressSet AllIPv6 { get; } = new(s_none, new[] { Everything(isIPv6: true) });

    /// <summary>Every address of both families.</summary>
    public static AddressSet Universe { get; } = new(AllIPv4._v4, AllIPv6._v6);

    public bool IsEmpty => _v4.Length == 0 && _v6.Length == 0;

    /// <summary>True for every address of both families.</summary>
    public bool IsUniverse => Equals(Universe);

    /// <summary>Number of IPv4 addresses: 0 to 2^32.</summary>
    public long IPv4Count
    {
        get
        {
            long count = 0;
            foreach (AddressRange range in _v4)
                count += (long)(range.Last.Low - range.First.Low) + 1;

            return count;
        }
    }

    /// <summary>Number of IPv6 addresses: 0 to 2^128.</summary>
    public BigInteger IPv6Count
    {
        get
        {
            BigInteger count = BigInteger.Zero;
            foreach (AddressRange range in _v6)
                count += ToBigInteger(range.Last) - ToBigInteger(range.First) + BigInteger.One;

            return count;
        }
    }

    public static AddressSet Of(AddressBlock block) =>
        block.IsIPv6 ? new AddressSet(s_none, new[] { block.Range }) : new AddressSet(new[] { block.Range }, s_none);

    public static AddressSet Of(IEnumerable<AddressBlock> blocks)
    {
        var v4 = new List<AddressRange>();
        var v6 = new List<AddressRange>();
        foreach (AddressBlock block in blocks)
            (block.IsIPv6 ? v6 : v4).Add(block.Range);

        return Create(Normalize(v4), Normalize(v6));
    }

    /// <summary>The union of many sets, in one pass.</summary>
    public static AddressSet UnionOf(IReadOnlyList<AddressSet> sets)
    {
        if (sets.Count < 2) return sets.Count == 0 ? Empty : sets[0];

        var v4 = new List<AddressRange>();
        var v6 = new List<AddressRange>();
        foreach (AddressSet set in sets)
        {
            v4.AddRange(set._v4);
            v6.AddRange(set._v6);
        }

        return Create(Normalize(v4), Normalize(v6));
    }

    public bool Contains(IPAddress address) =>
        Contains(address.AddressFamily == AddressFamily.InterNetworkV6, AddressBlock.ToNumber(address));

    public bool Contains(bool isIPv6, AddressNumber number)
    {
        AddressRange[] ranges = RangesOf(isIPv6);
        int low = 0;
        int high = ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (number < ranges[middle].First)
                high = middle - 1;
            else if (number > ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }

        return false;
    }

    public AddressSet Union(AddressSet other) =>
        IsEmpty || other.IsEmpty ? (IsEmpty ? other : this) : UnionOf(new[] { this, other });

    public AddressSet Intersect(AddressSet other) => Create(Intersect(_v4, other._v4), Intersect(_v6, other._v6));

    public AddressSet Subtract(AddressSet other) =>
        other.IsEmpty ? this : Create(Subtract(_v4, other._v4), Subtract(_v6, other._v6));

    public AddressSet Complement() => Universe.Subtract(this);

    public bool IsSubsetOf(AddressSet other) => Subtract(other).IsEmpty;

    public bool Overlaps(AddressSet other) => !Intersect(other).IsEmpty;

    /// <summary>The fewest CIDR blocks that make up exactly this set, ascending, IPv4 first.</summary>
    public IReadOnlyList<AddressBlock> ToBlocks()
    {
        var blocks = new List<AddressBlock>();
        AddBlocks(blocks, _v4, isIPv6: false);
        AddBlocks(blocks, _v6, isIPv6: true);
        return blocks;
    }

    /// <summary>
    /// The addresses where membership changes: of each range the first, the last, and their neighbours outside. A function
    /// that is constant on every set of a partition is known everywhere when it is known on the boundaries of all of them.
    /// </summary>
    public IEnumerable<IPAddress> Boundaries()
    {
        foreach (bool isIPv6 in new[] { false, true })
        {
            AddressRange all = Everything(isIPv6);
            foreach (AddressRange range in RangesOf(isIPv6))
            {
                if (range.First != all.First) yield return AddressBlock.ToAddress(isIPv6, range.First.Previous());

                yield return AddressBlock.ToAddress(isIPv6, range.First);
                if (range.First != range.Last) yield return AddressBlock.ToAddress(isIPv6, range.Last);
                if (range.Last != all.Last) yield return AddressBlock.ToAddress(isIPv6, range.Last.Next());
            }
        }
    }

    public bool Equals(AddressSet? other) => other is not null && Same(_v4, other._v4) && Same(_v6, other._v6);

    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    public override int GetHashCode()
    {
        int hash = _v4.Length;
        foreach (AddressRange range in _v4)
            hash = unchecked((hash * 31) + range.GetHashCode());

        foreach (AddressRange range in _v6)
            hash = unchecked((hash * 31) + range.GetHashCode());

        return hash;
    }

    /// <summary>The blocks, separated by spaces.</summary>
    public override string ToString() => string.Join(" ", ToBlocks());

    private static AddressSet Create(AddressRange[] v4, AddressRange[] v6) =>
        v4.Length == 0 && v6.Length == 0 ? Empty : new AddressSet(v4, v6);

    private static AddressRange Everything(bool isIPv6) => new(AddressNumber.Zero, AddressNumber.LowOnes(AddressBlock.Width(isIPv6)));

    private static AddressRange[] Normalize(List<AddressRange> ranges)
    {
        if (ranges.Count < 2) return ranges.ToArray();

        ranges.Sort(static (a, b) => a.First.CompareTo(b.First));
        var merged = new List<AddressRange>(ranges.Count);
        AddressRange current = ranges[0];
        for (int i = 1; i < ranges.Count; i++)
        {
            AddressRange next = ranges[i];
            if (next.First <= current.Last || next.First == current.Last.Next())
            {
                current = next.Last > current.Last ? new AddressRange(current.First, next.Last) : current;
            }
            else
            {
                merged.Add(current);
                current = next;
            }
        }

        merged.Add(current);
        return merged.ToArray();
    }

    private static AddressRange[] Intersect(AddressRange[] left, AddressRange[] right)
    {
        if (left.Length == 0 || right.Length == 0) return s_none;

        var common = new List<AddressRange>();
        int i = 0;
        int j = 0;
        while (i < left.Length && j < right.Length)
        {
            AddressNumber first = left[i].First > right[j].First ? left[i].First : right[j].First;
            AddressNumber last = left[i].Last < right[j].Last ? left[i].Last : right[j].Last;
            if (first <= last) common.Add(new AddressRange(first, last));

            if (left[i].Last < right[j].Last)
                i++;
            else
                j++;
        }

        return common.ToArray();
    }

    private static AddressRange[] Subtract(AddressRange[] left, AddressRange[] right)
    {
        if (left.Length == 0 || right.Length == 0) return left;

        var rest = new List<AddressRange>();
        int j = 0;
        foreach (AddressRange range in left)
        {
            while (j < right.Length && right[j].Last < range.First)
                j++;

            SubtractFrom(range, right, j, rest);
        }

        return rest.ToArray();
    }

    private static void SubtractFrom(AddressRange range, AddressRange[] right, int start, List<AddressRange> rest)
    {
        AddressNumber first = range.First;
        for (int j = start; j < right.Length && right[j].First <= range.Last; j++)
        {
            if (first < right[j].First) rest.Add(new AddressRange(first, right[j].First.Previous()));
            if (right[j].Last >= range.Last) return;

            first = right[j].Last.Next();
        }

        rest.Add(new AddressRange(first, range.Last));
    }

    private static void AddBlocks(List<AddressBlock> blocks, AddressRange[] ranges, bool isIPv6)
    {
        int width = AddressBlock.Width(isIPv6);
        foreach (AddressRange range in ranges)
        {
            AddressNumber first = range.First;
            while (true)
            {
                // The largest block that starts here: aligned, and not beyond the range's end.
                int hostBits = Math.Min(width, first.TrailingZeros());
                while ((first | AddressNumber.LowOnes(hostBits)) > range.Last)
                    hostBits--;

                var block = AddressBlock.Create(isIPv6, first, width - hostBits);
                blocks.Add(block);
                if (block.Last == range.Last) break;

                first = block.Last.Next();
            }
        }
    }

    private static bool Same(AddressRange[] left, AddressRange[] right)
    {
        if (left.Length != right.Length) return false;

        for (int i = 0; i < left.Length; i++)
        {
            if (!left[i].Equals(right[i])) return false;
        }

        return true;
    }

    private static BigInteger ToBigInteger(AddressNumber number) => (new BigInteger(number.High) << 64) + new BigInteger(number.Low);

    private AddressRange[] RangesOf(bool isIPv6) => isIPv6 ? _v6 : _v4;
}

/// <summary>All addresses from the first to the last, both included.</summary>
internal readonly struct AddressRange(AddressNumber first, AddressNumber last) : IEquatable<AddressRange>
{
    public AddressNumber First { get; } = first;
    public AddressNumber Last { get; } = last;

    public bool Equals(AddressRange other) => First == other.First && Last == other.Last;

    public override bool Equals(object? obj) => obj is AddressRange other && Equals(other);

    public override int GetHashCode() => unchecked((First.GetHashCode() * 397) ^ Last.GetHashCode());
}
