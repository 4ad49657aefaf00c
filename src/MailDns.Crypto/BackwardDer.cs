namespace MailDns.Crypto;

/// <summary>
/// Writes DER (ITU-T X.690 section 10) from its end, where every length is known when its header is due. Secrets stand in
/// one buffer only, which <see cref="Finish"/> clears.
/// </summary>
/// <remarks>Begins with room for that many octets.</remarks>
internal sealed class BackwardDer(int capacity)
{
    private const byte IntegerTag = 0x02;

    private readonly byte[] _buffer = new byte[capacity];
    private int _position = capacity;

    /// <summary>Octets that were written.</summary>
    public int Length => _buffer.Length - _position;

    /// <summary>Puts octets before what was written.</summary>
    public void Octets(byte[] octets)
    {
        _position -= octets.Length;
        octets.CopyTo(_buffer, _position);
    }

    /// <summary>Puts an INTEGER before what was written; the number is big-endian and unsigned, leading zeros are dropped.</summary>
    public void Integer(byte[] number)
    {
        int before = Length;
        int start = 0;
        while (start < number.Length - 1 && number[start] == 0)
            start++;

        _position -= number.Length - start;
        Array.Copy(number, start, _buffer, _position, number.Length - start);
        if ((_buffer[_position] & 0x80) != 0) _buffer[--_position] = 0;

        Header(IntegerTag, Length - before);
    }

    /// <summary>Puts a tag and a length before what was written.</summary>
    public void Header(byte tag, int length)
    {
        int rest = length;
        int count = 0;
        if (length >= 0x80)
        {
            for (; rest > 0; rest >>= 8)
            {
                _buffer[--_position] = (byte)rest;
                count++;
            }
        }

        _buffer[--_position] = (byte)(count == 0 ? length : 0x80 | count);
        _buffer[--_position] = tag;
    }

    /// <summary>What was written; the buffer is cleared.</summary>
    public byte[] Finish()
    {
        var octets = new byte[Length];
        Array.Copy(_buffer, _position, octets, 0, octets.Length);
        Array.Clear(_buffer, 0, _buffer.Length);
        return octets;
    }
}
