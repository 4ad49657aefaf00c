using System;
using System.Collections.Generic;

namespace MailDns.TestSupport;

/// <summary>Records frozen for look-up: RFC 1034 section 4.3.2 over a dictionary of lower-case wire names.</summary>
public sealed class ZoneData
{
    private readonly Dictionary<byte[], Node> _nodes = new(WireNameComparer.Instance);
    private readonly Dictionary<byte[], Node>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public ZoneData(IEnumerable<TestRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        bool hasApex = false;
        foreach (TestRecord record in records)
        {
            Add(record);
            hasApex |= record.Type is (int)DnsType.SOA;
        }

        if (!hasApex)
        {
            byte[] data = [.. WireName.Parse("ns.invalid."), .. WireName.Parse("hostmaster.invalid."), 0, 0, 0, 1, 0, 0, 0x1C, 0x20, 0, 0, 0x0E, 0x10, 0, 0x12, 0x75, 0, 0, 0, 1, 0x2C];
            Add(new TestRecord(WireName.Root, (int)DnsType.SOA, 3600, data));
        }

        _lookup = _nodes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    internal enum Outcome
    {
        Answer,
        Alias,
        NoData,
        NameError,
        Referral,
        NotAuthoritative,
    }

    /// <param name="name">Lower-case wire name.</param>
    /// <param name="type">The type asked for; ANY gives the first set of the node.</param>
    /// <param name="node">The node that answered: the name's, the wildcard's, the delegation's.</param>
    /// <param name="apex">The zone's apex; null when no zone holds the name.</param>
    internal Outcome Find(ReadOnlySpan<byte> name, int type, out Node? node, out Node? apex)
    {
        node = null;
        apex = null;
        Node? exact = null;
        Node? cut = null;
        int encloser = -1;
        for (int i = 0; ; i += name[i] + 1)
        {
            if (_lookup.TryGetValue(name[i..], out Node? here))
            {
                if (encloser < 0)
                    encloser = i;
                if (i is 0)
                    exact = here;
                // The parent side of a cut holds DS (RFC 4035 section 3.1.4.1): at the cut itself it is not referred.
                if (here.IsApex && !(i is 0 && type is (int)DnsType.DS && name.Length > 1))
                {
                    apex = here;
                    break;
                }

                if (!here.IsApex && here.Set((int)DnsType.NS) is not null && !(i is 0 && type is (int)DnsType.DS))
                    cut = here;
            }

            if (name[i] is 0)
                break;
        }

        if (apex is null)
            return Outcome.NotAuthoritative;
        if (cut is not null)
        {
            node = cut;
            return Outcome.Referral;
        }

        node = exact ?? FindWildcard(name[encloser..]);
        if (node is null)
            return Outcome.NameError;
        if (type is (int)DnsType.ANY ? node.Sets.Length > 0 : node.Set(type) is not null)
            return Outcome.Answer;
        return node.Set((int)DnsType.CNAME) is not null ? Outcome.Alias : Outcome.NoData;
    }

    /// <summary>The wildcard below the closest encloser, and no other (RFC 4592 section 3.3.1).</summary>
    private Node? FindWildcard(ReadOnlySpan<byte> encloser)
    {
        if (encloser.Length + 2 > WireName.MaxLength)
            return null;
        Span<byte> wildcard = stackalloc byte[encloser.Length + 2];
        wildcard[0] = 1;
        wildcard[1] = (byte)'*';
        encloser.CopyTo(wildcard[2..]);
        return _lookup.TryGetValue(wildcard, out Node? node) ? node : null;
    }

    private void Add(TestRecord record)
    {
        byte[] name = WireName.Lower(record.Owner);
        GetOrAdd(name).Add(record);

        // Empty non-terminals exist too (RFC 4592 section 2.2.2).
        for (int i = name[0] + 1; i < name.Length && name[0] is not 0; i += name[i] + 1)
        {
            GetOrAdd(name[i..]);
            if (name[i] is 0)
                break;
        }
    }

    private Node GetOrAdd(byte[] name)
    {
        if (!_nodes.TryGetValue(name, out Node? node))
            _nodes.Add(name, node = new Node(name));
        return node;
    }

    internal sealed class Node(byte[] name)
    {
        public byte[] Name { get; } = name;

        public RecordSet[] Sets { get; private set; } = [];

        public bool IsApex { get; private set; }

        public RecordSet? Set(int type)
        {
            foreach (RecordSet set in Sets)
            {
                if (set.Type == type)
                    return set;
            }

            return null;
        }

        public void Add(TestRecord record)
        {
            IsApex |= record.Type is (int)DnsType.SOA;
            RecordSet? set = Set(record.Type);
            if (set is null)
                Sets = [.. Sets, new RecordSet(record.Type, [record])];
            else
                set.Records = [.. set.Records, record];
        }
    }

    internal sealed class RecordSet(int type, TestRecord[] records)
    {
        public int Type { get; } = type;

        public TestRecord[] Records { get; set; } = records;
    }
}
