using System.Security.Cryptography;

namespace MailDns.Resolver.Pooled;

/// <summary>Numbers that nobody can guess, drawn in bulk: one at a time they cost as much as sending a query. For one thread at a time.</summary>
internal sealed class RandomNumbers
{
    private readonly byte[] _octets = new byte[1024];
    private int _next = 1024;

    /// <summary>0 to 65,535.</summary>
    public ushort Next()
    {
        if (_next == _octets.Length)
        {
            RandomNumberGenerator.Fill(_octets);
            _next = 0;
        }

        ushort number = BitConverter.ToUInt16(_octets, _next);

        // What has been used is not found in memory later.
        _octets[_next++] = 0;
        _octets[_next++] = 0;
        return number;
    }

    /// <summary>0 up to, without, a bound, which is small: from 65,536 numbers one of fewer than a hundred is drawn, so the bias is below 1 in 600.</summary>
    public int Next(int bound) => Next() % bound;
}
