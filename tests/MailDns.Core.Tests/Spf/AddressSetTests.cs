using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Numerics;
using CsCheck;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class AddressSetTests
{
    [Theory]
    [InlineData("192.0.2.77", 24, "192.0.2.0/24")]
    [InlineData("192.0.2.77", 32, "192.0.2.77")]
    [InlineData("192.0.2.77", 0, "0.0.0.0/0")]
    [InlineData("255.255.255.255", 1, "128.0.0.0/1")]
    [InlineData("2001:db8::1", 128, "2001:db8::1")]
    [InlineData("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff:4:5:6", 65, "2001:db8:1:2:8000::/65")]
    [InlineData("ffff::", 0, "::/0")]
    public void A_block_has_no_host_bits(string address, int prefix, string expected) =>
        Assert.Equal(expected, AddressBlock.Create(IPAddress.Parse(address), prefix).ToString());

    [Theory]
    [InlineData("192.0.2.1", 33)]
    [InlineData("192.0.2.1", -1)]
    [InlineData("2001:db8::1", 129)]
    public void A_prefix_out_of_range_is_refused(string address, int prefix) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AddressBlock.Create(IPAddress.Parse(address), prefix));

    [Theory]
    [InlineData("192.0.2.0/25 192.0.2.128/25", "192.0.2.0/24")]
    [InlineData("192.0.2.128/25 192.0.2.0/25", "192.0.2.0/24")]
    [InlineData("192.0.2.0/24 192.0.2.7/32", "192.0.2.0/24")]
    [InlineData("192.0.2.1/32 192.0.2.2/32", "192.0.2.1 192.0.2.2")]
    [InlineData("192.0.2.1/32 192.0.2.2/32 192.0.2.3/32", "192.0.2.1 192.0.2.2/31")]
    [InlineData("0.0.0.0/1 128.0.0.0/1", "0.0.0.0/0")]
    [InlineData("::/1 8000::/1", "::/0")]
    [InlineData("2001:db8::/33 2001:db8:8000::/33 192.0.2.1/32", "192.0.2.1 2001:db8::/32")]
    [InlineData("255.255.255.255/32 255.255.255.254/32", "255.255.255.254/31")]
    public void Blocks_are_the_fewest(string blocks, string expected) => Assert.Equal(expected, Set(blocks).ToString());

    [Fact]
    public void Counts_are_exact()
    {
        Assert.Equal(1L << 32, AddressSet.Universe.IPv4Count);
        Assert.Equal(BigInteger.One << 128, AddressSet.Universe.IPv6Count);
        Assert.Equal(257, Set("192.0.2.0/24 198.51.100.1/32").IPv4Count);
        Assert.Equal((BigInteger.One << 64) + 1, Set("2001:db8::/64 2001:db9::/128").IPv6Count);
        Assert.Equal(0, AddressSet.Empty.IPv4Count);
        Assert.Equal(BigInteger.Zero, AddressSet.Empty.IPv6Count);
    }

    [Fact]
    public void The_boundaries_stay_within_the_address_space()
    {
        Assert.Equal(new[] { "0.0.0.0", "255.255.255.255" }, AddressSet.AllIPv4.Boundaries().Select(a => a.ToString()));
        Assert.Equal(new[] { "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" }, AddressSet.AllIPv6.Boundaries().Select(a => a.ToString()));
        Assert.Equal(
            new[] { "192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0" },
            Set("192.0.2.0/24").Boundaries().Select(a => a.ToString()));
        Assert.Equal(new[] { "192.0.2.0", "192.0.2.1", "192.0.2.2" }, Set("192.0.2.1/32").Boundaries().Select(a => a.ToString()));
    }

    [Fact]
    public void A_family_does_not_leak_into_the_other()
    {
        Assert.False(AddressSet.AllIPv4.Contains(IPAddress.Parse("::1")));
        Assert.False(AddressSet.AllIPv6.Contains(IPAddress.Parse("0.0.0.1")));
        Assert.True(AddressSet.AllIPv4.Intersect(AddressSet.AllIPv6).IsEmpty);
        Assert.Equal(AddressSet.AllIPv6, AddressSet.AllIPv4.Complement());
        Assert.True(AddressSet.AllIPv4.Union(AddressSet.AllIPv6).IsUniverse);
    }

    /// <summary>Against a set of numbers: 256 addresses at the low end, the high end, or across the border of the 64-bit halves.</summary>
    [Fact]
    public void Operations_agree_with_a_naive_set() =>
        Gen.Select(GenBlocks, GenBlocks, Gen.Int[0, 3]).Sample(
            (left, right, window) =>
            {
                HashSet<int> a = Naive(left);
                HashSet<int> b = Naive(right);
                AddressSet x = Windowed(left, window);
                AddressSet y = Windowed(right, window);
                Check(x.Union(y), a.Union(b), window);
                Check(x.Intersect(y), a.Intersect(b), window);
                Check(x.Subtract(y), a.Except(b), window);
                Assert.Equal(a.SetEquals(b), x.Equals(y));
                Assert.Equal(a.IsSubsetOf(b), x.IsSubsetOf(y));
                Assert.Equal(a.Overlaps(b), x.Overlaps(y));
                Assert.Equal(x, x.Complement().Complement());
                Assert.Equal(x, AddressSet.Of(x.ToBlocks()));
            },
            iter: 5000);

    [Fact]
    public void The_boundaries_hold_every_change_of_membership() =>
        Gen.Select(GenBlocks, Gen.Int[0, 3]).Sample(
            (blocks, window) =>
            {
                AddressSet set = Windowed(blocks, window);
                HashSet<IPAddress> boundaries = set.Boundaries().ToHashSet();
                for (int i = 0; i < 255; i++)
                {
                    if (set.Contains(Address(i, window)) != set.Contains(Address(i + 1, window)))
                    {
                        Assert.Contains(Address(i, window), boundaries);
                        Assert.Contains(Address(i + 1, window), boundaries);
                    }
                }
            },
            iter: 1000);

    // A block of the 8-bit window: first address and host bits.
    private static readonly Gen<(int First, int HostBits)[]> GenBlocks =
        Gen.Select(Gen.Int[0, 255], Gen.Int[0, 6]).Array[0, 6];

    private static void Check(AddressSet actual, IEnumerable<int> expected, int window)
    {
        HashSet<int> members = expected.ToHashSet();
        for (int i = 0; i < 256; i++)
            Assert.Equal(members.Contains(i), actual.Contains(Address(i, window)));

        BigInteger count = window == 0 || window == 1 ? actual.IPv4Count : actual.IPv6Count;
        Assert.Equal(members.Count, count);
        // The last window straddles a border of 2^64: no block crosses it.
        int fewest = window == 3 ? FewestBlocks(members, 0, 128) + FewestBlocks(members, 128, 128) : FewestBlocks(members, 0, 256);
        Assert.Equal(fewest, actual.ToBlocks().Count);
    }

    private static int FewestBlocks(HashSet<int> members, int first, int size)
    {
        int inside = Enumerable.Range(first, size).Count(members.Contains);
        return inside == 0 ? 0 : inside == size ? 1 : FewestBlocks(members, first, size / 2) + FewestBlocks(members, first + (size / 2), size / 2);
    }

    private static HashSet<int> Naive((int First, int HostBits)[] blocks) =>
        blocks.SelectMany(b => Enumerable.Range(b.First >> b.HostBits << b.HostBits, 1 << b.HostBits)).ToHashSet();

    private static AddressSet Windowed((int First, int HostBits)[] blocks, int window) =>
        AddressSet.Of(blocks.Select(b => AddressBlock.Create(Address(b.First, window), (window < 2 ? 32 : 128) - b.HostBits)));

    private static IPAddress Address(int offset, int window) => window switch
    {
        0 => AddressBlock.ToAddress(isIPv6: false, new AddressNumber(0, (ulong)offset)),
        1 => AddressBlock.ToAddress(isIPv6: false, new AddressNumber(0, 0xFFFFFF00UL + (ulong)offset)),
        2 => AddressBlock.ToAddress(isIPv6: true, new AddressNumber(ulong.MaxValue, 0xFFFFFFFFFFFFFF00UL + (ulong)offset)),
        _ => offset < 128
            ? AddressBlock.ToAddress(isIPv6: true, new AddressNumber(6, 0xFFFFFFFFFFFFFF80UL + (ulong)offset))
            : AddressBlock.ToAddress(isIPv6: true, new AddressNumber(7, (ulong)offset - 128)),
    };

    private static AddressSet Set(string blocks) => AddressSet.Of(blocks.Split(' ').Select(Block));

    private static AddressBlock Block(string text)
    {
        string[] parts = text.Split('/');
        return AddressBlock.Create(IPAddress.Parse(parts[0]), int.Parse(parts[1]));
    }
}
