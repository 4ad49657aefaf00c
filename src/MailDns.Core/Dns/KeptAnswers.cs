using System;
using System.Collections.Generic;

namespace MailDns.Dns;

/// <summary>
/// Answers and until when they may be kept, bounded by approximate bytes; for one thread at a time. Of a list of domains each
/// asks of its own names once, most of which do not exist or have a large DKIM key, and all share some names of providers. So
/// negative and large answers have a quarter of the room, the oldest goes first, and one that was used since it came goes to
/// the end once more.
/// </summary>
internal sealed class KeptAnswers
{
    private const int OwnShare = 4;

    // What a domain's own DKIM key of 2048 bits takes, and an SPF or DMARC record seldom.
    private const long LargeSize = 1800;

    private readonly Dictionary<DnsQuestion, Entry> _entries = new();
    private readonly Line _shared = new();
    private readonly Line _own = new();
    private readonly long _maxBytes;

    /// <param name="maxBytes">The bound; 0 keeps nothing.</param>
    public KeptAnswers(long maxBytes) => _maxBytes = maxBytes;

    public int Count => _entries.Count;

    /// <summary>Approximate size of all.</summary>
    public long Bytes => _shared.Bytes + _own.Bytes;

    /// <summary>The answer; null where there is none that may still be used.</summary>
    public DnsResponse? Find(DnsQuestion question, TimeSpan now)
    {
        if (!_entries.TryGetValue(question, out Entry? entry))
        {
            return null;
        }

        if (entry.Expires <= now)
        {
            Drop(entry);
            return null;
        }

        entry.WasUsed = true;
        return entry.Response;
    }

    /// <summary>Keeps an answer for a time, in place of an older one to the question.</summary>
    public void Keep(DnsQuestion question, DnsResponse response, TimeSpan time, TimeSpan now)
    {
        long size = EstimateSize(response);
        Line line = response.Records.Count > 0 && size < LargeSize ? _shared : _own;
        if (size > (line == _own ? _maxBytes / OwnShare : _maxBytes) || time <= TimeSpan.Zero)
        {
            return;
        }

        if (_entries.TryGetValue(question, out Entry? present))
        {
            Drop(present);
        }

        var entry = new Entry(line, question, response, size, now + time);
        _entries.Add(question, entry);
        line.Add(entry);
        MakeRoom(_own, _maxBytes / OwnShare);
        MakeRoom(_shared, _maxBytes - _own.Bytes);
    }

    private void MakeRoom(Line line, long most)
    {
        // Each goes to the end once at most, and is then unused.
        while (line.Bytes > most)
        {
            Entry oldest = line.Oldest!;
            if (oldest.WasUsed)
            {
                oldest.WasUsed = false;
                line.Remove(oldest);
                line.Add(oldest);
            }
            else
            {
                Drop(oldest);
            }
        }
    }

    private void Drop(Entry entry)
    {
        entry.Line.Remove(entry);
        _entries.Remove(entry.Question);
    }

    private static long EstimateSize(DnsResponse response)
    {
        // Objects of an entry, a response and a record; then two octets a character of what varies.
        long size = 400 + (2L * response.Question.Name.Text.Length);
        for (int i = 0; i < response.Records.Count; i++)
        {
            DnsRecord record = response.Records[i];
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
        public Entry(Line line, DnsQuestion question, DnsResponse response, long size, TimeSpan expires)
        {
            Line = line;
            Question = question;
            Response = response;
            Size = size;
            Expires = expires;
        }

        public Line Line { get; }

        public DnsQuestion Question { get; }

        public DnsResponse Response { get; }

        public long Size { get; }

        public TimeSpan Expires { get; }

        public bool WasUsed { get; set; }

        public Entry? Older { get; set; }

        public Entry? Newer { get; set; }
    }

    /// <summary>Entries in the order of their coming, linked by themselves.</summary>
    private sealed class Line
    {
        private Entry? _newest;

        public Entry? Oldest { get; private set; }

        public long Bytes { get; private set; }

        public void Add(Entry entry)
        {
            entry.Older = _newest;
            if (_newest is null)
            {
                Oldest = entry;
            }
            else
            {
                _newest.Newer = entry;
            }

            _newest = entry;
            Bytes += entry.Size;
        }

        public void Remove(Entry entry)
        {
            if (entry.Newer is null)
            {
                _newest = entry.Older;
            }
            else
            {
                entry.Newer.Older = entry.Older;
            }

            if (entry.Older is null)
            {
                Oldest = entry.Newer;
            }
            else
            {
                entry.Older.Newer = entry.Newer;
            }

            entry.Newer = null;
            entry.Older = null;
            Bytes -= entry.Size;
        }
    }
}
