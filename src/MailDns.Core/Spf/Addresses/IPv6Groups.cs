namespace MailDns.Spf;

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
