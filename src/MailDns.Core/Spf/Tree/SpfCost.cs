namespace MailDns.Spf;

/// <summary>Lookups of a record against the limits of RFC 7208 section 4.6.4, for an address that reaches its end.</summary>
internal readonly struct SpfCost : IEquatable<SpfCost>
{
    /// <summary>Terms that cause lookups in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxLookups = 10;

    /// <summary>Lookups without an answer in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxVoids = 2;

    private SpfCost(int lookups, int voidsIPv4, int voidsIPv6, int possibleVoids, bool isOpen)
    {
        Lookups = lookups;
        VoidsIPv4 = voidsIPv4;
        VoidsIPv6 = voidsIPv6;
        PossibleVoids = possibleVoids;
        IsOpen = isOpen;
    }

    public int Lookups { get; }

    /// <summary>Void lookups of a client with an IPv4 address (A is asked, not AAAA).</summary>
    public int VoidsIPv4 { get; }

    /// <summary>Void lookups of a client with an IPv6 address.</summary>
    public int VoidsIPv6 { get; }

    /// <summary>Lookups that are void for some messages: those of names with macros, exists and ptr.</summary>
    public int PossibleVoids { get; }

    /// <summary>True when the number of lookups depends on the message (an include or redirect with macros): it is the least.</summary>
    public bool IsOpen { get; }

    public int Voids => Math.Max(VoidsIPv4, VoidsIPv6);

    /// <summary>False when some address meets a limit, which turns its verdict into permerror.</summary>
    public bool IsWithinLimits => Lookups <= MaxLookups && Voids <= MaxVoids;

    /// <summary>The limit that is passed, in words: "11 lookups of 10".</summary>
    public string Excess => Lookups > MaxLookups
        ? Lookups + " lookups of " + MaxLookups
        : Voids + " void lookups of " + MaxVoids;

    public static SpfCost operator +(SpfCost left, SpfCost right) => new(
        Sum(left.Lookups, right.Lookups),
        Sum(left.VoidsIPv4, right.VoidsIPv4),
        Sum(left.VoidsIPv6, right.VoidsIPv6),
        Sum(left.PossibleVoids, right.PossibleVoids),
        left.IsOpen || right.IsOpen);

    /// <summary>One term that looks up, with its void lookups.</summary>
    public static SpfCost OfTerm(int voidsIPv4 = 0, int voidsIPv6 = 0) => new(1, voidsIPv4, voidsIPv6, 0, isOpen: false);

    /// <summary>One term whose answer depends on the message; <paramref name="isOpen"/> when its cost does too.</summary>
    public static SpfCost OfOpaqueTerm(bool isOpen) => new(1, 0, 0, 1, isOpen);

    public bool Equals(SpfCost other) =>
        Lookups == other.Lookups && VoidsIPv4 == other.VoidsIPv4 && VoidsIPv6 == other.VoidsIPv6
        && PossibleVoids == other.PossibleVoids && IsOpen == other.IsOpen;

    public override bool Equals(object? obj) => obj is SpfCost other && Equals(other);

    public override int GetHashCode() => (Lookups * 31) + Voids;

    // A tree that includes one domain many times over grows beyond any number; the limits are far below.
    private static int Sum(int left, int right) => Math.Min(left + right, 1_000_000);
}
