using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>A domain that sends nothing: nobody may send as it (M3AAWG Protecting Parked Domains).</summary>
internal static class ParkedRules
{
    /// <summary>Judges SPF and DMARC of the domain.</summary>
    public static void Apply(DomainName domain, ParkedDomain parked, SpfStatus spf, DmarcStatus dmarc, CheckSheet sheet)
    {
        if (!parked.IsParked)
        {
            sheet.CompleteNotApplicable(new[] { SpfChecks.Parked, DmarcChecks.ParkedWeak }, "The domain is not known to be parked.");
            return;
        }

        ApplySpf(domain, spf, sheet);
        ApplyDmarc(domain, dmarc, sheet);
    }

    private static void ApplySpf(DomainName domain, SpfStatus spf, CheckSheet sheet)
    {
        CheckResult? failed = spf.Results.FirstOrDefault(result => result is { Id: "SPF-MISSING", Status: CheckStatus.Unknown });
        if (failed is not null)
        {
            sheet.Unknown(SpfChecks.Parked, failed.Message, cause: failed.Cause);
        }
        else if (spf.Records.Length == 1 && spf.Record is { } text && ParkedDomain.DeniesAll(text))
        {
            sheet.Pass(SpfChecks.Parked);
        }
        else
        {
            string found = spf.Records.Length == 0 ? "has no SPF record"
                : spf.Records.Length > 1 ? "has " + spf.Records.Length + " SPF records"
                : "has an SPF record that authorises senders, or leaves them open: " + "\"" + spf.Record + "\"";
            sheet.Report(
                SpfChecks.Parked.With(domain, found),
                ParkedDomainRecordBuilder.SpfText,
                spf.Record,
                recommendation: null,
                ParkedDomainRecordBuilder.Spf(domain, domain, TimeSpan.FromHours(1)));
        }
    }

    private static void ApplyDmarc(DomainName domain, DmarcStatus dmarc, CheckSheet sheet)
    {
        CheckDefinition check = DmarcChecks.ParkedWeak;

        // What holds for names below a domain is said at the Organizational Domain alone (RFC 9989 section 4.10.1).
        DmarcPolicy?[] policies = IsOrganizational(domain, dmarc)
            ? new[] { dmarc.EffectivePolicy, dmarc.SubdomainPolicy, dmarc.NonexistentSubdomainPolicy }
            : new[] { dmarc.EffectivePolicy };
        if (dmarc.Outcome == DmarcOutcome.Unknown)
        {
            sheet.Unknown(check, "A failed lookup leaves open which DMARC record applies.", cause: FailedLookups.CauseOf(dmarc.Results));
        }
        else if (policies.All(policy => policy == DmarcPolicy.Reject))
        {
            sheet.Pass(check);
        }
        else
        {
            TxtRecord fix = Fix(domain, dmarc);
            sheet.Report(check.With(domain, Describe(dmarc)), fix.Text, dmarc.Record, recommendation: null, fix);
        }
    }

    private static bool IsOrganizational(DomainName domain, DmarcStatus dmarc) => dmarc.OrganizationalDomain is null || dmarc.OrganizationalDomain == domain.Text;

    private static string Describe(DmarcStatus dmarc)
    {
        if (dmarc.Outcome != DmarcOutcome.Found || dmarc.EffectivePolicy is not { } policy) return "no record applies";

        string text = policy == DmarcPolicy.Reject ? string.Empty : Write(policy) + " for the domain, ";
        return text + Write(dmarc.SubdomainPolicy) + " for its subdomains, " + Write(dmarc.NonexistentSubdomainPolicy) + " for names that do not exist"
            + (dmarc.Testing ? " (t=y)" : string.Empty);
    }

    private static string Write(DmarcPolicy? policy) => policy is { } known ? DmarcTags.Write(known) : "nothing";

    // The domain's own record keeps its reports; those of a record above it are its owner's.
    private static TxtRecord Fix(DomainName domain, DmarcStatus dmarc)
    {
        IReadOnlyList<string> reports = dmarc.ParsedRecord is { } record && dmarc.RecordDomain == domain.Text
            ? record.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri).ToArray()
            : Array.Empty<string>();
        return ParkedDomainRecordBuilder.Dmarc(domain, domain, IsOrganizational(domain, dmarc), reports, TimeSpan.FromHours(1));
    }
}
