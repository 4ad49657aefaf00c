namespace MailDns.Mx;

/// <summary>What is known of a domain beside its MX.</summary>
internal sealed class MxReadOptions
{
    /// <summary>Nothing is known.</summary>
    public static MxReadOptions Default { get; } = new();

    /// <summary>Why the domain is known to send mail, as the end of a sentence; null where that is not known.</summary>
    public string? SendsBecause { get; init; }

    /// <summary>True for a domain that sends no mail: without MX it takes none either.</summary>
    public bool IsParked { get; init; }
}
