using System.Collections.Generic;

namespace MailDns.Bimi;

/// <summary>The checks of BIMI records: the one place that declares them.</summary>
internal static class BimiChecks
{
    public static readonly CheckDefinition Missing = new(
        "BIMI-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "A BIMI record is published",
        finding: "There is no BIMI record at {name}.",
        recommendation: "Optional: New-BimiRecord makes one.",
        reference: "BIMI draft section 8.2");

    public static readonly CheckDefinition Multiple = new(
        "BIMI-MULTIPLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One BIMI record only",
        finding: "There are {n} BIMI records at {name}; receivers stop.",
        recommendation: "Keep one.",
        reference: "BIMI draft section 8.2");

    public static readonly CheckDefinition Syntax = new(
        "BIMI-SYNTAX",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record is a tag-list",
        finding: "The record is no tag-list: {why}.",
        recommendation: "Publish the record again; receivers must not repair it.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition Version = new(
        "BIMI-VERSION",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record begins with v=BIMI1",
        finding: "v=BIMI1 has to stand first and exactly so.",
        recommendation: "Begin the record with v=BIMI1.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition LogoMissing = new(
        "BIMI-L-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record names a logo",
        finding: "There is no l= tag.",
        recommendation: "Add l= with the logo's URI.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition UriScheme = new(
        "BIMI-L-HTTPS",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Logo and evidence are at https URIs",
        finding: "{tag}= is no https URI.",
        recommendation: "Use an https URI.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition LogoType = new(
        "BIMI-L-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The logo is a .svg or .svgz file",
        finding: "The path in l= does not end in .svg or .svgz.",
        recommendation: "Publish the logo as SVG Tiny PS under such a name.",
        reference: "BIMI draft section 5.3.2");

    public static readonly CheckDefinition UriComma = new(
        "BIMI-URI-COMMA",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Commas in URIs are encoded",
        finding: "{tag}= holds a comma that is not encoded.",
        recommendation: "Write %2C.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition Declined = new(
        "BIMI-DECLINED",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The domain takes part",
        finding: "l= and a= are empty: the domain declines to take part.",
        recommendation: "Nothing, where that is meant.",
        reference: "BIMI draft section 5.3.1");

    public static readonly CheckDefinition EvidenceMissing = new(
        "BIMI-A-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The logo has evidence",
        finding: "There is no a= evidence: Gmail and Apple Mail show no logo without a mark certificate; Yahoo, AOL and Fastmail may.",
        recommendation: "Get a VMC or a CMC and publish its URI in a=.",
        reference: "BIMI draft section 5.3; support.google.com/a/answer/10911320");

    public static readonly CheckDefinition AvatarPreference = new(
        "BIMI-AVP",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The avatar preference is brand or personal",
        finding: "avp={value} is neither brand nor personal.",
        recommendation: "Write avp=brand or avp=personal.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition LocalPartSelectors = new(
        "BIMI-LPS",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Local-part prefixes are well-formed",
        finding: "lps= holds {value}, which is no prefix of 1 to 63 letters, digits and hyphens.",
        recommendation: "Correct the prefix.",
        reference: "BIMI draft section 5.3; BIMI draft section 5.5");

    public static readonly CheckDefinition TagUnknown = new(
        "BIMI-TAG-UNKNOWN",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Only tags of the draft",
        finding: "The tag {tag} is not known and ignored.",
        recommendation: "Remove it.",
        reference: "BIMI draft section 5.3");

    public static readonly CheckDefinition DmarcNone = new(
        "BIMI-DMARC-NONE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "DMARC is enforced",
        finding: "The DMARC policy of {domain} is none: no receiver shows a logo.",
        recommendation: "Raise the policy to quarantine or reject.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcOrganization = new(
        "BIMI-DMARC-ORG",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The Organizational Domain enforces DMARC",
        finding: "The Organizational Domain {domain} does not enforce DMARC.",
        recommendation: "Raise p= there.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcSubdomainNone = new(
        "BIMI-DMARC-SP-NONE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Subdomains are not left out of DMARC",
        finding: "sp=none at {domain} keeps receivers from showing a logo.",
        recommendation: "Remove sp=none.",
        reference: "BIMI draft section 8.1");

    public static readonly CheckDefinition DmarcPercentage = new(
        "BIMI-DMARC-PCT",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The quarantine policy covers all mail",
        finding: "pct={value} with p=quarantine keeps receivers from showing a logo.",
        recommendation: "Remove pct=, which RFC 9989 has dropped.",
        reference: "BIMI draft section 8.1; RFC 9989 appendix C");

    public static readonly CheckDefinition DmarcTesting = new(
        "BIMI-DMARC-T",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The DMARC policy is not in testing",
        finding: "t=y at {domain} lowers the policy, which likely keeps receivers from showing a logo.",
        recommendation: "Remove t=y.",
        reference: "RFC 9989 section 4.7");

    public static readonly CheckDefinition SelectorSyntax = new(
        "BIMI-SELECTOR-SYNTAX",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The selector is well-formed",
        finding: "The selector {value} is no sequence of letters, digits and hyphens.",
        recommendation: "Use letters, digits and hyphens.",
        reference: "BIMI draft section 5.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Syntax,
        Version,
        LogoMissing,
        UriScheme,
        LogoType,
        UriComma,
        Declined,
        EvidenceMissing,
        AvatarPreference,
        LocalPartSelectors,
        TagUnknown,
        DmarcNone,
        DmarcOrganization,
        DmarcSubdomainNone,
        DmarcPercentage,
        DmarcTesting,
        SelectorSyntax,
    };
}
