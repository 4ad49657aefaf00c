namespace MailDns.Bimi;

/// <summary>The checks of BIMI: the one place that declares them. A logo that is not shown loses no mail, so DMARC short of enforcement is a warning.</summary>
internal static class BimiChecks
{
    public static readonly CheckDefinition Missing = new(
        "BIMI-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "A BIMI record is published",
        finding: "No BIMI record at {selector}._bimi.{domain}.",
        recommendation: "Optional: publish one when DMARC is enforced and a logo is ready.",
        reference: "BIMI draft section 8.2");

    public static readonly CheckDefinition Multiple = new(
        "BIMI-MULTIPLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One BIMI record only",
        finding: "{n} BIMI records at {name}: receivers use none.",
        recommendation: "Keep one.",
        reference: "BIMI draft section 8.2");

    public static readonly CheckDefinition Version = new(
        "BIMI-VERSION",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record begins with v=BIMI1",
        finding: "v=BIMI1 is not first and exact: receivers ignore the record.",
        recommendation: "Begin the record with v=BIMI1.",
        reference: "BIMI draft section 5.3, v");

    public static readonly CheckDefinition Syntax = new(
        "BIMI-SYNTAX",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record is a list of tag=value",
        finding: "{part} is no tag=value, or a tag stands twice.",
        recommendation: "Remove it; receivers repair nothing.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition LogoMissing = new(
        "BIMI-L-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record names a logo",
        finding: "The record has no l= tag.",
        recommendation: "Add l= with the https address of the logo.",
        reference: "BIMI draft section 5.3, l");

    public static readonly CheckDefinition NotHttps = new(
        "BIMI-L-HTTPS",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Logo and evidence are https addresses",
        finding: "l= or a= is no https URI.",
        recommendation: "Use an https address.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition NotSvg = new(
        "BIMI-L-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The logo is an SVG file",
        finding: "l= does not end in .svg or .svgz.",
        recommendation: "Publish the logo as SVG Tiny PS.",
        reference: "BIMI draft section 5.3.2");

    public static readonly CheckDefinition RawComma = new(
        "BIMI-URI-COMMA",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Commas in addresses are encoded",
        finding: "A comma in a URI is not encoded.",
        recommendation: "Write %2C.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition Declined = new(
        "BIMI-DECLINED",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The domain takes part in BIMI",
        finding: "l= and a= are empty: the domain declines to take part.",
        recommendation: "Nothing, if that is meant.",
        reference: "BIMI draft section 5.3.1");

    public static readonly CheckDefinition EvidenceMissing = new(
        "BIMI-A-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record names a mark certificate",
        finding: "No a=: only mailboxes that take self-asserted logos (Yahoo, AOL, Fastmail) show it.",
        recommendation: "Get a VMC or CMC for Gmail and Apple Mail.",
        reference: "Gmail and Apple sender documentation; BIMI Group");

    public static readonly CheckDefinition EvidenceType = new(
        "BIMI-A-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The mark certificate is a .pem file",
        finding: "a= does not end in .pem.",
        recommendation: "Publish the chain as a .pem file.",
        reference: "draft-fetch-validation-vmc-wchuang section 3.3");

    public static readonly CheckDefinition Avatar = new(
        "BIMI-AVP",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "avp is brand or personal",
        finding: "avp={value} is neither brand nor personal.",
        recommendation: "Use brand or personal, or drop the tag.",
        reference: "BIMI draft section 5.3, avp");

    public static readonly CheckDefinition LocalParts = new(
        "BIMI-LPS",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "lps lists valid prefixes",
        finding: "lps holds a prefix that is not 1 to 63 letters, digits and hyphens.",
        recommendation: "Correct the prefix.",
        reference: "BIMI draft sections 5.3 and 5.5");

    public static readonly CheckDefinition UnknownTag = new(
        "BIMI-TAG-UNKNOWN",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No unknown tags",
        finding: "The tag {t} is unknown and ignored.",
        recommendation: "Remove it.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition SelectorSyntax = new(
        "BIMI-SELECTOR-SYNTAX",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The selector is valid",
        finding: "The selector {s} is not made of letters, digits and hyphens.",
        recommendation: "Use labels of letters, digits and hyphens.",
        reference: "BIMI draft section 5.4");

    public static readonly CheckDefinition DmarcNone = new(
        "BIMI-DMARC-NONE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "DMARC of the domain is enforced",
        finding: "DMARC is not enforced at {domain}: no logo is shown.",
        recommendation: "Raise p to quarantine or reject when the reports are clean.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcOrganization = new(
        "BIMI-DMARC-ORG",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "DMARC of the Organizational Domain is enforced",
        finding: "The Organizational Domain {org} is not at enforcement: no logo is shown.",
        recommendation: "Raise p at the Organizational Domain.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcSubdomainNone = new(
        "BIMI-DMARC-SP-NONE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "DMARC has no sp=none",
        finding: "sp=none blocks BIMI.",
        recommendation: "Remove sp=none.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcPercentage = new(
        "BIMI-DMARC-PCT",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "DMARC has no pct below 100",
        finding: "pct below 100 blocks BIMI.",
        recommendation: "Remove pct; RFC 9989 dropped it.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcTesting = new(
        "BIMI-DMARC-T",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "DMARC is not in test mode",
        finding: "t=y lowers the policy by one level and so may block BIMI.",
        recommendation: "Remove t=y when tested.",
        reference: "RFC 9989 section 4.7, t");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Version,
        Syntax,
        LogoMissing,
        NotHttps,
        NotSvg,
        RawComma,
        Declined,
        EvidenceMissing,
        EvidenceType,
        Avatar,
        LocalParts,
        UnknownTag,
        SelectorSyntax,
        DmarcNone,
        DmarcOrganization,
        DmarcSubdomainNone,
        DmarcPercentage,
        DmarcTesting,
    };

    /// <summary>Those that judge what DMARC has to say.</summary>
    public static IReadOnlyList<CheckDefinition> Dmarc { get; } = All.Where(check => check.Id.StartsWith("BIMI-DMARC-", System.StringComparison.Ordinal)).ToArray();
}
