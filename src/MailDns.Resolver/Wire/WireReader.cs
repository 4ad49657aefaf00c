using System.Buffers.Binary;
using MailDns.Dns;

namespace MailDns.Resolver.Wire;

/// <summary>Reads one message from its start to its end. Nothing is read outside it, and no name leads in a circle.</summary>
internal ref struct WireReader
{
    /// <summary>A name of 255 octets has at most 127 labels, and no pointer need follow a pointer.</summary>
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message;

    public WireReader(ReadOnlySpan<byte> message, int position)
    {
        _message = message;
        Position = position;
    }

    public int Position { get; private set; }

    public readonly int Left => _message.Length - Position;

    public bool TryReadUInt16(out int value)
    {
        value = 0;
        if (Left < 2)
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(_message[Position..]);
        Position += 2;
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        value = 0;
        if (Left < 4)
        {
            return false;
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(_message[Position..]);
        Position += 4;
        return true;
    }

    public bool TryRead(int count, out ReadOnlySpan<byte> octets)
    {
        octets = default;
        if (count < 0 || Left < count)
        {
            return false;
        }

        octets = _message.Slice(Position, count);
        Position += count;
        return true;
    }

    /// <summary>Passes over a name; false where it runs out of the message or has a label of an unknown kind.</summary>
    public bool TrySkipName()
    {
        int position = Position;
        while (position < _message.Length)
        {
            int length = _message[position++];
            if (length >= 0xC0)
            {
                Position = position + 1;
                return Position <= _message.Length;
            }

            if (length > DomainName.MaxLabelLength)
            {
                return false;
            }

            position += length;
            if (length == 0)
            {
                Position = position;
                return true;
            }

            if (position - Position > WireQuery.MaxNameLength)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// A name, perhaps compressed (RFC 1035 section 4.1.4). A pointer leads to an earlier place than any before it, so
    /// there are no circles; the whole is at most 255 octets. False too for a label with a dot in it, which no text of
    /// <see cref="DomainName"/> can tell from two labels.
    /// </summary>
    public bool TryReadName(out DomainName? name)
    {
        name = null;
        Span<char> text = stackalloc char[WireQuery.MaxNameLength];
        int written = 0;
        int position = Position;
        int lowest = Position;
        int end = -1;
        int pointers = 0;
        while (position < _message.Length)
        {
            int length = _message[position++];
            if (length == 0)
            {
                Position = end < 0 ? position : end;
                return DomainName.TryParseDns(new string(text[..written]), out name);
            }

            if (length >= 0xC0)
            {
                if (position == _message.Length || ++pointers > MaxPointers)
                {
                    return false;
                }

                int target = ((length & 0x3F) << 8) | _message[position++];
                end = end < 0 ? position : end;
                if (target >= lowest)
                {
                    return false;
                }

                position = lowest = target;
                continue;
            }

            if (length > DomainName.MaxLabelLength || position + length > _message.Length || written + length + 1 > DomainName.MaxLength + 1
                || !TryAppend(_message.Slice(position, length), text, ref written))
            {
                return false;
            }

            position += length;
        }

        return false;
    }

    private static bool TryAppend(ReadOnlySpan<byte> label, Span<char> text, ref int written)
    {
        foreach (byte octet in label)
        {
            if (octet == (byte)'.')
            {
                return false;
            }

            text[written++] = (char)octet;
        }

        text[written++] = '.';
        return true;
    }
}
