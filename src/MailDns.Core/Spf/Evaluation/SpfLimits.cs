namespace MailDns.Spf;

/// <summary>The processing limits of RFC 7208 section 4.6.4. The time limit is a deadline that the caller gives.</summary>
internal sealed class SpfLimits
{
    /// <summary>The limits of the standard.</summary>
    public static SpfLimits Default { get; } = new();

    /// <summary>Most terms that cause lookups: include, a, mx, ptr, exists, redirect.</summary>
    public int LookupTerms { get; init; } = 10;

    /// <summary>Most lookups without an answer.</summary>
    public int VoidLookups { get; init; } = 2;

    /// <summary>Most exchangers of one mx term; more is a permerror.</summary>
    public int MxNames { get; init; } = 10;

    /// <summary>Most names of a reverse mapping; those after are ignored.</summary>
    public int PtrNames { get; init; } = 10;
}
