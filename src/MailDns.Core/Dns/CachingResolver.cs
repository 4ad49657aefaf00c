using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.Dns;

/// <summary>
/// Keeps answers for one run of a pipeline and sends one query for a question that several ask at once.
/// Times to live are not counted down: a run sees one state of DNS. Failures are not kept, so a later caller tries
/// again; negative answers are (RFC 2308). Bounded by entries and by approximate bytes; the least recently used goes first.
/// </summary>
internal sealed class CachingResolver : IDnsResolver
{
    /// <summary>Default bound of entries.</summary>
    public const int DefaultMaxEntries = 50_000;

    /// <summary>Default bound of the answers' approximate size.</summary>
    public const long DefaultMaxBytes = 32L << 20;

    private readonly object _gate = new();
    private readonly Dictionary<DnsQuestion, LinkedListNode<Entry>> _entries = new();
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Dictionary<DnsQuestion, Flight> _flights = new();
    private readonly IDnsResolver _inner;
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private long _bytes;

    public CachingResolver(IDnsResolver inner, int maxEntries = DefaultMaxEntries, long maxBytes = DefaultMaxBytes)
    {
        if (maxEntries < 0 || maxBytes < 0)
        {
            throw new ArgumentOutOfRangeException(maxEntries < 0 ? nameof(maxEntries) : nameof(maxBytes));
        }

        _inner = inner;
        _maxEntries = maxEntries;
        _maxBytes = maxBytes;
    }

    /// <summary>Answers kept now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Approximate size of the answers kept now.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<DnsResponse>(cancellationToken);
        }

        Flight? flight;
        bool isFirst = false;
        lock (_gate)
        {
            if (_entries.TryGetValue(question, out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Response;
            }

            if (!_flights.TryGetValue(question, out flight))
            {
                flight = new Flight(question);
                _flights.Add(question, flight);
                isFirst = true;
            }

            flight.Waiters++;
        }

        if (isFirst)
        {
            _ = RunAsync(flight);
        }

        return WaitAsync(flight, cancellationToken);
    }

    private async Task RunAsync(Flight flight)
    {
        try
        {
            DnsResponse response = await _inner.QueryAsync(flight.Question, flight.Cancellation.Token).ConfigureAwait(false);
            Land(flight, response);
            flight.Source.TrySetResult(response);
        }
        catch (OperationCanceledException)
        {
            Land(flight, response: null);
            flight.Source.TrySetCanceled();
        }
#pragma warning disable CA1031 // A resolver that breaks its contract breaks its callers, not a thread of nobody's
        catch (Exception e)
#pragma warning restore CA1031
        {
            Land(flight, response: null);
            flight.Source.TrySetException(e);
        }
    }

    private async Task<DnsResponse> WaitAsync(Flight flight, CancellationToken cancellationToken)
    {
        Task<DnsResponse> answer = flight.Source.Task;
        if (cancellationToken.CanBeCanceled && !answer.IsCompleted)
        {
            var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(true), cancelled))
            {
                if (await Task.WhenAny(answer, cancelled.Task).ConfigureAwait(false) != answer)
                {
                    Leave(flight);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }

        return await answer.ConfigureAwait(false);
    }

    /// <summary>The query is cancelled when nobody waits for it any more, and then nobody new may join it.</summary>
    private void Leave(Flight flight)
    {
        lock (_gate)
        {
            flight.Waiters--;
            if (flight.Waiters > 0)
            {
                return;
            }

            Forget(flight);
        }

        flight.Cancellation.Cancel();
    }

    private void Land(Flight flight, DnsResponse? response)
    {
        lock (_gate)
        {
            Forget(flight);
            if (response is not null && !response.IsFailure)
            {
                Keep(flight.Question, response);
            }
        }
    }

    private void Forget(Flight flight)
    {
        if (_flights.TryGetValue(flight.Question, out Flight? current) && ReferenceEquals(current, flight))
        {
            _flights.Remove(flight.Question);
        }
    }

    private void Keep(DnsQuestion question, DnsResponse response)
    {
        long size = EstimateSize(response);
        if (size > _maxBytes || _maxEntries == 0 || _entries.ContainsKey(question))
        {
            return;
        }

        _entries.Add(question, _byUse.AddFirst(new Entry(question, Task.FromResult(response), size)));
        _bytes += size;
        while (_entries.Count > _maxEntries || _bytes > _maxBytes)
        {
            Entry oldest = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _entries.Remove(oldest.Question);
            _bytes -= oldest.Size;
        }
    }

    private static long EstimateSize(DnsResponse response)
    {
        // Objects of an entry, a response and a record; then two octets a character of what varies.
        long size = 400 + (2L * response.Question.Name.Text.Length);
        foreach (DnsRecord record in response.Records)
        {
            size += 160 + (2L * record.Owner.Text.Length) + EstimateSize(record.Data);
        }

        return size;
    }

    private static long EstimateSize(RecordData data)
    {
        switch (data)
        {
            case TxtData txt:
                // The strings, and the joined text that readers ask for.
                return 64 + (4L * txt.Text.Length) + (32L * txt.Strings.Count);
            case NameData name:
                return 64 + (2L * name.Target.Text.Length);
            case OpaqueData opaque:
                return 64 + (2L * opaque.Presentation.Length);
            case TlsaData tlsa:
                return 64 + (2L * tlsa.AssociationData.Length);
            case CaaData caa:
                return 64 + (2L * caa.Value.Length);
            default:
                return 128;
        }
    }

    private sealed class Entry
    {
        public Entry(DnsQuestion question, Task<DnsResponse> response, long size)
        {
            Question = question;
            Response = response;
            Size = size;
        }

        public DnsQuestion Question { get; }

        public Task<DnsResponse> Response { get; }

        public long Size { get; }
    }

    /// <summary>One query under way and how many wait for it.</summary>
    private sealed class Flight
    {
        public Flight(DnsQuestion question) => Question = question;

        public DnsQuestion Question { get; }

        public int Waiters { get; set; }

        public CancellationTokenSource Cancellation { get; } = new();

        public TaskCompletionSource<DnsResponse> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
