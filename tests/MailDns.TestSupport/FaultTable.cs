using System;
using System.Collections.Generic;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>Which faults strike which queries. Empty costs one volatile read.</summary>
internal sealed class FaultTable(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private volatile Entry[] _entries = [];

    public bool IsEmpty => _entries.Length is 0;

    public void Add(byte[]? lowerName, int? type, DnsFault fault)
    {
        lock (_gate)
            _entries = [.. _entries, new Entry(lowerName, type, fault)];
    }

    public void Clear()
    {
        lock (_gate)
            _entries = [];
    }

    public void Select(in ReceivedQuery query, QueryTransport transport, List<DnsFault> selected)
    {
        selected.Clear();
        lock (_gate)
        {
            foreach (Entry entry in _entries)
            {
                if (!entry.Matches(in query, transport))
                    continue;
                if (entry.Fault.Probability < 1 && _random.NextDouble() >= entry.Fault.Probability)
                    continue;
                entry.Left--;
                selected.Add(entry.Fault);
            }
        }
    }

    public TimeSpan DrawDelay(DnsFault fault)
    {
        lock (_gate)
            return fault.MinDelay + ((fault.MaxDelay - fault.MinDelay) * _random.NextDouble());
    }

    public void Fill(Span<byte> octets)
    {
        lock (_gate)
            _random.NextBytes(octets);
    }

    private sealed class Entry(byte[]? lowerName, int? type, DnsFault fault)
    {
        public DnsFault Fault { get; } = fault;

        public int Left { get; set; } = fault.Times;

        public bool Matches(in ReceivedQuery query, QueryTransport transport) =>
            Left > 0
            && (lowerName is null || query.LowerName.SequenceEqual(lowerName))
            && (type is null || type == query.Type)
            && (Fault.Transport is null || Fault.Transport == transport)
            && (Fault.Kind is not DnsFaultKind.FormErrOnEdns || query.HasEdns)
            && (Fault.Kind is not (DnsFaultKind.Truncate or DnsFaultKind.Duplicate) || transport is QueryTransport.Udp);
    }
}
