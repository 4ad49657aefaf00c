namespace MailDns.Dns;

/// <summary>Puts numbers and texts one after the other into an array that grows; used again for the next.</summary>
internal sealed class OctetWriter
{
    private byte[] _octets = new byte[512];

    public byte[] Octets => _octets;

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        Grow(1);
        _octets[Length++] = value;
    }

    /// <summary>Seven bits an octet, the lowest first.</summary>
    public void Number(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    /// <summary>Their number, then the octets.</summary>
    public void Bytes(byte[] octets)
    {
        Number((uint)octets.Length);
        Grow(octets.Length);
        Buffer.BlockCopy(octets, 0, _octets, Length, octets.Length);
        Length += octets.Length;
    }

    /// <summary>Its length and whether a character needs two octets, then its characters.</summary>
    public void Text(string text)
    {
        bool isWide = IsWide(text);
        Number(((uint)text.Length << 1) | (isWide ? 1u : 0u));
        Grow(isWide ? 2 * text.Length : text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            _octets[Length++] = (byte)text[i];
            if (isWide)
            {
                _octets[Length++] = (byte)(text[i] >> 8);
            }
        }
    }

    private static bool IsWide(string text)
    {
        foreach (char c in text)
        {
            if (c > byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }

    private void Grow(int more)
    {
        if (Length + more > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(2 * _octets.Length, Length + more));
        }
    }
}
