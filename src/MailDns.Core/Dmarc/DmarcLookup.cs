namespace MailDns.Dmarc;

/// <summary>What stands at _dmarc of one domain (RFC 9989 section 4.10, steps 1 and 2).</summary>
internal sealed class DmarcLookup
{
    public DmarcLookup(DomainName domain, DnsResponse? response)
    {
        Domain = domain;
        Response = response;
        Texts = response?.Texts ?? Array.Empty<string>();
        Candidates = Texts.Where(DmarcParser.IsDmarc).ToArray();
        Record = Candidates.Count == 1 ? DmarcParser.Read(Candidates[0]) : null;
    }

    /// <summary>The domain, without the label _dmarc.</summary>
    public DomainName Domain { get; }

    /// <summary>The answer; null where the name would be longer than DNS allows and cannot exist.</summary>
    public DnsResponse? Response { get; }

    /// <summary>All TXT values there.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Those that begin with v=DMARC1. More than one are all discarded.</summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>The one valid DMARC Policy Record there; null where there is none, or several.</summary>
    public DmarcRecord? Record { get; }

    /// <summary>True when the lookup failed: nothing is known.</summary>
    public bool IsFailure => Response is { IsFailure: true };

    /// <summary>True where a tree walk stops (steps 2 and 6).</summary>
    public bool EndsWalk => Record is { PublicSuffix: DmarcPublicSuffix.Yes or DmarcPublicSuffix.No };
}
