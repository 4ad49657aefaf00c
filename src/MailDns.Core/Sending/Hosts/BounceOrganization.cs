using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>Whether the From domain and the bounce host have one Organizational Domain (RFC 9989 section 4.10.2), by the DNS tree walk.</summary>
internal sealed class BounceOrganization
{
    private BounceOrganization(bool? same, string detail, bool hasPolicy)
    {
        IsSame = same;
        Detail = detail;
        HasPolicy = hasPolicy;
    }

    /// <summary>Null where a failed lookup leaves it open.</summary>
    public bool? IsSame { get; }

    /// <summary>The facts in one line: both domains, or the lookup that failed.</summary>
    public string Detail { get; }

    /// <summary>False where no DMARC record applies to the From domain: then nothing has to align.</summary>
    public bool HasPolicy { get; }

    /// <summary>Walks from both names.</summary>
    public static async Task<BounceOrganization> ReadAsync(DomainName domain, DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var walker = new DmarcTreeWalker(resolver);
        DmarcTreeWalk from = await walker.WalkAsync(domain, cancellationToken).ConfigureAwait(false);
        DmarcTreeWalk bounce = await walker.WalkAsync(host, cancellationToken).ConfigureAwait(false);
        return Of(from, bounce);
    }

    /// <summary>From walks that were made already.</summary>
    public static BounceOrganization Of(DmarcTreeWalk from, DmarcTreeWalk bounce)
    {
        bool hasPolicy = from.Failure is not null || from.Lookups.Any(lookup => lookup.Record is not null);
        bool? same = DmarcTreeWalk.HaveSameOrganizationalDomain(from, bounce);
        DnsResponse? failure = (from.Failure ?? bounce.Failure)?.Response;
        string detail = same is null && failure is not null
            ? failure.FailureText
            : bounce.Start + " has the Organizational Domain " + (bounce.OrganizationalDomain ?? bounce.Start) + ", the From domain has " + (from.OrganizationalDomain ?? from.Start) + ".";
        return new BounceOrganization(same, detail, hasPolicy);
    }
}
