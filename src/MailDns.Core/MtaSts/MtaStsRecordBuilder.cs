namespace MailDns.MtaSts;

/// <summary>Makes MTA-STS records (RFC 8461 section 3.1).</summary>
internal static class MtaStsRecordBuilder
{
    /// <summary>The label of the TXT record.</summary>
    public const string Label = "_mta-sts";

    /// <summary>The label of the host that serves the policy (RFC 8461 section 3.2).</summary>
    public const string HostLabel = "mta-sts";

    /// <summary>The TXT record at _mta-sts.<paramref name="domain"/>.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 32 letters and digits.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, string id, TimeSpan timeToLive) =>
        MtaStsParser.IsId(id)
            ? new TxtRecord(domain.Prepend(Label), zone, "v=STSv1; id=" + id, timeToLive, RecordPurpose.MtaSts)
            : throw new ArgumentException("The id " + PrintableText.Quote(id) + " is not 1 to 32 letters and digits (RFC 8461 section 3.1).", nameof(id));

    /// <summary>An id made of a moment, as RFC 8461 shows it: the year first, so that a later one is seen to be later.</summary>
    public static string IdOf(DateTime universalTime) =>
        universalTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where the policy is served (RFC 8461 section 3.3).</summary>
    public static Uri PolicyUri(DomainName domain) =>
        new("https://" + domain.Prepend(HostLabel).Text + "/.well-known/mta-sts.txt", UriKind.Absolute);
}
