using System;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Dmarc;

/// <summary>
/// Consent of a report receiver to reports about another domain (RFC 9990 section 4): a TXT record at
/// <c>&lt;policy domain&gt;._report._dmarc.&lt;destination host&gt;</c>.
/// </summary>
internal static class DmarcReportAuthorization
{
    /// <summary>The text that consents and redirects nothing.</summary>
    public const string Text = "v=DMARC1;";

    private const string Labels = "._report._dmarc";

    /// <summary>The name that a reporter asks for; null where it would be too long, and no consent is possible (step 4).</summary>
    public static DomainName? NameFor(DomainName policyDomain, DomainName destination) =>
        destination.TryPrepend(policyDomain.Text + Labels, out DomainName? name) ? name : null;

    /// <summary>The name at which a receiver consents to reports about every domain.</summary>
    public static DomainName? WildcardFor(DomainName destination) =>
        destination.TryPrepend("*" + Labels, out DomainName? name) ? name : null;

    /// <summary>The record, to be published in the zone of the destination.</summary>
    /// <exception cref="ArgumentException">The name would be too long.</exception>
    public static TxtRecord Create(DomainName policyDomain, DomainName destination, DomainName zone, TimeSpan timeToLive)
    {
        DomainName? name = NameFor(policyDomain, destination);
        return name is null
            ? throw new ArgumentException(
                "The name " + PrintableText.Quote(policyDomain.Text + Labels + "." + destination.Text) + " is longer than 253 octets, so reports about the domain cannot go there (RFC 9990 section 4, step 4).",
                nameof(policyDomain))
            : new TxtRecord(name, zone, Text, timeToLive, RecordPurpose.DmarcReportAuthorization);
    }
}
