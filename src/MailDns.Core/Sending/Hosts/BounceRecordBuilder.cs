namespace MailDns.Sending;

/// <summary>
/// Makes the alias of a bounce host. RFC 5321 section 2.3.5 allows a MAIL FROM domain that is an alias whose target has MX or
/// address records; SPF and MX of the host are then the target's.
/// </summary>
internal static class BounceRecordBuilder
{
    /// <summary>The host where none is named.</summary>
    public const string DefaultHost = "bounce";

    /// <exception cref="DomainNameException">The host is the domain itself or outside it, or a name is none.</exception>
    public static CnameRecord Build(DomainName domain, DomainName zone, string host, string target, TimeSpan timeToLive) =>
        new(HostNames.ResolveBelow(host, domain), zone, DomainName.Parse(target), timeToLive, RecordPurpose.Bounce);
}
