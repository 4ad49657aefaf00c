namespace MailDns.Dns;

/// <summary>
/// Answers and until when they may be kept, bounded by bytes; for one thread at a time. Of a list of domains each asks of its own
/// names once, most of which do not exist or have a large DKIM key, and all share some names of providers. So negative and large
/// answers have a quarter of the room, the oldest goes first, and one that was used since it came goes to the end once more.
/// <para>
/// They are kept as octets (<see cref="PackedAnswer"/>): as objects they would live just long enough to be what costs the garbage
/// collector most (docs/performance.md). The few that are asked for again and again are objects too.
/// </para>
/// </summary>
/// <param name="maxBytes">The bound; 0 keeps nothing.</param>
internal sealed class KeptAnswers(long maxBytes)
{
    private const int OwnShare = 4;

    // What a domain's own DKIM key of 2048 bits takes, and an SPF or DMARC record seldom.
    private const int LargeSize = 320;

    /// <summary>What an entry takes in the table beside its octets.</summary>
    private const int TableSize = 64;

    /// <summary>Answers that are objects too, a power of two.</summary>
    private const int RecentCount = 256;

    private readonly Dictionary<ulong, Entry> _entries = new();
    private readonly Recent[] _recent = new Recent[RecentCount];
    private readonly OctetWriter _writer = new();
    private readonly OctetRing _shared = new OctetRing(maxBytes);
    private readonly OctetRing _own = new OctetRing(maxBytes / OwnShare);
    private readonly long _maxBytes = maxBytes;
    private int _ownCount;
    private string? _lastResolver;

    public int Count => _entries.Count;

    /// <summary>Size of all.</summary>
    public long Bytes => OwnBytes + SharedBytes;

    private long OwnBytes => _own.Used + ((long)TableSize * _ownCount);

    private long SharedBytes => _shared.Used + ((long)TableSize * (_entries.Count - _ownCount));

    /// <summary>The answer; null where there is none that may still be used.</summary>
    public DnsResponse? Find(DnsQuestion question, TimeSpan now)
    {
        ulong key = KeyOf(question);
        if (!_entries.TryGetValue(key, out Entry entry))
        {
            return null;
        }

        if (entry.Expires <= now.Ticks)
        {
            Remove(key, entry);
            return null;
        }

        return Read(question, key, entry);
    }

    /// <summary>Keeps an answer for a time, in place of an older one to the question.</summary>
    public void Keep(DnsQuestion question, DnsResponse response, TimeSpan time, TimeSpan now)
    {
        if (_maxBytes == 0 || time <= TimeSpan.Zero)
        {
            return;
        }

        Pack(question, response);
        bool isOwn = response.Records.Count == 0 || _writer.Length >= LargeSize;
        OctetRing ring = isOwn ? _own : _shared;
        if (_writer.Length > ring.LongestEntry)
        {
            return;
        }

        ulong key = KeyOf(question);
        if (_entries.TryGetValue(key, out Entry present))
        {
            Remove(key, present);
        }

        long place = ring.Add(key, _writer.Octets, 0, _writer.Length);
        _entries.Add(key, new Entry(place, isOwn, wasUsed: false, (now + time).Ticks));
        _ownCount += isOwn ? 1 : 0;
        MakeRoom();
    }

    private void Pack(DnsQuestion question, DnsResponse response)
    {
        _writer.Clear();
        _writer.Number((uint)question.Type);
        _writer.Text(question.Name.Text);
        PackedAnswer.Write(response, _writer);
    }

    private DnsResponse? Read(DnsQuestion question, ulong key, Entry entry)
    {
        ref Recent recent = ref _recent[key % RecentCount];
        if (recent.Response is { } known && recent.Entry.IsSamePlace(entry) && known.Question.Equals(question))
        {
            MarkUsed(key, entry);
            return known;
        }

        byte[] block = RingOf(entry).Find(entry.Place, out int start);
        var reader = new OctetReader(block, start);
        if (reader.Number() != (uint)question.Type || !reader.TrySkip(question.Name.Text))
        {
            // Another question of the same key: one in some thousand million pairs.
            return null;
        }

        DnsResponse response = PackedAnswer.Read(question, reader, ref _lastResolver);
        recent = new Recent(entry, response);
        MarkUsed(key, entry);
        return response;
    }

    private void MarkUsed(ulong key, Entry entry)
    {
        if (!entry.WasUsed)
        {
            _entries[key] = new Entry(entry.Place, entry.IsOwn, wasUsed: true, entry.Expires);
        }
    }

    private void MakeRoom()
    {
        while (OwnBytes > _maxBytes / OwnShare && !_own.IsEmpty)
        {
            DropOldest(_own);
        }

        while (Bytes > _maxBytes && !_shared.IsEmpty)
        {
            DropOldest(_shared);
        }
    }

    private void DropOldest(OctetRing ring)
    {
        long place = ring.Oldest(out ulong key, out int length);
        bool isLive = _entries.TryGetValue(key, out Entry entry) && entry.Place == place && RingOf(entry) == ring;
        if (isLive && entry.WasUsed)
        {
            // Each goes to the end once at most, and is then unused.
            byte[] block = ring.Find(place, out int start);
            long moved = ring.Add(key, block, start, length);
            _entries[key] = new Entry(moved, entry.IsOwn, wasUsed: false, entry.Expires);
        }
        else if (isLive)
        {
            Remove(key, entry);
        }

        ring.DropOldest();
    }

    // Its octets go when they are the oldest.
    private void Remove(ulong key, Entry entry)
    {
        _entries.Remove(key);
        _ownCount -= entry.IsOwn ? 1 : 0;
    }

    private OctetRing RingOf(Entry entry) => entry.IsOwn ? _own : _shared;

    // FNV-1a: spread well, and whoever makes two names of one key has them asked for once more each.
    private static ulong KeyOf(DnsQuestion question)
    {
        unchecked
        {
            ulong key = 14695981039346656037UL ^ (ulong)question.Type;
            foreach (char c in question.Name.Text)
            {
                key = (key * 1099511628211UL) ^ c;
            }

            return key * 1099511628211UL;
        }
    }

    private readonly struct Entry(long place, bool isOwn, bool wasUsed, long expires)
    {
        public long Place { get; } = place;

        public bool IsOwn { get; } = isOwn;

        public bool WasUsed { get; } = wasUsed;

        public long Expires { get; } = expires;

        public bool IsSamePlace(Entry other) => Place == other.Place && IsOwn == other.IsOwn;
    }

    private readonly struct Recent(KeptAnswers.Entry entry, DnsResponse response)
    {
        public Entry Entry { get; } = entry;

        public DnsResponse? Response { get; } = response;
    }
}
