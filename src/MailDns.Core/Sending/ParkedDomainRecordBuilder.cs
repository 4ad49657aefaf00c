using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Mx;

namespace MailDns.Sending;

/// <summary>
/// The records of a domain that neither sends nor takes mail (M3AAWG Protecting Parked Domains): nobody may send as it,
/// nothing is delivered to it, and no key signs for it.
/// </summary>
internal static class ParkedDomainRecordBuilder
{
    /// <summary>SPF that authorises nobody (RFC 7208 section 10.1.2).</summary>
    public const string SpfText = "v=spf1 -all";

    /// <summary>A key that is revoked (RFC 6376 section 3.6.1, p).</summary>
    public const string RevokedKey = "v=DKIM1; p=";

    /// <summary>The names of all selectors that have no record of their own (RFC 4592).</summary>
    private const string AnySelector = "*." + DkimSelector.Label;

    /// <summary>The records, in the order SPF, MX, DKIM, DMARC.</summary>
    /// <exception cref="ArgumentException">A report address is none, or every part is left out.</exception>
    /// <exception cref="DomainNameException">A name is too long, or the domain is outside the zone.</exception>
    public static IReadOnlyList<ResourceRecord> Build(DomainName domain, DomainName zone, ParkedDomainRecordOptions options)
    {
        if (options.Exclude.Contains(RecordPurpose.Dmarc) && options.AggregateReportUri.Count > 0)
            throw new ArgumentException("AggregateReportUri is part of the DMARC record, which is left out.");

        ResourceRecord[] records = All(domain, zone, options).Where(record => !options.Exclude.Contains(record.Purpose)).ToArray();
        return records.Length > 0 ? records : throw new ArgumentException("Every part is left out: there is no record to make.");
    }

    /// <summary>SPF that authorises nobody.</summary>
    public static TxtRecord Spf(DomainName domain, DomainName zone, TimeSpan timeToLive) => new(domain, zone, SpfText, timeToLive, RecordPurpose.Spf);

    /// <summary>DMARC that has everything rejected.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="zone">The zone that holds the record.</param>
    /// <param name="isOrganizational">True for an Organizational Domain: only there sp and np count (RFC 9989 section 4.10.1).</param>
    /// <param name="reports">Addresses for reports.</param>
    /// <param name="timeToLive">Time to live.</param>
    /// <exception cref="ArgumentException">A report address is none.</exception>
    public static TxtRecord Dmarc(DomainName domain, DomainName zone, bool isOrganizational, IReadOnlyList<string> reports, TimeSpan timeToLive)
    {
        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = DmarcPolicy.Reject,
            SpellOutPolicies = isOrganizational,
            AggregateReportUri = reports,
            NoReport = reports.Count == 0,
        });
        return DmarcRecordBuilder.CreateWithText(domain, zone, text, timeToLive);
    }

    private static IEnumerable<ResourceRecord> All(DomainName domain, DomainName zone, ParkedDomainRecordOptions options)
    {
        yield return Spf(domain, zone, options.TimeToLive);
        yield return MxRecordBuilder.CreateNull(domain, zone, options.TimeToLive);
        yield return new TxtRecord(domain.Prepend(AnySelector), zone, RevokedKey, options.TimeToLive, RecordPurpose.Dkim);

        // A domain below its zone is hardly an Organizational Domain.
        yield return Dmarc(domain, zone, isOrganizational: domain.Equals(zone), options.AggregateReportUri, options.TimeToLive);
    }
}

/// <summary>What the records of a domain that sends nothing are made of.</summary>
internal sealed class ParkedDomainRecordOptions
{
    /// <summary>Where reports of abuse go (DMARC rua).</summary>
    public IReadOnlyList<string> AggregateReportUri { get; init; } = Array.Empty<string>();

    /// <summary>Parts to leave out: Spf, Mx, Dkim, Dmarc.</summary>
    public IReadOnlyList<RecordPurpose> Exclude { get; init; } = Array.Empty<RecordPurpose>();

    /// <summary>Time to live; default one hour.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(1);
}
