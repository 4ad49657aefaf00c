using System;

namespace MailDns.Spf;

/// <summary>Lookups of a record against the limits of RFC 7208 section 4.6.4, for an address that reaches its end.</summary>
internal readonly struct SpfCost : IEquatable<SpfCost>
{
    /// <summary>Terms that cause lookups in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxLookups = 10;

    /// <summary>Lookups without an answer in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxVoids = 2;

    public SpfCost(int lookups, int voidsIPv4, int voidsIPv6, bool isOpen)
    {
        Lookups = lookups;
        VoidsIPv4 = voidsIPv4;
        VoidsIPv6 = voidsIPv6;
        IsOpen = isOpen;
    }

    public int Lookups { get; }

    /// <summary>Void lookups of a client with an IPv4 address (A is asked, not AAAA).</summary>
    public int VoidsIPv4 { get; }

    /// <summary>Void lookups of a client with an IPv6 address.</summary>
    public int VoidsIPv6 { get; }

    /// <summary>True when a term's cost depends on the message, so that these are the least numbers.</summary>
    public bool IsOpen { get; }

    public int Voids => Math.Max(VoidsIPv4, VoidsIPv6);

    /// <summary>False when some address may meet a limit, which turns its verdict into permerror.</summary>
    public bool IsWithinLimits => Lookups <= MaxLookups && Voids <= MaxVoids;

    public static SpfCost operator +(SpfCost left, SpfCost right) => new(
        Sum(left.Lookups, right.Lookups),
        Sum(left.VoidsIPv4, right.VoidsIPv4),
        Sum(left.VoidsIPv6, right.VoidsIPv6),
        left.IsOpen || right.IsOpen);

    public static SpfCost OfLookup(bool isOpen = false) => new(1, 0, 0, isOpen);

    public bool Equals(SpfCost other) =>
        Lookups == other.Lookups && VoidsIPv4 == other.VoidsIPv4 && VoidsIPv6 == other.VoidsIPv6 && IsOpen == other.IsOpen;

    public override bool Equals(object? obj) => obj is SpfCost other && Equals(other);

    public override int GetHashCode() => (Lookups * 31) + Voids;

    // A tree that includes one domain many times over grows beyond any number; the limits are far below.
    private static int Sum(int left, int right) => Math.Min(left + right, 1_000_000);
}
