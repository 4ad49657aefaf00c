using MailDns.Dmarc;

namespace MailDns.Bimi;

/// <summary>The checks of BIMI: the one place that declares them. A logo that is not shown loses no mail, so DMARC short of enforcement is a warning.</summary>
internal static class BimiChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Bimi);

    public static readonly CheckDefinition Missing = s_rows.Information("BIMI-MISSING", CheckNeeds.Dns, "A BIMI record is published", "No BIMI record was found for {domain} with the selector {selector}: {fault}.", "Optional: publish one when DMARC is enforced and a logo is ready.", "BIMI draft section 8.2");
    public static readonly CheckDefinition Multiple = s_rows.Error("BIMI-MULTIPLE", CheckNeeds.Dns, "One BIMI record only", "{n} BIMI records at {name}: receivers use none.", "Keep one.", "BIMI draft section 8.2");
    public static readonly CheckDefinition Version = s_rows.Error("BIMI-VERSION", CheckNeeds.Text, "The record begins with v=BIMI1", "The version is wrong: {fault} v=BIMI1 must come first, or receivers ignore the record.", "Begin the record with v=BIMI1.", "BIMI draft section 5.3, v");
    public static readonly CheckDefinition Syntax = s_rows.Error("BIMI-SYNTAX", CheckNeeds.Text, "The record is a list of tag=value", "The record is not a list of tag=value: {fault}", "Remove it; receivers repair nothing.", "BIMI draft section 5.3");
    public static readonly CheckDefinition LogoMissing = s_rows.Error("BIMI-L-MISSING", CheckNeeds.Text, "The record names a logo", "The record has no l= tag: {fault}", "Add l= with the https address of the logo.", "BIMI draft section 5.3, l");
    public static readonly CheckDefinition NotHttps = s_rows.Error("BIMI-L-HTTPS", CheckNeeds.Text, "Logo and evidence are https addresses", "l= or a= is not an https URI: {fault}", "Use an https address.", "BIMI draft section 5.3");
    public static readonly CheckDefinition NotSvg = s_rows.Error("BIMI-L-TYPE", CheckNeeds.Text, "The logo is an SVG file", "l= does not end in .svg or .svgz: {fault}", "Publish the logo as SVG Tiny PS.", "BIMI draft section 5.3.2");
    public static readonly CheckDefinition RawComma = s_rows.Error("BIMI-URI-COMMA", CheckNeeds.Text, "Commas in addresses are encoded", "A comma in a URI is not encoded: {fault}", "Write one URI, and %2C for a comma in it.", "BIMI draft section 5.3");
    public static readonly CheckDefinition Declined = s_rows.Information("BIMI-DECLINED", CheckNeeds.Text, "The domain takes part in BIMI", "{owner} declines to take part in BIMI.", "Nothing to do if that is intended.", "BIMI draft section 5.3.1");
    public static readonly CheckDefinition EvidenceMissing = s_rows.Warning("BIMI-A-MISSING", CheckNeeds.Text, "The record names a mark certificate", "{owner} names no mark certificate (a=): only mailbox providers that accept self-asserted logos (Yahoo, AOL, Fastmail) show the logo.", "Get a VMC or CMC for Gmail and Apple Mail.", "Gmail and Apple sender documentation; BIMI Group");
    public static readonly CheckDefinition EvidenceType = s_rows.Warning("BIMI-A-TYPE", CheckNeeds.Text, "The mark certificate is a .pem file", "a={evidenceUri} does not end in .pem.", "Publish the chain as a .pem file.", "draft-fetch-validation-vmc-wchuang section 3.3");
    public static readonly CheckDefinition Avatar = s_rows.Warning("BIMI-AVP", CheckNeeds.Text, "avp is brand or personal", "avp is neither brand nor personal: {fault}", "Use brand or personal, or drop the tag.", "BIMI draft section 5.3, avp");
    public static readonly CheckDefinition LocalParts = s_rows.Warning("BIMI-LPS", CheckNeeds.Text, "lps lists valid prefixes", "lps contains a prefix that is not 1 to 63 letters, digits and hyphens: {fault}", "Correct the prefix.", "BIMI draft sections 5.3 and 5.5");
    public static readonly CheckDefinition UnknownTag = s_rows.Information("BIMI-TAG-UNKNOWN", CheckNeeds.Text, "No unknown tags", "An unknown tag is ignored: {fault}", "Remove it.", "BIMI draft section 5.3");
    public static readonly CheckDefinition SelectorSyntax = s_rows.Warning("BIMI-SELECTOR-SYNTAX", CheckNeeds.Text, "The selector is valid", "The selector {selector} is not valid: {reason}", "Use labels of letters, digits and hyphens.", "BIMI draft section 5.4");
    public static readonly CheckDefinition DmarcNone = s_rows.Warning("BIMI-DMARC-NONE", CheckNeeds.Dns, "DMARC of the domain is enforced", "DMARC is not enforced, so no logo is shown: {fault}", "Raise p to quarantine or reject when the reports are clean.", "BIMI draft section 8.1");
    public static readonly CheckDefinition DmarcOrganization = s_rows.Warning("BIMI-DMARC-ORG", CheckNeeds.Dns, "DMARC of the Organizational Domain is enforced", "DMARC of the Organizational Domain {org} is not enforced, so no logo is shown.", "Raise p at the Organizational Domain.", "BIMI draft section 8.1");
    public static readonly CheckDefinition DmarcSubdomainNone = s_rows.Warning("BIMI-DMARC-SP-NONE", CheckNeeds.Dns, "DMARC has no sp=none", "The DMARC record has sp=none, which blocks BIMI.", "Remove sp=none.", "BIMI draft section 8.1");
    public static readonly CheckDefinition DmarcPercentage = s_rows.Warning("BIMI-DMARC-PCT", CheckNeeds.Dns, "DMARC has no pct below 100", "The DMARC record has pct={value}, which blocks BIMI under p=quarantine.", "Remove pct; RFC 9989 dropped it.", "BIMI draft section 8.1");
    public static readonly CheckDefinition DmarcTesting = s_rows.Warning("BIMI-DMARC-T", CheckNeeds.Dns, "DMARC is not in test mode", "The DMARC record has t=y, which lowers the policy by one level and so may block BIMI.", "Remove t=y when tested.", "RFC 9989 section 4.7, t");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that judge what DMARC has to say.</summary>
    public static IReadOnlyList<CheckDefinition> Dmarc { get; } = All.Where(check => check.Id.StartsWith("BIMI-DMARC-", System.StringComparison.Ordinal)).ToArray();
}

/// <summary>What is wrong in a BIMI record's text.</summary>
internal static class BimiTextRules
{
    // The longer names first: "lps" is no "l".
    private static readonly string[] s_names = { BimiTags.LocalParts, BimiTags.Avatar, BimiTags.Location, BimiTags.Evidence };

    /// <summary>Reports the faults, with the corrected record where one follows from the text.</summary>
    public static void Apply(BimiRecord record, DomainName owner, DomainName domain, CheckSheet sheet)
    {
        ResourceRecord[] fix = Corrected(record) is { } text
            ? new ResourceRecord[] { new TxtRecord(owner, domain, text, System.TimeSpan.FromHours(1), RecordPurpose.Bimi) }
            : System.Array.Empty<ResourceRecord>();
        foreach (IGrouping<CheckDefinition, TextFault> group in record.Faults.GroupBy(fault => fault.Check))
        {
            sheet.Report(
                group.Key.Saying(string.Join(" ", group.Select(fault => fault.Message))),
                actual: record.Text,
                fix: fix);
        }

        if (record.IsDeclination)
            sheet.Report(BimiChecks.Declined.With(owner));
        else if (string.IsNullOrEmpty(record.EvidenceUri))
            sheet.Report(BimiChecks.EvidenceMissing.With(owner));
        else if (BimiUri.Problem(record.EvidenceUri!) is null && !BimiUri.IsPem(record.EvidenceUri!))
            sheet.Report(BimiChecks.EvidenceType.With(record.EvidenceUri));
    }

    // What a person meant: exact version first, each tag once, commas of a URI encoded. Null where the text holds anything
    // else, two values of one tag, or a list of URIs, which BIMI no longer has.
    private static string? Corrected(BimiRecord record)
    {
        if (record.Faults.Count == 0 || PastedFields.Read(record.RawText, BimiParser.VersionPattern, s_names) is not { } fields)
            return null;

        var parts = new List<string> { "v=BIMI1" };
        var seen = new Dictionary<string, string>(System.StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> field in fields.Where(field => !PastedFields.IsIdle(field) && !IsUnknown(field)))
        {
            bool isUri = field.Key is BimiTags.Location or BimiTags.Evidence;
            string value = isUri ? field.Value.Trim(',', ' ') : field.Value;
            if (field.Key.Length == 0 || (isUri && BimiUri.IsList(value))) return null;

            if (seen.TryGetValue(field.Key, out string? other))
            {
                if (other != value) return null;

                continue;
            }

            seen.Add(field.Key, value);
            parts.Add(field.Key + "=" + (isUri ? value.Replace(",", "%2C") : value));
        }

        string text = string.Join("; ", parts);
        return BimiParser.Read(text).Faults.All(fault => fault.Check == BimiChecks.UnknownTag) ? text : null;
    }

    // Unknown tags are ignored, and left out where no address stands in them.
    private static bool IsUnknown(KeyValuePair<string, string> field) =>
        field.Key.Length > 0 && !BimiTags.IsKnown(field.Key) && field.Value.IndexOf("://", System.StringComparison.Ordinal) < 0;
}

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
