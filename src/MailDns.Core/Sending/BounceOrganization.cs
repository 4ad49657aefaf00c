using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>The Organizational Domains (RFC 9989 section 4.10.2) of the From domain and of the bounce host, as the DNS tree walk found them.</summary>
internal sealed class BounceOrganization
{
    private BounceOrganization(DomainName? from, DomainName? bounce, string? failure)
    {
        From = from;
        Bounce = bounce;
        Failure = failure;
    }

    public DomainName? From { get; }

    public DomainName? Bounce { get; }

    /// <summary>Why they are not known: the lookup that failed, in words.</summary>
    public string? Failure { get; }

    public static BounceOrganization Of(DomainName from, DomainName bounce) => new(from, bounce, failure: null);

    public static BounceOrganization Unknown(string failure) => new(from: null, bounce: null, failure);
}
