namespace MailDns.Dkim;

/// <summary>
/// Reads the few DER structures that a key comes in (ITU-T X.690): definite lengths, one-octet tags. Never throws; every
/// read says whether the octets were there.
/// </summary>
internal sealed class DerReader
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Sequence = 0x30;

    private readonly byte[] _octets;
    private readonly int _end;
    private int _position;

    public DerReader(byte[] octets)
        : this(octets, 0, octets.Length)
    {
    }

    private DerReader(byte[] octets, int start, int end)
    {
        _octets = octets;
        _position = start;
        _end = end;
    }

    public bool IsAtEnd => _position >= _end;

    /// <summary>Octets that are left.</summary>
    public int Remaining => _end - _position;

    /// <summary>The tag of the next element; null at the end.</summary>
    public byte? NextTag => IsAtEnd ? null : _octets[_position];

    /// <summary>
    /// How many octets the outermost element claims, header included; null where there is no readable header. More than
    /// there are means that the key was cut off.
    /// </summary>
    public static int? ClaimedLength(byte[] octets)
    {
        var reader = new DerReader(octets);
        return reader.ReadHeader(out int contentStart, out int contentLength) ? checked(contentStart + contentLength) : null;
    }

    /// <summary>Enters an element of that tag; this reader moves behind it.</summary>
    public bool TryEnter(byte tag, out DerReader content)
    {
        content = this;
        int before = _position;
        if (NextTag == tag && ReadHeader(out int start, out int length) && length <= _end - start)
        {
            content = new DerReader(_octets, start, start + length);
            _position = start + length;
            return true;
        }

        _position = before;
        return false;
    }

    /// <summary>The content octets of an element of that tag.</summary>
    public bool TryRead(byte tag, out byte[] content)
    {
        content = Array.Empty<byte>();
        if (!TryEnter(tag, out DerReader element)) return false;

        content = new byte[element.Remaining];
        Array.Copy(_octets, element._position, content, 0, content.Length);
        return true;
    }

    /// <summary>An element of that tag as it stands, tag and length included.</summary>
    public bool TryReadWhole(byte tag, out byte[] element)
    {
        int start = _position;
        bool found = TryEnter(tag, out _);
        element = new byte[found ? _position - start : 0];
        Array.Copy(_octets, start, element, 0, element.Length);
        return found;
    }

    // Leaves the position at the content. Lengths over three octets (16 MB) belong to no key.
    private bool ReadHeader(out int contentStart, out int contentLength)
    {
        contentStart = 0;
        contentLength = 0;
        if (Remaining < 2) return false;

        int position = _position + 1;
        int first = _octets[position++];
        int length = first;
        if (first >= 0x80)
        {
            int count = first & 0x7F;
            if (count is 0 or > 3 || _end - position < count) return false;

            length = 0;
            for (int i = 0; i < count; i++)
                length = (length << 8) | _octets[position++];
        }

        contentStart = position;
        contentLength = length;
        return true;
    }
}
