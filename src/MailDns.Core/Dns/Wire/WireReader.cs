namespace MailDns.Dns;

/// <summary>
/// Reads one message, or a part of it, from its start to its end (RFC 1035 section 4.1). Nothing is read outside it, no name leads in a
/// circle, and what cannot be read is false, never an exception.
/// </summary>
/// <param name="octets">The array that holds the message.</param>
/// <param name="start">Where the message begins: pointers of names count from here.</param>
/// <param name="end">Where it ends.</param>
internal struct WireReader(byte[] octets, int start, int end)
{
    /// <summary>Most octets of a name (RFC 1035 section 2.3.4).</summary>
    public const int MaxNameLength = 255;

    /// <summary>A name of 255 octets has at most 127 labels, and no pointer need follow a pointer.</summary>
    private const int MaxPointers = 127;

    [ThreadStatic]
    private static char[]? s_name;

    private readonly byte[] _octets = octets;
    private readonly int _start = start;
    private readonly int _end = end;
    private int _at = start;

    public WireReader(byte[] octets)
        : this(octets, 0, octets.Length)
    {
    }

    /// <summary>Octets from the start of the message.</summary>
    public int Position
    {
        readonly get => _at - _start;
        set => _at = _start + value;
    }

    public readonly int Left => _end - _at;

    /// <summary>The next octets alone, in a message that is still the whole one: names may point back.</summary>
    public readonly WireReader Part(int length) => new(_octets, _start, _at + length) { Position = Position };

    public bool TrySkip(int count)
    {
        if (count < 0 || Left < count) return false;

        _at += count;
        return true;
    }

    public bool TryReadUInt8(out byte value)
    {
        value = Left > 0 ? _octets[_at] : (byte)0;
        return TrySkip(1);
    }

    public bool TryReadUInt16(out ushort value)
    {
        value = Left >= 2 ? (ushort)((_octets[_at] << 8) | _octets[_at + 1]) : (ushort)0;
        return TrySkip(2);
    }

    public bool TryReadUInt32(out uint value)
    {
        value = Left >= 4 ? ((uint)_octets[_at] << 24) | ((uint)_octets[_at + 1] << 16) | ((uint)_octets[_at + 2] << 8) | _octets[_at + 3] : 0;
        return TrySkip(4);
    }

    public bool TryReadOctets(int count, out byte[] value)
    {
        value = Array.Empty<byte>();
        if (count < 0 || Left < count) return false;

        if (count > 0)
        {
            value = new byte[count];
            Buffer.BlockCopy(_octets, _at, value, 0, count);
        }

        _at += count;
        return true;
    }

    /// <summary>Octets as DNS text, one octet one character.</summary>
    public bool TryReadText(int count, out string value)
    {
        value = count >= 0 && Left >= count ? CharacterStrings.FromOctets(_octets, _at, count) : string.Empty;
        return TrySkip(count);
    }

    /// <summary>A character-string: its length in one octet, then its octets (RFC 1035 section 3.3).</summary>
    public bool TryReadString(out string value)
    {
        value = string.Empty;
        return TryReadUInt8(out byte length) && TryReadText(length, out value);
    }

    /// <summary>Goes past a name, not compressed and in lower case, where it is next; false, and goes nowhere, where it is not. Makes no string.</summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public bool TrySkipName(DomainName expected)
    {
        string text = expected.Text;
        if (expected.IsRoot || Left < text.Length + 2)
            return expected.IsRoot && Left > 0 && _octets[_at] == 0 && TrySkip(1);

        int left = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            byte octet = _octets[_at + i];
            if (left == 0)
            {
                // Where the text has a dot, or before it begins, stands a length.
                if (i > 0 && text[i - 1] != '.') return false;

                left = octet;
                continue;
            }

            left--;
            char c = text[i - 1];
            if ((c == DomainName.DotInLabel ? '.' : c) != octet || c == '.') return false;
        }

        if (left != 0 || _octets[_at + text.Length + 1] != 0) return false;

        _at += text.Length + 2;
        return true;
    }

    /// <summary>True where a name is next that is only a pointer to that place.</summary>
    public readonly bool IsPointerTo(int position) => Left >= 2 && ((_octets[_at] << 8) | _octets[_at + 1]) == (0xC000 | position);

    /// <summary>Passes over a name; false where it runs out of the message or has a label of an unknown kind.</summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public bool TrySkipName()
    {
        int at = _at;
        while (at < _end)
        {
            int length = _octets[at++];
            if (length >= 0xC0)
            {
                at++;
                length = 0;
            }
            else if (length > DomainName.MaxLabelLength)
            {
                return false;
            }

            at += length;
            if (at > _end || at - _at > MaxNameLength + 1) return false;

            if (length == 0)
            {
                _at = at;
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A name, perhaps compressed (RFC 1035 section 4.1.4). A pointer leads to an earlier place than any before it, so there are no
    /// circles; the whole is at most 255 octets.
    /// </summary>
    public bool TryReadName(out DomainName? name)
    {
        name = null;
        char[] text = s_name ??= new char[MaxNameLength];
        int written = 0;
        int at = _at;
        int lowest = at;
        int next = -1;
        int pointers = 0;
        while (at < _end)
        {
            int length = _octets[at++];
            if (length == 0)
            {
                _at = next < 0 ? at : next;
                name = DomainName.FromOctets(text, written);
                return true;
            }

            if (length >= 0xC0)
            {
                if (at == _end || ++pointers > MaxPointers) return false;

                int target = _start + (((length & 0x3F) << 8) | _octets[at++]);
                next = next < 0 ? at : next;
                if (target >= lowest) return false;

                at = lowest = target;
                continue;
            }

            // The text has a dot between labels, which takes the place of the next length.
            if (length > DomainName.MaxLabelLength || at + length > _end || written + length + (written > 0 ? 1 : 0) > DomainName.MaxLength)
                return false;

            if (written > 0) text[written++] = '.';

            for (int i = 0; i < length; i++)
            {
                byte octet = _octets[at + i];
                text[written++] = octet == (byte)'.' ? DomainName.DotInLabel : octet is >= (byte)'A' and <= (byte)'Z' ? (char)(octet | 0x20) : (char)octet;
            }

            at += length;
        }

        return false;
    }
}
