using System.Text;

namespace MailDns.Dns;

/// <summary>Takes out what an <see cref="OctetWriter"/> put in. It reads what this process wrote, and nothing else.</summary>
internal struct OctetReader(byte[] octets, int start)
{
    private readonly byte[] _octets = octets;
    private int _position = start;

    public byte Byte() => _octets[_position++];

    public uint Number()
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte octet = _octets[_position++];
            value |= (uint)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return value;
            }
        }
    }

    public byte[] Bytes()
    {
        var bytes = new byte[Number()];
        Buffer.BlockCopy(_octets, _position, bytes, 0, bytes.Length);
        _position += bytes.Length;
        return bytes;
    }

    public string Text()
    {
        uint header = Number();
        bool isWide = (header & 1) != 0;
        int length = (int)(header >> 1) * (isWide ? 2 : 1);
        string text = isWide ? Encoding.Unicode.GetString(_octets, _position, length) : CharacterStrings.FromOctets(_octets, _position, length);
        _position += length;
        return text;
    }

    /// <summary>Goes past a text where it is that one; makes no string.</summary>
    public bool TrySkip(string expected)
    {
        int start = _position;
        uint header = Number();
        int length = (int)(header >> 1);
        if ((header & 1) == 0 && length == expected.Length && IsHere(expected))
        {
            _position += length;
            return true;
        }

        _position = start;
        return false;
    }

    private readonly bool IsHere(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (_octets[_position + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }
}
