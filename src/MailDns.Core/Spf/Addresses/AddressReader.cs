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
