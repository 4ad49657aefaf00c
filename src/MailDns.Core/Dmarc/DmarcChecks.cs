namespace MailDns.Dmarc;

/// <summary>The checks of DMARC (RFC 9989): the one place that declares them.</summary>
internal static class DmarcChecks
{
    public static readonly CheckDefinition Missing = new(
        "DMARC-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "A DMARC record applies",
        finding: "No DMARC record applies to {domain}.",
        recommendation: "Publish one: New-DmarcRecord -Domain <domain> -AggregateReportUri <address> starts with p=none and reports.",
        reference: "RFC 9989 section 4.10.1; bulk sender rules of Gmail, Yahoo and Microsoft");

    public static readonly CheckDefinition Inherited = new(
        "DMARC-INHERITED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The domain has a DMARC record of its own",
        finding: "{domain} has no record of its own; the one at {name} applies by {tag}.",
        recommendation: "Publish one at the domain itself if its policy or its reports should differ.",
        reference: "RFC 9989 section 4.10.1");

    public static readonly CheckDefinition Multiple = new(
        "DMARC-MULTIPLE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One DMARC record only at a name",
        finding: "{n} DMARC records at {name}; receivers discard them all.",
        recommendation: "Keep one.",
        reference: "RFC 9989 section 4.10, step 2");

    public static readonly CheckDefinition WrongPlace = new(
        "DMARC-WRONG-PLACE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No DMARC record stands where nobody looks",
        finding: "A DMARC record stands at {name}, where no receiver looks.",
        recommendation: "Move it to _dmarc.<domain>.",
        reference: "RFC 9989 section 4.5");

    public static readonly CheckDefinition SpfAtDmarc = new(
        "DMARC-SPF-AT-DMARC",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No SPF record stands at _dmarc",
        finding: "An SPF record stands at {name}.",
        recommendation: "Move it to the domain itself and publish the DMARC record here.",
        reference: "RFC 9989 section 4.5; RFC 7208 section 3");

    public static readonly CheckDefinition Version = new(
        "DMARC-VERSION",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record begins with v=DMARC1",
        finding: "The record is ignored: v=DMARC1 must come first, in that case.",
        recommendation: "Begin the record with v=DMARC1; in that case.",
        reference: "RFC 9989 section 4.7, v");

    public static readonly CheckDefinition JunkSegment = new(
        "DMARC-JUNK-SEGMENT",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Every part of the record is a tag=value",
        finding: "{segment} is no tag=value: receivers drop it, older ones may drop the record.",
        recommendation: "Remove it; if it is an address for reports, write rua=mailto:address.",
        reference: "RFC 9989 section 4.8; RFC 7489 section 6.3");

    public static readonly CheckDefinition PolicyMissing = new(
        "DMARC-P-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record has a policy (p)",
        finding: "The record has no p: receivers act as with p=none if a rua is valid, and apply no DMARC if none is.",
        recommendation: "Write p=none, p=quarantine or p=reject.",
        reference: "RFC 9989 sections 4.7 (p) and 4.10.1; RFC 7489 section 6.3");

    public static readonly CheckDefinition PolicyInvalid = new(
        "DMARC-P-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The policy (p) is none, quarantine or reject",
        finding: "p={value} is wrong: receivers act as with p=none if a rua is valid, and apply no DMARC if none is.",
        recommendation: "Write p=none, p=quarantine or p=reject.",
        reference: "RFC 9989 section 4.10.1");

    public static readonly CheckDefinition PolicyNotSecond = new(
        "DMARC-P-NOT-SECOND",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The policy (p) comes right after v",
        finding: "p does not come right after v; readers of RFC 7489 may ignore the record.",
        recommendation: "Move p right after v=DMARC1.",
        reference: "RFC 7489 section 6.3; RFC 9989 section 4.8");

    public static readonly CheckDefinition PolicyNone = new(
        "DMARC-P-NONE",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The policy is more than monitoring",
        finding: "p=none only monitors: nothing is asked to happen to mail that fails.",
        recommendation: "When the reports show that all own mail passes: quarantine, then reject.",
        reference: "RFC 9989 sections 5.1.5 to 5.1.7");

    public static readonly CheckDefinition PolicyRejectUsers = new(
        "DMARC-P-REJECT-USERS",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The policy is not reject, or nobody writes to mailing lists from the domain",
        finding: "p=reject: mail of people who write to mailing lists from this domain may be refused.",
        recommendation: "Keep p=reject for domains without such users; otherwise quarantine, or send campaigns from a subdomain of their own.",
        reference: "RFC 9989 section 7.4");

    public static readonly CheckDefinition SubdomainPolicyInvalid = new(
        "DMARC-SP-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The subdomain policy (sp) is none, quarantine or reject",
        finding: "sp={value} is wrong and spoils the whole policy: p=none if a rua is valid, no DMARC if none is.",
        recommendation: "Write sp=none, sp=quarantine or sp=reject, or leave it out.",
        reference: "RFC 9989 section 4.10.1");

    public static readonly CheckDefinition SubdomainPolicyWeaker = new(
        "DMARC-SP-WEAKER",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Subdomains are not less protected (sp) than the domain (p)",
        finding: "sp={sp} is weaker than p={p}: subdomains are open to abuse, and BIMI is refused with sp=none.",
        recommendation: "Raise sp, or leave it out so that p counts.",
        reference: "RFC 9989 section 4.7, sp; BIMI draft section 8.1");

    public static readonly CheckDefinition SubdomainPolicyRedundant = new(
        "DMARC-SP-REDUNDANT",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The subdomain policy (sp) says something new",
        finding: "sp={sp} repeats p.",
        recommendation: "It can be left out.",
        reference: "RFC 9989 section 4.7, sp");

    public static readonly CheckDefinition SubdomainPolicyIgnored = new(
        "DMARC-SP-IGNORED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "A subdomain policy (sp) stands only where it is read",
        finding: "{domain} is below its Organizational Domain {org}; sp and np in its record are ignored.",
        recommendation: "Remove them, or publish them at the Organizational Domain.",
        reference: "RFC 9989 section 4.7, sp");

    public static readonly CheckDefinition NonexistentPolicyMissing = new(
        "DMARC-NP-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Subdomains that do not exist have a policy of their own (np)",
        finding: "No np: subdomains that do not exist follow {tag}={policy}.",
        recommendation: "np=reject is safe: nobody sends from names that do not exist.",
        reference: "RFC 9989 section 4.7, np");

    public static readonly CheckDefinition NonexistentPolicyInvalid = new(
        "DMARC-NP-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The policy for subdomains that do not exist (np) is none, quarantine or reject",
        finding: "np={value} is wrong and spoils the whole policy: p=none if a rua is valid, no DMARC if none is.",
        recommendation: "Write np=none, np=quarantine or np=reject, or leave it out.",
        reference: "RFC 9989 section 4.10.1");

    public static readonly CheckDefinition PublicSuffixYes = new(
        "DMARC-PSD-Y",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Only a public suffix says psd=y",
        finding: "psd=y moves the Organizational Domain one label down: {domain} and its subdomains no longer align with each other.",
        recommendation: "Remove psd=y unless others register names below this one; psd=n makes this domain the Organizational Domain.",
        reference: "RFC 9989 sections 4.7 (psd) and 5.2");

    public static readonly CheckDefinition PublicSuffixNo = new(
        "DMARC-PSD-N",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The Organizational Domain is left to the tree walk",
        finding: "psd=n makes {domain} an Organizational Domain: it no longer aligns with names above it.",
        recommendation: "Keep it only if that is intended.",
        reference: "RFC 9989 sections 4.10.2 and 5.1.8");

    public static readonly CheckDefinition PublicSuffixInvalid = new(
        "DMARC-PSD-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "psd is y, n or u",
        finding: "psd={value} is wrong and counts as psd=u.",
        recommendation: "Write psd=n or leave it out.",
        reference: "RFC 9989 section 4.8, dmarc-psd");

    public static readonly CheckDefinition Testing = new(
        "DMARC-T-Y",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The policy is not in test mode (t)",
        finding: "t=y: receivers apply the policy one level lower.",
        recommendation: "Remove t=y when the test is over.",
        reference: "RFC 9989 section 4.7, t");

    public static readonly CheckDefinition TestingInvalid = new(
        "DMARC-T-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "t is y or n",
        finding: "t={value} is wrong and counts as t=n: the policy applies in full.",
        recommendation: "Write t=y to test, or leave it out.",
        reference: "RFC 9989 section 4.8, dmarc-yorn");

    public static readonly CheckDefinition PercentageRemoved = new(
        "DMARC-PCT-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record has no pct",
        finding: "pct={value} was removed: receivers of RFC 9989 apply the policy to all mail, older ones to {value} %.",
        recommendation: "Leave it out; t=y takes the place of pct=0.",
        reference: "RFC 9989 appendices A.6 and C.5.2");

    public static readonly CheckDefinition ReportFormatRemoved = new(
        "DMARC-RF-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The record has no rf",
        finding: "rf was removed and is ignored.",
        recommendation: "Leave it out.",
        reference: "RFC 9989 appendix C.5.2");

    public static readonly CheckDefinition ReportIntervalRemoved = new(
        "DMARC-RI-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The record has no ri",
        finding: "ri was removed and is ignored.",
        recommendation: "Leave it out.",
        reference: "RFC 9989 appendix C.5.2");

    public static readonly CheckDefinition AggregateReportsMissing = new(
        "DMARC-RUA-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Aggregate reports are asked for (rua)",
        finding: "No rua: receivers must not send aggregate reports, so nobody learns what fails.",
        recommendation: "Add rua=mailto:address.",
        reference: "RFC 9989 sections 4.7 (rua) and 8; laposte.net");

    public static readonly CheckDefinition ReportScheme = new(
        "DMARC-RUA-SCHEME",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every report address has its scheme (mailto:)",
        finding: "{tag}={value} has no scheme: no report goes there.",
        recommendation: "Write mailto: before the address.",
        reference: "RFC 9989 sections 4.6 and 4.8; RFC 3986 section 3.1");

    public static readonly CheckDefinition ReportHttp = new(
        "DMARC-RUA-HTTP",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Report addresses are mailto: URIs",
        finding: "Reporters need not support {scheme}: and ignore what they do not support.",
        recommendation: "Use mailto:.",
        reference: "RFC 9989 section 4.7, rua");

    public static readonly CheckDefinition ReportUriInvalid = new(
        "DMARC-URI-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every report address is a valid URI",
        finding: "{tag}={value} is no usable URI: no report goes there.",
        recommendation: "Write rua=mailto:address, several parted by commas.",
        reference: "RFC 9989 section 4.8, dmarc-uri; RFC 3986; RFC 6068 section 2");

    public static readonly CheckDefinition ReportUriEncoding = new(
        "DMARC-URI-ENCODING",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Commas, semicolons and exclamation marks in report addresses are encoded",
        finding: "A \",\" \";\" or \"!\" within a report address is not percent-encoded: {value}.",
        recommendation: "Write %2C for a comma, %3B for a semicolon, %21 for an exclamation mark.",
        reference: "RFC 9989 section 4.8, dmarc-uri");

    public static readonly CheckDefinition ReportSizeObsolete = new(
        "DMARC-URI-SIZE-OBSOLETE",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No report address has a size limit",
        finding: "The size limit !{size} is obsolete and ignored.",
        recommendation: "Leave it out.",
        reference: "RFC 9989 section 4.8, obs-dmarc-report-size");

    public static readonly CheckDefinition ReportUriMany = new(
        "DMARC-URI-MANY",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "At most two report addresses a tag",
        finding: "{tag} has {n} addresses; some reporters stop after two.",
        recommendation: "Keep two and forward from there.",
        reference: "RFC 7489 section 6.2");

    public static readonly CheckDefinition ReportHost = new(
        "DMARC-RUA-MX",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The report addresses' domains take mail",
        finding: "{host} takes no mail: {reason}.",
        recommendation: "Correct the address, or give its domain an MX record.",
        reference: "RFC 5321 section 5.1; RFC 7505");

    public static readonly CheckDefinition ReportExternal = new(
        "DMARC-RUA-EXTERNAL",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Report receivers outside the domain consent",
        finding: "{name} has no consent to reports about {domain}: reporters must ignore {address}.",
        recommendation: "The receiver's domain publishes the record: New-DmarcReportAuthorizationRecord.",
        reference: "RFC 9990 section 4");

    public static readonly CheckDefinition ReportWildcard = new(
        "DMARC-RUA-WILDCARD-AUTH",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Report receivers consent for this domain by name",
        finding: "{host} takes reports about every domain, by a wildcard record.",
        recommendation: "Nothing to do.",
        reference: "RFC 9990 section 4");

    public static readonly CheckDefinition FailureReports = new(
        "DMARC-RUF",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No failure reports are asked for (ruf)",
        finding: "ruf: few receivers send failure reports, and those hold parts of people's mail.",
        recommendation: "Keep it only if somebody reads them and may.",
        reference: "RFC 9991; RFC 9989 section 10.2");

    public static readonly CheckDefinition FailureOptionsInvalid = new(
        "DMARC-FO-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "fo is made of 0 or 1, d and s",
        finding: "fo={value} is wrong and counts as fo=0.",
        recommendation: "Write 0 or 1, and d and s, each once and parted by colons.",
        reference: "RFC 9989 sections 4.7 (fo) and 4.8 (dmarc-fo)");

    public static readonly CheckDefinition FailureOptionsUnused = new(
        "DMARC-FO-NO-RUF",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "fo stands only with ruf",
        finding: "fo without ruf is ignored.",
        recommendation: "Leave it out, or add ruf.",
        reference: "RFC 9989 section 4.7, fo");

    public static readonly CheckDefinition AlignmentInvalid = new(
        "DMARC-ALIGN-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "adkim and aspf are r or s",
        finding: "{tag}={value} is wrong and counts as {tag}=r.",
        recommendation: "Write r or s, or leave it out.",
        reference: "RFC 9989 section 4.8, dmarc-rors");

    public static readonly CheckDefinition TagUnknown = new(
        "DMARC-TAG-UNKNOWN",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Every tag is one of DMARC's",
        finding: "{tag} is no tag of DMARC and is ignored.",
        recommendation: "Correct or remove it.",
        reference: "RFC 9989 section 4.7");

    public static readonly CheckDefinition TagDuplicate = new(
        "DMARC-TAG-DUPLICATE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every tag stands once",
        finding: "{tag} stands more than once; readers differ in which they take.",
        recommendation: "Keep one.",
        reference: "RFC 6376 section 3.2; RFC 9989 section 4.7");

    public static readonly CheckDefinition TagEmpty = new(
        "DMARC-TAG-EMPTY",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Every tag has a value",
        finding: "{tag} has no value.",
        recommendation: "Fill it or leave it out.",
        reference: "RFC 9989 section 4.8, dmarc-tag");

    public static readonly CheckDefinition ValueCharacters = new(
        "DMARC-VALUE-CHARSET",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every value is printable ASCII",
        finding: "{tag} holds a character that no value may hold, and is ignored.",
        recommendation: "Type the value anew; do not paste it.",
        reference: "RFC 9989 section 4.8, dmarc-value");

    public static readonly CheckDefinition TreeWalkDiffers = new(
        "DMARC-TREEWALK-DIFFERS",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Tree walk and Public Suffix List agree",
        finding: "By tree walk {domain} belongs to {org}, by the Public Suffix List to {list}: receivers of RFC 9989 and RFC 7489 differ.",
        recommendation: "Publish a record at the domain itself, with psd=n where it is an Organizational Domain, and sign and send with its exact name.",
        reference: "RFC 9989 appendix C.3");

    public static readonly CheckDefinition TooDeep = new(
        "DMARC-TOO-DEEP",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The tree walk comes by every name above the domain",
        finding: "{domain} has {n} labels and no record of its own: the walk skips the names between it and its last seven labels.",
        recommendation: "Publish a record at the domain itself.",
        reference: "RFC 9989 sections 4.10 and 5.1.8");

    public static readonly CheckDefinition Alias = new(
        "DMARC-CNAME",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The record stands in the domain's own zone",
        finding: "{name} is an alias (CNAME) of {target}.",
        recommendation: "Nothing to do, as long as whoever owns the target may set the policy.",
        reference: "RFC 1034 section 3.6.2");

    public static readonly CheckDefinition Wildcard = new(
        "DMARC-WILDCARD",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No wildcard answers below _dmarc's place",
        finding: "A wildcard TXT record *.{domain} answers at _dmarc of every subdomain that does not exist.",
        recommendation: "Narrow the wildcard, or remove it.",
        reference: "RFC 4592; RFC 9989 section 4.10");

    public static readonly CheckDefinition ParkedWeak = new(
        "DMARC-PARKED-WEAK",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "A domain that sends nothing has everything rejected",
        finding: "{domain} sends no mail but DMARC does not have everything rejected.",
        recommendation: "Publish \"v=DMARC1; p=reject; sp=reject; np=reject\" with an address for reports.",
        reference: "M3AAWG Protecting Parked Domains Best Common Practices; RFC 9989 section 4.7");

    public static readonly CheckDefinition RejectWithoutDkim = new(
        "DMARC-REJECT-NO-DKIM",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "With p=reject mail is signed with DKIM",
        finding: "p=reject, and no DKIM key was found: mail that is forwarded fails SPF and is refused.",
        recommendation: "Publish a key and sign with it.",
        reference: "RFC 9989 sections 7.4 and 8");

    public static readonly CheckDefinition StrictSpfBounce = new(
        "DMARC-ASPF-S-BOUNCE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "With aspf=s the Return-Path has the From domain itself",
        finding: "aspf=s, but the Return-Path has {bounce}: SPF never aligns.",
        recommendation: "Use aspf=r.",
        reference: "RFC 9989 sections 4.4.2 and 4.7 (aspf)");

    public static readonly CheckDefinition StrictDkimDomain = new(
        "DMARC-ADKIM-S-D",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "With adkim=s mail is signed with the From domain itself",
        finding: "adkim=s, but mail is signed with d={d}: that signature never aligns.",
        recommendation: "Use adkim=r, or sign with the exact domain.",
        reference: "RFC 9989 sections 4.4.1 and 4.7 (adkim)");

    /// <summary>Those that Get-DmarcStatus makes, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Inherited,
        Multiple,
        WrongPlace,
        SpfAtDmarc,
        Version,
        JunkSegment,
        PolicyMissing,
        PolicyInvalid,
        PolicyNotSecond,
        PolicyNone,
        PolicyRejectUsers,
        SubdomainPolicyInvalid,
        SubdomainPolicyWeaker,
        SubdomainPolicyRedundant,
        SubdomainPolicyIgnored,
        NonexistentPolicyMissing,
        NonexistentPolicyInvalid,
        PublicSuffixYes,
        PublicSuffixNo,
        PublicSuffixInvalid,
        Testing,
        TestingInvalid,
        PercentageRemoved,
        ReportFormatRemoved,
        ReportIntervalRemoved,
        AggregateReportsMissing,
        ReportScheme,
        ReportHttp,
        ReportUriInvalid,
        ReportUriEncoding,
        ReportSizeObsolete,
        ReportUriMany,
        ReportHost,
        ReportExternal,
        ReportWildcard,
        FailureReports,
        FailureOptionsInvalid,
        FailureOptionsUnused,
        AlignmentInvalid,
        TagUnknown,
        TagDuplicate,
        TagEmpty,
        ValueCharacters,
        TreeWalkDiffers,
        TooDeep,
        Alias,
        Wildcard,
    };

    /// <summary>
    /// Those that also need to know how mail is sent: the keys, the Return-Path, the signing domain. Made by the checks of
    /// the sending domain as a whole and by the prediction of alignment.
    /// </summary>
    public static IReadOnlyList<CheckDefinition> Sending { get; } = new[]
    {
        RejectWithoutDkim,
        ParkedWeak,
        StrictSpfBounce,
        StrictDkimDomain,
    };

    /// <summary>Those of <see cref="All"/> that judge the record's text alone.</summary>
    public static IReadOnlyList<CheckDefinition> Text { get; } = All.Where(check => check.Needs == CheckNeeds.Text).ToArray();

    /// <summary>Those of <see cref="All"/> that need lookups.</summary>
    public static IReadOnlyList<CheckDefinition> Dns { get; } = All.Where(check => check.Needs == CheckNeeds.Dns).ToArray();
}
