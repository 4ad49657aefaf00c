using System;
using System.Buffers.Binary;

namespace MailDns.TestSupport;

/// <summary>Writes a DNS message with name compression (RFC 1035 section 4.1.4) into a span; too long is remembered, not thrown.</summary>
internal ref struct MessageWriter(Span<byte> buffer, Span<ushort> offsets)
{
    private readonly Span<byte> _buffer = buffer;
    private readonly Span<ushort> _offsets = offsets;
    private int _known;

    public int Length { get; private set; }

    public bool Overflowed { get; private set; }

    public readonly Span<byte> Written => _buffer[..Length];

    public void Clear()
    {
        Length = 0;
        _known = 0;
        Overflowed = false;
    }

    public void WriteUInt16(int value)
    {
        if (!Fits(2))
            return;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Length..], (ushort)value);
        Length += 2;
    }

    public void WriteUInt32(uint value)
    {
        if (!Fits(4))
            return;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Length..], value);
        Length += 4;
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> octets)
    {
        if (!Fits(octets.Length))
            return;
        octets.CopyTo(_buffer[Length..]);
        Length += octets.Length;
    }

    public void WriteName(scoped ReadOnlySpan<byte> name)
    {
        // What follows a name that is still being written is left over from an earlier message: only finished ones are looked at.
        int finished = _known;
        int i = 0;
        while (name[i] is not 0)
        {
            int pointer = Find(name[i..], finished);
            if (pointer >= 0)
            {
                WriteUInt16(0xC000 | pointer);
                return;
            }

            if (Length < 0x4000 && _known < _offsets.Length)
                _offsets[_known++] = (ushort)Length;
            WriteBytes(name.Slice(i, name[i] + 1));
            if (Overflowed)
                return;
            i += name[i] + 1;
        }

        WriteBytes([0]);
    }

    public void WriteRecord(scoped ReadOnlySpan<byte> owner, int type, uint timeToLive, scoped ReadOnlySpan<byte> data)
    {
        WriteName(owner);
        WriteUInt16(type);
        WriteUInt16(1);
        WriteUInt32(timeToLive);
        int lengthAt = Length;
        WriteUInt16(0);
        WriteData(type, data);
        if (!Overflowed)
            BinaryPrimitives.WriteUInt16BigEndian(_buffer[lengthAt..], (ushort)(Length - lengthAt - 2));
    }

    /// <summary>Only the types of RFC 1035 may have their names compressed (RFC 3597 section 4).</summary>
    private void WriteData(int type, scoped ReadOnlySpan<byte> data)
    {
        switch ((DnsType)type)
        {
            case DnsType.NS or DnsType.CNAME or DnsType.PTR when data.Length > 0:
                WriteName(data);
                break;
            case DnsType.MX when data.Length > 2:
                WriteBytes(data[..2]);
                WriteName(data[2..]);
                break;
            case DnsType.SOA when data.Length > 20:
                int second = NameLength(data);
                WriteName(data);
                WriteName(data[second..]);
                WriteBytes(data[(second + NameLength(data[second..]))..]);
                break;
            default:
                WriteBytes(data);
                break;
        }
    }

    internal static int NameLength(scoped ReadOnlySpan<byte> data)
    {
        int i = 0;
        while (data[i] is not 0)
            i += data[i] + 1;
        return i + 1;
    }

    private bool Fits(int count)
    {
        Overflowed |= Length + count > _buffer.Length;
        return !Overflowed;
    }

    private readonly int Find(scoped ReadOnlySpan<byte> suffix, int finished)
    {
        for (int i = 0; i < finished; i++)
        {
            if (Matches(_offsets[i], suffix))
                return _offsets[i];
        }

        return -1;
    }

    private readonly bool Matches(int at, scoped ReadOnlySpan<byte> suffix)
    {
        int i = 0;
        while (true)
        {
            byte length = _buffer[at];
            if (length >= 0xC0)
            {
                at = ((length & 0x3F) << 8) | _buffer[at + 1];
                continue;
            }

            if (length != suffix[i])
                return false;
            if (length is 0)
                return true;
            for (int j = 1; j <= length; j++)
            {
                // Case is kept, so only names written alike are shared.
                if (_buffer[at + j] != suffix[i + j])
                    return false;
            }

            at += length + 1;
            i += length + 1;
        }
    }
}
