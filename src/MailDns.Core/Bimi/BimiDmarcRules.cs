using MailDns.Dmarc;

namespace MailDns.Bimi;

/// <summary>Whether DMARC lets BIMI run: enforced at the Author Domain and at the Organizational Domain (BIMI draft section 8.1).</summary>
internal static class BimiDmarcRules
{
    /// <summary>Judges both; the organization's status is null where it is the domain itself.</summary>
    public static void Apply(DmarcStatus author, DmarcStatus? organization, CheckSheet sheet)
    {
        if (author.Outcome == DmarcOutcome.Unknown || organization?.Outcome == DmarcOutcome.Unknown)
        {
            DmarcStatus unread = author.Outcome == DmarcOutcome.Unknown ? author : organization!;
            sheet.CompleteUnknown(BimiChecks.Dmarc, "The DMARC policy of " + unread.Domain + " could not be read.", FailedLookups.CauseOf(unread.Results));
            return;
        }

        if (author.EffectivePolicy is null or DmarcPolicy.None)
        {
            sheet.Report(
                BimiChecks.DmarcNone.Saying(author.EffectivePolicy is null
                    ? author.Domain + " has no DMARC policy: no logo is shown."
                    : "DMARC of " + author.Domain + " is p=none in effect: no logo is shown."),
                expected: "quarantine or reject",
                actual: author.EffectivePolicy is { } policy ? DmarcTags.Write(policy) : null);
        }

        DmarcStatus top = organization ?? author;
        if (organization is not null && organization.EffectivePolicy is null or DmarcPolicy.None)
            sheet.Report(BimiChecks.DmarcOrganization.With(top.Domain));

        ApplyTags(author.ParsedRecord ?? top.ParsedRecord, top.ParsedRecord, sheet);
        sheet.CompletePass(BimiChecks.Dmarc);
    }

    private static void ApplyTags(DmarcRecord? record, DmarcRecord? top, CheckSheet sheet)
    {
        DmarcRecord[] records = new[] { record, top }.OfType<DmarcRecord>().ToArray();
        if (Array.Exists(records, item => item.SubdomainPolicy == DmarcPolicy.None))
            sheet.Report(BimiChecks.DmarcSubdomainNone);

        DmarcRecord? partial = Array.Find(records, item => item.Policy == DmarcPolicy.Quarantine && item.FindTag(DmarcTags.Percentage) is { } tag && tag.Value.Trim() != "100");
        if (partial?.FindTag(DmarcTags.Percentage) is { } pct)
            sheet.Report(BimiChecks.DmarcPercentage.With(Text.PrintableText.Escape(pct.Value)));

        if (Array.Exists(records, item => item.Testing)) sheet.Report(BimiChecks.DmarcTesting);
    }
}
