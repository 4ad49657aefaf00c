using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>One way to a DMARC pass: SPF, or one DKIM signature.</summary>
internal sealed class AlignmentPath
{
    public AlignmentPath(DomainName? domain, bool? aligned, bool? authenticates, string reason, string? assumption = null)
    {
        Domain = domain;
        Aligned = aligned;
        Authenticates = authenticates;
        Reason = reason;
        Assumption = assumption;
    }

    /// <summary>The Authenticated Identifier; null where there is none.</summary>
    public DomainName? Domain { get; }

    /// <summary>Whether the identifier aligns with the From domain; null where a failed lookup leaves it open.</summary>
    public bool? Aligned { get; }

    /// <summary>Whether the mechanism itself passes, as far as DNS tells; null where a failed lookup leaves it open.</summary>
    public bool? Authenticates { get; }

    /// <summary>Why, in one sentence or two.</summary>
    public string Reason { get; }

    /// <summary>What is taken for granted; null where nothing is.</summary>
    public string? Assumption { get; }

    /// <summary>Whether this gives an aligned pass.</summary>
    public bool? Passes => Aligned == false || Authenticates == false ? false : Aligned is null || Authenticates is null ? null : true;
}
