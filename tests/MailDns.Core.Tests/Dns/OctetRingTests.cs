using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class OctetRingTests
{
    /// <summary>Against a queue: each number adds an entry of that length, or drops the oldest where it is negative.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(500)]
    [InlineData(10_000)]
    public void It_holds_what_a_queue_holds(int size) =>
        Gen.Int[-60, 52].Array[0, 400].Sample(
            steps =>
            {
                var ring = new OctetRing(size);
                var queue = new Queue<(long Place, ulong Key, byte[] Octets)>();
                for (int i = 0; i < steps.Length; i++)
                {
                    if (steps[i] >= 0)
                    {
                        byte[] octets = [.. Enumerable.Repeat((byte)i, steps[i])];
                        ulong key = ulong.MaxValue - (ulong)i;
                        queue.Enqueue((ring.Add(key, octets, 0, octets.Length), key, octets));
                    }
                    else if (queue.Count > 0)
                    {
                        (long place, ulong key, byte[] octets) = queue.Dequeue();
                        Assert.Equal(place, ring.Oldest(out ulong found, out int length));
                        Assert.Equal((key, octets.Length), (found, length));
                        ring.DropOldest();
                    }

                    Assert.Equal(queue.Count is 0, ring.IsEmpty);
                    foreach ((long place, ulong _, byte[] octets) in queue)
                        Assert.True(ring.Find(place, out int start).AsSpan(start, octets.Length).SequenceEqual(octets));
                }
            },
            iter: 300,
            threads: 1);

    [Fact]
    public void A_place_is_never_given_twice()
    {
        var ring = new OctetRing(64);
        var places = new HashSet<long>();
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(places.Add(ring.Add(1, [1, 2, 3], 0, 3)));
            if (i % 3 is not 0 || ring.Used > 60)
                ring.DropOldest();
        }
    }

    [Theory]
    [InlineData(64, 52)]
    [InlineData(1 << 20, (64 << 10) - 12)]
    [InlineData(5, -7)]
    public void The_longest_entry_is_known(long size, int expected) => Assert.Equal(expected, new OctetRing(size).LongestEntry);
}
