namespace MailDns.Sending;

/// <summary>Makes the alias of a tracking host.</summary>
internal static class TrackingRecordBuilder
{
    /// <summary>The host where none is named.</summary>
    public const string DefaultHost = "trk";

    /// <exception cref="DomainNameException">The host is the domain itself or outside it, or a name is none.</exception>
    public static CnameRecord Build(DomainName domain, DomainName zone, string host, string target, TimeSpan timeToLive) =>
        new(HostNames.ResolveBelow(host, domain), zone, DomainName.Parse(target), timeToLive, RecordPurpose.Tracking);
}
