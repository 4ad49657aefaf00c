using System;

namespace MailDns.Diagnostics;

/// <summary>A set of checks of the catalogue: a bit each.</summary>
internal sealed class CheckSet
{
    private const int BitsEach = 64;

    private ulong[] _bits = Array.Empty<ulong>();

    public bool Contains(CheckDefinition check)
    {
        int index = check.Ordinal / BitsEach;
        return index < _bits.Length && (_bits[index] & Bit(check)) != 0;
    }

    public void Add(CheckDefinition check)
    {
        int index = check.Ordinal / BitsEach;
        if (index >= _bits.Length)
        {
            Array.Resize(ref _bits, index + 1);
        }

        _bits[index] |= Bit(check);
    }

    private static ulong Bit(CheckDefinition check) => 1UL << (check.Ordinal % BitsEach);
}
