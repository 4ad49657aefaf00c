namespace MailDns.Dmarc;

/// <summary>What Get-DmarcStatus may be given beyond the domain.</summary>
internal sealed class DmarcStatusOptions
{
    /// <summary>The defaults: RFC 9989 alone.</summary>
    public static DmarcStatusOptions Default { get; } = new();

    /// <summary>Also take the view of RFC 7489 by this list; null for none.</summary>
    public PublicSuffixList? Suffixes { get; init; }

    /// <summary>True for a domain that sends nothing: nobody there writes to mailing lists.</summary>
    public bool IsParked { get; init; }
}
