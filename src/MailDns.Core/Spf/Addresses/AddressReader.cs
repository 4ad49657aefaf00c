namespace MailDns.Spf;

/// <summary>
/// Addresses by the letter: ip4-network (RFC 7208 section 5.6, no leading zeros) and the text forms of RFC 4291
/// section 2.2. The libraries' parsers take more than that.
/// </summary>
internal static class AddressReader
{
    /// <summary>Reads "192.0.2.1"; <paramref name="badOffset"/> is where it stops being one.</summary>
    public static bool TryReadIPv4(string text, int start, int end, out AddressBits address, out int badOffset)
    {
        address = default;
        badOffset = start;
        uint value = 0;
        for (int part = 0; part < 4; part++)
        {
            if (part > 0)
            {
                if (badOffset >= end || text[badOffset] != '.') return false;

                badOffset++;
            }

            if (!TryReadOctet(text, end, ref badOffset, out uint octet)) return false;

            value = (value << 8) | octet;
        }

        address = AddressBits.IPv4(value);
        return badOffset == end;
    }

    /// <summary>Reads "2001:db8::1", also with a trailing IPv4 part; <paramref name="badOffset"/> is where it stops being one.</summary>
    public static bool TryReadIPv6(string text, int start, int end, out AddressBits address, out int badOffset)
    {
        address = default;
        badOffset = start;
        var groups = default(IPv6Groups);
        int position = start;
        if (end - start >= 2 && text[start] == ':' && text[start + 1] == ':')
        {
            groups.MarkGap();
            position += 2;
        }

        while (position < end)
        {
            badOffset = position;
            int groupEnd = position;
            while (groupEnd < end && text[groupEnd] != ':' && groupEnd - position <= 15)
                groupEnd++;

            if (!TryAddGroup(text, position, groupEnd, isLast: groupEnd == end, ref groups, ref badOffset))
                return false;

            position = groupEnd;
            if (position == end) break;

            badOffset = position;
            if (!TryReadSeparator(text, end, ref position, ref groups)) return false;
        }

        badOffset = end;
        return groups.TryFinish(out address);
    }

    private static bool TryReadSeparator(string text, int end, ref int position, ref IPv6Groups groups)
    {
        if (text[position] != ':') return false;

        position++;
        if (position == end) return false;

        if (text[position] == ':')
        {
            position++;
            return groups.MarkGap();
        }

        return true;
    }

    private static bool TryAddGroup(string text, int start, int end, bool isLast, ref IPv6Groups groups, ref int badOffset)
    {
        if (isLast && text.IndexOf('.', start, end - start) >= 0)
        {
            return TryReadIPv4(text, start, end, out AddressBits tail, out badOffset)
                && groups.Add((int)(tail.Low >> 16))
                && groups.Add((int)(tail.Low & 0xFFFF));
        }

        int value = 0;
        for (int i = start; i < end; i++)
        {
            int digit = HexDigit(text[i]);
            if (digit < 0 || i - start >= 4)
            {
                badOffset = i;
                return false;
            }

            value = (value << 4) | digit;
        }

        return end > start && groups.Add(value);
    }

    private static int HexDigit(char c)
    {
        if (c >= '0' && c <= '9') return c - '0';

        int lower = c | 0x20;
        return c <= 'f' && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static bool TryReadOctet(string text, int end, ref int position, out uint value)
    {
        int start = position;
        value = 0;
        while (position < end && text[position] >= '0' && text[position] <= '9' && position - start < 3)
        {
            value = (value * 10) + (uint)(text[position] - '0');
            position++;
        }

        bool leadingZero = position - start > 1 && text[start] == '0';
        if (position > start && !leadingZero && value <= 255) return true;

        position = start;
        return false;
    }
}

/// <summary>The groups of an IPv6 address while it is read; "::" is a gap of at least one group (RFC 4291 section 2.2).</summary>
internal struct IPv6Groups
{
    private ulong _high;
    private ulong _low;
    private int _count;
    private int _gap;
    private bool _hasGap;

    /// <summary>Appends a group; false when there are more than eight.</summary>
    public bool Add(int value)
    {
        if (_count == 8) return false;

        _high = (_high << 16) | (_low >> 48);
        _low = (_low << 16) | (uint)value;
        _count++;
        return true;
    }

    /// <summary>A "::" here; false for a second one.</summary>
    public bool MarkGap()
    {
        if (_hasGap) return false;

        _hasGap = true;
        _gap = _count;
        return true;
    }

    /// <summary>The address, when the groups and the gap make up eight.</summary>
    public readonly bool TryFinish(out AddressBits address)
    {
        address = AddressBits.IPv6(_high, _low);
        if (!_hasGap) return _count == 8;
        if (_count == 8) return false;

        // The groups after the gap stand at the right end already; those before it move to the left end.
        int after = 16 * (_count - _gap);
        ulong lowMask = after >= 64 ? ulong.MaxValue : (1UL << after) - 1;
        ulong highMask = after <= 64 ? 0 : (1UL << (after - 64)) - 1;
        ulong headHigh = _high & ~highMask;
        ulong headLow = _low & ~lowMask;
        ShiftLeft(ref headHigh, ref headLow, 128 - (16 * _count));
        address = AddressBits.IPv6(headHigh | (_high & highMask), headLow | (_low & lowMask));
        return true;
    }

    private static void ShiftLeft(ref ulong high, ref ulong low, int bits)
    {
        if (bits >= 64)
        {
            high = bits == 128 ? 0 : low << (bits - 64);
            low = 0;
        }
        else if (bits > 0)
        {
            high = (high << bits) | (low >> (64 - bits));
            low <<= bits;
        }
    }
}

/// <summary>The dotted forms of an address (RFC 7208 section 7.3, RFC 1035 section 3.5, RFC 3596 section 2.5).</summary>
internal static class ReverseName
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>"192.0.2.1", or the 32 nibbles of an IPv6 address with dots between, the first nibble first.</summary>
    public static string Dotted(AddressBits address)
    {
        if (!address.IsIPv6) return address.ToString();

        var text = new char[63];
        for (int i = 0; i < 32; i++)
        {
            ulong half = i < 16 ? address.High : address.Low;
            text[2 * i] = HexDigits[(int)((half >> (60 - (4 * (i & 15)))) & 0xF)];
            if (i < 31) text[(2 * i) + 1] = '.';
        }

        return new string(text);
    }

    /// <summary>The name of the address in in-addr.arpa or ip6.arpa.</summary>
    public static DomainName Of(AddressBits address)
    {
        string[] parts = Dotted(address).Split('.');
        System.Array.Reverse(parts);
        return DomainName.FromDns(string.Join(".", parts) + (address.IsIPv6 ? ".ip6.arpa" : ".in-addr.arpa"));
    }
}
