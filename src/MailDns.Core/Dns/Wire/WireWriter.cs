namespace MailDns.Dns;

/// <summary>Puts numbers, names and RDATA in wire form (RFC 1035 sections 3 and 4) into an array that grows; used again for the next.</summary>
/// <param name="capacity">Octets to begin with.</param>
internal sealed class WireWriter(int capacity = 512)
{
    private byte[] _octets = new byte[capacity];

    /// <summary>What was written, and room after it.</summary>
    public byte[] Buffer => _octets;

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public byte[] ToArray()
    {
        var octets = new byte[Length];
        System.Buffer.BlockCopy(_octets, 0, octets, 0, Length);
        return octets;
    }

    public void UInt8(byte value)
    {
        Grow(1);
        _octets[Length++] = value;
    }

    public void UInt16(int value)
    {
        Grow(2);
        _octets[Length++] = (byte)(value >> 8);
        _octets[Length++] = (byte)value;
    }

    public void UInt32(uint value)
    {
        UInt16((ushort)(value >> 16));
        UInt16((ushort)value);
    }

    public void Octets(byte[] octets)
    {
        Grow(octets.Length);
        System.Buffer.BlockCopy(octets, 0, _octets, Length, octets.Length);
        Length += octets.Length;
    }

    /// <summary>DNS text: a character is an octet.</summary>
    /// <exception cref="ArgumentException">It has a character that is no octet.</exception>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public void Text(string text)
    {
        Grow(text.Length);
        foreach (char c in text)
            _octets[Length++] = c <= 0xFF ? (byte)c : throw new ArgumentException("A character of DNS text is one octet.", nameof(text));
    }

    /// <summary>A character-string: its length in one octet, then its octets (RFC 1035 section 3.3).</summary>
    /// <exception cref="ArgumentException">It is longer than 255 octets, or has a character that is no octet.</exception>
    public void String(string text)
    {
        if (text.Length > CharacterStrings.MaxOctets)
            throw new ArgumentException("A character-string has at most 255 octets (RFC 1035 section 3.3).", nameof(text));

        UInt8((byte)text.Length);
        Text(text);
    }

    /// <summary>A name, not compressed; in lower case, as a name of this module is and as TSIG wants it (RFC 8945 section 4.3.3).</summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public void Name(DomainName name)
    {
        Grow(name.Text.Length + 2);
        int length = Length++;
        foreach (char c in name.Text)
        {
            if (c == '.')
            {
                _octets[length] = (byte)(Length - length - 1);
                length = Length++;
            }
            else
            {
                _octets[Length++] = c == DomainName.DotInLabel ? (byte)'.' : (byte)c;
            }
        }

        _octets[length] = (byte)(Length - length - 1);
        if (Length - length > 1) _octets[Length++] = 0;
    }

    /// <summary>A resource record (RFC 1035 section 3.2.1) whose owner is written already: type, class, time to live, RDATA with its length.</summary>
    /// <exception cref="ArgumentException">The data is longer than 65535 octets, or has no wire form.</exception>
    public void Record(DnsRecordType type, ushort recordClass, uint ttl, RecordData? data)
    {
        UInt16((ushort)type);
        UInt16(recordClass);
        UInt32(ttl);
        UInt16(0);
        int start = Length;
        data?.Write(this);
        if (Length - start > ushort.MaxValue)
            throw new ArgumentException("The record is longer than 65535 octets (RFC 1035 section 3.2.1).", nameof(data));

        SetUInt16(start - 2, Length - start);
    }

    /// <summary>Writes over what was written.</summary>
    public void SetUInt16(int position, int value)
    {
        _octets[position] = (byte)(value >> 8);
        _octets[position + 1] = (byte)value;
    }

    private void Grow(int more)
    {
        if (Length + more > _octets.Length) Array.Resize(ref _octets, Math.Max(2 * _octets.Length, Length + more));
    }
}

/// <summary>The length that goes before each message over TCP (RFC 1035 section 4.2.2).</summary>
internal static class TcpFrame
{
    public const int HeaderLength = 2;

    /// <summary>The message with its length before it.</summary>
    public static byte[] Wrap(byte[] message)
    {
        var framed = new byte[message.Length + HeaderLength];
        framed[0] = (byte)(message.Length >> 8);
        framed[1] = (byte)message.Length;
        message.CopyTo(framed, HeaderLength);
        return framed;
    }

    /// <summary>The length of the message that follows a header.</summary>
    public static int LengthOf(byte[] header) => (header[0] << 8) | header[1];
}
