namespace MailDns.Dns;

/// <summary>
/// Entries of octets one after the other, the oldest dropped first, in blocks that are used again: whatever comes and goes,
/// nothing is left to the garbage collector. For one thread at a time. A place is a number that only grows, so that an entry
/// which has gone is never taken for one that stands where it stood.
/// </summary>
/// <param name="mostOctets">About how much it is to hold.</param>
internal sealed class OctetRing(long mostOctets)
{
    /// <summary>Octets before each entry: its key and its length.</summary>
    private const int HeaderLength = 12;

    // Below what the runtime keeps apart as large.
    private const int LargestBlock = 64 << 10;

    private const int EndOfBlock = -1;

    private readonly Queue<byte[]> _spare = new();
    private readonly Dictionary<long, byte[]> _blocks = new();
    private readonly int _blockSize = (int)Math.Min(LargestBlock, mostOctets);
    private long _head;
    private long _tail;

    /// <summary>Octets in use, with headers and what is left free at the ends of blocks.</summary>
    public long Used => _head - _tail;

    public bool IsEmpty => _head == _tail;

    /// <summary>The longest entry that fits.</summary>
    public int LongestEntry => _blockSize - HeaderLength;

    /// <summary>Adds an entry of at most <see cref="LongestEntry"/> octets.</summary>
    /// <returns>Its place.</returns>
    public long Add(ulong key, byte[] octets, int start, int length)
    {
        int offset = (int)(_head % _blockSize);
        if (offset + HeaderLength + length > _blockSize)
        {
            CloseBlock(offset);
            offset = 0;
        }

        byte[] block = Block(_head / _blockSize);
        WriteHeader(block, offset, key, length);
        Buffer.BlockCopy(octets, start, block, offset + HeaderLength, length);
        long place = _head;
        _head += HeaderLength + length;
        return place;
    }

    /// <summary>Where the octets of an entry are.</summary>
    public byte[] Find(long place, out int start)
    {
        start = (int)(place % _blockSize) + HeaderLength;
        return _blocks[place / _blockSize];
    }

    /// <summary>The oldest entry; there is one.</summary>
    public long Oldest(out ulong key, out int length)
    {
        SkipEnd();
        byte[] block = _blocks[_tail / _blockSize];
        int offset = (int)(_tail % _blockSize);
        key = ReadLow(block, offset, 8);
        length = LengthAt(block, offset);
        return _tail;
    }

    /// <summary>Drops the oldest entry; there is one.</summary>
    public void DropOldest()
    {
        _ = Oldest(out _, out int length);
        Advance(HeaderLength + length);
    }

    private void CloseBlock(int offset)
    {
        if (offset + HeaderLength <= _blockSize) WriteHeader(Block(_head / _blockSize), offset, 0, EndOfBlock);

        _head += _blockSize - offset;
    }

    private void SkipEnd()
    {
        int offset = (int)(_tail % _blockSize);
        if (!IsEmpty && (offset + HeaderLength > _blockSize || LengthAt(_blocks[_tail / _blockSize], offset) == EndOfBlock))
            Advance(_blockSize - offset);
    }

    private void Advance(int octets)
    {
        long number = _tail / _blockSize;
        _tail += octets;
        if (_tail / _blockSize != number && _blocks.TryGetValue(number, out byte[]? block))
        {
            _blocks.Remove(number);
            _spare.Enqueue(block);
        }
    }

    private byte[] Block(long number)
    {
        if (!_blocks.TryGetValue(number, out byte[]? block))
        {
            block = _spare.Count > 0 ? _spare.Dequeue() : new byte[_blockSize];
            _blocks.Add(number, block);
        }

        return block;
    }

    private static int LengthAt(byte[] block, int offset) => unchecked((int)(uint)ReadLow(block, offset + 8, 4));

    private static void WriteHeader(byte[] block, int offset, ulong key, int length)
    {
        WriteLow(block, offset, key, 8);
        WriteLow(block, offset + 8, unchecked((uint)length), 4);
    }

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static void WriteLow(byte[] block, int offset, ulong value, int octets)
    {
        for (int i = 0; i < octets; i++)
            block[offset + i] = (byte)(value >> (8 * i));
    }

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static ulong ReadLow(byte[] block, int offset, int octets)
    {
        ulong value = 0;
        for (int i = 0; i < octets; i++)
            value |= (ulong)block[offset + i] << (8 * i);

        return value;
    }
}
