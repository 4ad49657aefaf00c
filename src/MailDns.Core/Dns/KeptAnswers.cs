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
    private readonly WireWriter _writer = new();
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
        if (!_entries.TryGetValue(key, out Entry entry)) return null;

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
        if (_maxBytes == 0 || time <= TimeSpan.Zero || !PackedAnswer.CanWrite(response)) return;

        _writer.Clear();
        try
        {
            PackedAnswer.Write(question, response, _writer);
        }
        catch (ArgumentException)
        {
            // Data that no message can hold did not come from one; they are asked for again.
            return;
        }

        bool isOwn = response.Records.Count == 0 || _writer.Length >= LargeSize;
        OctetRing ring = isOwn ? _own : _shared;
        if (_writer.Length > ring.LongestEntry) return;

        ulong key = KeyOf(question);
        if (_entries.TryGetValue(key, out Entry present)) Remove(key, present);

        long place = ring.Add(key, _writer.Buffer, 0, _writer.Length);
        _entries.Add(key, new Entry(place, isOwn, wasUsed: false, (now + time).Ticks));
        _ownCount += isOwn ? 1 : 0;
        MakeRoom();
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
        if (PackedAnswer.Read(question, new WireReader(block, start, block.Length), ref _lastResolver) is not { } response)
        {
            // Another question of the same key: one in some thousand million pairs.
            return null;
        }

        recent = new Recent(entry, response);
        MarkUsed(key, entry);
        return response;
    }

    private void MarkUsed(ulong key, Entry entry)
    {
        if (!entry.WasUsed) _entries[key] = new Entry(entry.Place, entry.IsOwn, wasUsed: true, entry.Expires);
    }

    private void MakeRoom()
    {
        while (OwnBytes > _maxBytes / OwnShare && !_own.IsEmpty)
            DropOldest(_own);

        while (Bytes > _maxBytes && !_shared.IsEmpty)
            DropOldest(_shared);
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
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static ulong KeyOf(DnsQuestion question)
    {
        unchecked
        {
            ulong key = 14695981039346656037UL ^ (ulong)question.Type ^ (question.WithSignatures ? 1UL << 16 : 0);
            foreach (char c in question.Name.Text)
                key = (key * 1099511628211UL) ^ c;

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

/// <summary>
/// A response as octets and back: what a message has of it, the question and the records, in the form of a message (RFC 1035 section 4.1),
/// behind what it does not have. A fifth of what the objects take, and nothing that the garbage collector has to follow. Every property
/// comes back as it was; the question is the one that is asked then, which is the same but for its object.
/// </summary>
internal static class PackedAnswer
{
    private const ushort ClassIn = 1;
    private const int MaxPointer = 0x3FFF;

    [Flags]
    private enum Marks
    {
        None = 0,
        Authenticated = 1,
        Authoritative = 2,
        Referral = 4,
        Detail = 8,
        Resolver = 16,
        NegativeTtl = 32,
        Signatures = 64,
    }

    /// <summary>False where a record was read from a text that is not understood.</summary>
    public static bool CanWrite(DnsResponse response)
    {
        for (int i = 0; i < response.Records.Count; i++)
        {
            if (!response.Records[i].Data.HasWireForm) return false;
        }

        return true;
    }

    public static void Write(DnsQuestion question, DnsResponse response, WireWriter writer)
    {
        int start = writer.Length;
        writer.UInt16((ushort)question.Type);
        writer.Name(question.Name);
        writer.UInt8((byte)response.Status);
        writer.UInt8((byte)(MarksOf(response) | (question.WithSignatures ? Marks.Signatures : Marks.None)));
        if (response.Resolver is { } resolver) WriteText(writer, resolver);
        if (response.Detail is { } detail) WriteText(writer, detail);
        if (response.NegativeTtl is { } seconds) writer.UInt32(seconds);

        if (response.IsReferral)
        {
            writer.UInt16(response.Delegation.Count);
            foreach (DomainName name in response.Delegation)
                writer.Name(name);
        }

        writer.UInt16(response.Records.Count);
        DomainName? target = null;
        int targetAt = 0;
        for (int i = 0; i < response.Records.Count; i++)
        {
            DnsRecord record = response.Records[i];
            int pointer = record.Owner.Equals(question.Name) ? 2 : record.Owner.Equals(target) ? targetAt : MaxPointer + 1;
            if (pointer <= MaxPointer)
                writer.UInt16(0xC000 | pointer);
            else
                writer.Name(record.Owner);

            int dataAt = writer.Length - start + 10;
            writer.Record(record.Type, ClassIn, record.Ttl, record.Data);
            if (record.Data is NameData alias)
            {
                target = alias.Target;
                targetAt = dataAt;
            }
        }
    }

    /// <param name="question">The question that it answers.</param>
    /// <param name="reader">Where it begins.</param>
    /// <param name="lastResolver">The resolver of the answer read before, which is mostly that of this one too.</param>
    /// <returns>Null where it answers another question.</returns>
    public static DnsResponse? Read(DnsQuestion question, WireReader reader, ref string? lastResolver)
    {
        if (!reader.TryReadUInt16(out ushort type) || type != (ushort)question.Type || !reader.TrySkipName(question.Name))
            return null;

        reader.TryReadUInt8(out byte status);
        reader.TryReadUInt8(out byte octet);
        var marks = (Marks)octet;
        if ((marks & Marks.Signatures) != Marks.None != question.WithSignatures) return null;

        string? resolver = (marks & Marks.Resolver) == Marks.None ? null : ReadText(ref reader, lastResolver);
        lastResolver = resolver ?? lastResolver;
        string? detail = (marks & Marks.Detail) != Marks.None ? ReadText(ref reader, known: null) : null;
        uint? negativeTtl = null;
        if ((marks & Marks.NegativeTtl) != Marks.None)
        {
            reader.TryReadUInt32(out uint seconds);
            negativeTtl = seconds;
        }

        DomainName[] delegation = Array.Empty<DomainName>();
        if ((marks & Marks.Referral) != Marks.None)
        {
            reader.TryReadUInt16(out ushort count);
            delegation = new DomainName[count];
            for (int i = 0; i < count; i++)
                delegation[i] = ReadName(ref reader);
        }

        var origin = new AnswerOrigin
        {
            Resolver = resolver,
            IsAuthenticated = (marks & Marks.Authenticated) != Marks.None,
            IsAuthoritative = (marks & Marks.Authoritative) != Marks.None,
            IsReferral = (marks & Marks.Referral) != Marks.None,
            Delegation = delegation,
        };
        return DnsResponse.Restore(question, (DnsResponseStatus)status, ReadRecords(question.Name, ref reader), detail, origin, negativeTtl);
    }

    private static DnsRecord[] ReadRecords(DomainName asked, ref WireReader reader)
    {
        reader.TryReadUInt16(out ushort count);
        if (count == 0) return Array.Empty<DnsRecord>();

        var records = new DnsRecord[count];
        DomainName? target = null;
        int targetAt = -1;
        for (int i = 0; i < count; i++)
        {
            DomainName owner;
            if (reader.IsPointerTo(2) || (targetAt >= 0 && reader.IsPointerTo(targetAt)))
            {
                owner = reader.IsPointerTo(2) ? asked : target!;
                reader.TrySkip(2);
            }
            else
            {
                owner = ReadName(ref reader);
            }

            reader.TryReadUInt16(out ushort type);
            reader.TrySkip(2);
            reader.TryReadUInt32(out uint ttl);
            reader.TryReadUInt16(out ushort length);
            int dataAt = reader.Position;
            WireReader part = reader.Part(length);
            reader.TrySkip(length);
            RecordData data = RecordTypes.Read((DnsRecordType)type, ref part) ?? throw new InvalidOperationException("A kept record cannot be read.");
            records[i] = new DnsRecord(owner, (DnsRecordType)type, ttl, data);
            if (data is NameData alias)
            {
                target = alias.Target;
                targetAt = dataAt;
            }
        }

        return records;
    }

    private static DomainName ReadName(ref WireReader reader) =>
        reader.TryReadName(out DomainName? name) ? name! : throw new InvalidOperationException("A kept name cannot be read.");

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static void WriteText(WireWriter writer, string text)
    {
        writer.UInt16(text.Length);
        foreach (char c in text)
            writer.UInt16(c);
    }

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static string ReadText(ref WireReader reader, string? known)
    {
        reader.TryReadUInt16(out ushort length);
        WireReader start = reader;
        bool isKnown = known?.Length == length;
        for (int i = 0; i < length; i++)
        {
            reader.TryReadUInt16(out ushort c);
            isKnown = isKnown && known![i] == c;
        }

        if (isKnown) return known!;

        var text = new char[length];
        for (int i = 0; i < length; i++)
        {
            start.TryReadUInt16(out ushort c);
            text[i] = (char)c;
        }

        return new string(text);
    }

    private static Marks MarksOf(DnsResponse response) =>
        (response.IsAuthenticated ? Marks.Authenticated : Marks.None)
        | (response.IsAuthoritative ? Marks.Authoritative : Marks.None)
        | (response.IsReferral ? Marks.Referral : Marks.None)
        | (response.Detail is null ? Marks.None : Marks.Detail)
        | (response.Resolver is null ? Marks.None : Marks.Resolver)
        | (response.NegativeTtl is null ? Marks.None : Marks.NegativeTtl);
}
