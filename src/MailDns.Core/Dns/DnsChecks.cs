using System.Collections.Generic;

namespace MailDns.Dns;

/// <summary>The checks of names, answers and delegation: the one place that declares them.</summary>
internal static class DnsChecks
{
    public static readonly CheckDefinition Nxdomain = new(
        "DNS-NXDOMAIN",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{name} does not exist (NXDOMAIN)",
        finding: "{name} does not exist (NXDOMAIN).",
        recommendation: "Register or create the name; check spelling and zone.",
        reference: "RFC 8020; RFC 5321 2.3.5");

    public static readonly CheckDefinition LookupFailed = new(
        "DNS-LOOKUP-FAILED",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Lookup of {name}/{type} failed: {rcode|timeout}",
        finding: "Lookup of {name}/{type} failed: {rcode|timeout}.",
        recommendation: "Report as Unknown, never as Missing; retry; check the delegation.",
        reference: "RFC 7208 4.4 (temperror)");

    public static readonly CheckDefinition AuthDisagree = new(
        "DNS-AUTH-DISAGREE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Authoritative servers give different answers for {name}/{type}",
        finding: "Authoritative servers give different answers for {name}/{type}.",
        recommendation: "Wait for zone transfer or fix the lagging server.",
        reference: "RFC 1034 4.3.5; operational");

    public static readonly CheckDefinition TxtString255 = new(
        "DNS-TXT-STRING-255",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "A TXT character-string is {n} octets; the limit is 255",
        finding: "A TXT character-string is {n} octets; the limit is 255.",
        recommendation: "Split into several strings of one record (not several records).",
        reference: "RFC 1035 3.3 (character-string <=255)");

    public static readonly CheckDefinition TxtSplitAsRecords = new(
        "DNS-TXT-SPLIT-AS-RECORDS",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "A long value was published as several TXT records, not several strings of one",
        finding: "A long value was published as several TXT records, not several strings of one.",
        recommendation: "Merge into one record with several strings.",
        reference: "RFC 7208 3.3, RFC 6376 3.6.2.2");

    public static readonly CheckDefinition TxtJoinSpace = new(
        "DNS-TXT-JOIN-SPACE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Joining the strings loses or adds a space inside a term at a string border",
        finding: "Joining the strings loses or adds a space inside a term at a string border.",
        recommendation: "Move the break or keep the space inside a string.",
        reference: "RFC 7208 3.3; RFC 6376 3.6.2.2 (join without spaces)");

    public static readonly CheckDefinition TxtQuotes = new(
        "DNS-TXT-QUOTES",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The value holds literal quote or backslash characters left by a control panel",
        finding: "The value holds literal quote or backslash characters left by a control panel.",
        recommendation: "Remove the stray quotes.",
        reference: "operational; RFC 1035 5.1");

    public static readonly CheckDefinition TxtNonascii = new(
        "DNS-TXT-NONASCII",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The value holds non-ASCII (e.g. smart quote, NBSP, BOM) at {pos} U+{cp}",
        finding: "The value holds non-ASCII (e.g. smart quote, NBSP, BOM) at {pos} U+{cp}.",
        recommendation: "Retype as plain ASCII.",
        reference: "RFC 7208 3.1; RFC 9989 4.8; RFC 8461 3.1");

    public static readonly CheckDefinition NameDoubled = new(
        "DNS-NAME-DOUBLED",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Record found at {name}.{zone}.{zone}",
        finding: "Record found at {name}.{zone}.{zone}.",
        recommendation: "Enter the host relative to the zone, or end the FQDN with a dot.",
        reference: "operational (missing trailing dot / panel appends zone)");

    public static readonly CheckDefinition NameLength = new(
        "DNS-NAME-LENGTH",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Name {name} exceeds 63 per label or 255 octets",
        finding: "Name {name} exceeds 63 per label or 255 octets.",
        recommendation: "Shorten selector or subdomain.",
        reference: "RFC 1035 2.3.4 (label 63, name 255)");

    public static readonly CheckDefinition NameSyntax = new(
        "DNS-NAME-SYNTAX",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "{name} is no valid host name (underscore allowed only in attribute leaves)",
        finding: "{name} is no valid host name (underscore allowed only in attribute leaves).",
        recommendation: "Use letters, digits, hyphen.",
        reference: "RFC 5321 2.3.5 LDH; RFC 8552");

    public static readonly CheckDefinition IdnUlabel = new(
        "DNS-IDN-ULABEL",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Domain given as U-label; DNS needs A-label {alabel}",
        finding: "Domain given as U-label; DNS needs A-label {alabel}.",
        recommendation: "MailDns converts; store the A-label in records.",
        reference: "RFC 5891; RFC 8616 4-6; RFC 7208 4.3");

    public static readonly CheckDefinition IdnInvalid = new(
        "DNS-IDN-INVALID",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "{name} is not valid IDNA2008",
        finding: "{name} is not valid IDNA2008.",
        recommendation: "Fix the spelling.",
        reference: "RFC 5891 4-5");

    public static readonly CheckDefinition CnameCoexist = new(
        "DNS-CNAME-COEXIST",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{name} has a CNAME and other data ({types})",
        finding: "{name} has a CNAME and other data ({types}).",
        recommendation: "Keep only the CNAME or only the other records.",
        reference: "RFC 1034 3.6.2; RFC 2181 10.1");

    public static readonly CheckDefinition CnameApex = new(
        "DNS-CNAME-APEX",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "A CNAME at the zone apex is not possible",
        finding: "A CNAME at the zone apex is not possible.",
        recommendation: "Use a subdomain, or the DNS host's ALIAS/flattening.",
        reference: "RFC 1034 3.6.2 (SOA/NS live at apex)");

    public static readonly CheckDefinition CnameChain = new(
        "DNS-CNAME-CHAIN",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CNAME chain of {n} links from {name}",
        finding: "CNAME chain of {n} links from {name}.",
        recommendation: "Point straight at the final name.",
        reference: "RFC 1034 3.6.2 (alias should not point to alias)");

    public static readonly CheckDefinition CnameLoop = new(
        "DNS-CNAME-LOOP",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "CNAME loop at {name}",
        finding: "CNAME loop at {name}.",
        recommendation: "Break the loop.",
        reference: "RFC 1034 3.6.2");

    public static readonly CheckDefinition CnameDangling = new(
        "DNS-CNAME-DANGLING",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "CNAME {name} -> {target}: target does not resolve",
        finding: "CNAME {name} -> {target}: target does not resolve.",
        recommendation: "Remove it or finish the vendor set-up (an unclaimed target can be taken over).",
        reference: "RFC 2181 10.1; takeover risk");

    public static readonly CheckDefinition CnameFlattened = new(
        "DNS-CNAME-FLATTENED",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "{name} should be a CNAME but answers with flattened/proxied data",
        finding: "{name} should be a CNAME but answers with flattened/proxied data.",
        recommendation: "Switch proxy/flattening off for this host.",
        reference: "HubSpot, Postmark docs");

    public static readonly CheckDefinition Wildcard = new(
        "DNS-WILDCARD",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "A wildcard *.{zone} answers for {probe} and pollutes mail lookups",
        finding: "A wildcard *.{zone} answers for {probe} and pollutes mail lookups.",
        recommendation: "Narrow the wildcard; publish explicit records.",
        reference: "RFC 7208 3.5; RFC 6376 6.1.2 note");

    public static readonly CheckDefinition ResponseSize = new(
        "DNS-RESPONSE-SIZE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "TXT answer for {name} is {n} octets (> 512 UDP / > 1232 common EDNS)",
        finding: "TXT answer for {name} is {n} octets (> 512 UDP / > 1232 common EDNS).",
        recommendation: "Remove stale TXT tokens; keep SPF short.",
        reference: "RFC 7208 3.4 (512/450 octets); RFC 6891; RFC 7766");

    public static readonly CheckDefinition TcpFail = new(
        "DNS-TCP-FAIL",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Truncated answer, and TCP/53 to {ns} fails",
        finding: "Truncated answer, and TCP/53 to {ns} fails.",
        recommendation: "Open TCP 53.",
        reference: "RFC 7766 5 (TCP MUST)");

    public static readonly CheckDefinition TtlHigh = new(
        "DNS-TTL-HIGH",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "TTL {ttl}s is long for a record under change",
        finding: "TTL {ttl}s is long for a record under change.",
        recommendation: "Use 300-3600 s until stable.",
        reference: "operational");

    public static readonly CheckDefinition TtlLow = new(
        "DNS-TTL-LOW",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "TTL {ttl}s is very short for a stable record",
        finding: "TTL {ttl}s is very short for a stable record.",
        recommendation: "Raise to >= 3600 s.",
        reference: "operational");

    public static readonly CheckDefinition DnssecBogus = new(
        "DNS-DNSSEC-BOGUS",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{zone} is signed but validation fails",
        finding: "{zone} is signed but validation fails.",
        recommendation: "Fix DS/RRSIG.",
        reference: "RFC 4035");

    public static readonly CheckDefinition DnssecUnsigned = new(
        "DNS-DNSSEC-UNSIGNED",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "{zone} is not DNSSEC-signed",
        finding: "{zone} is not DNSSEC-signed.",
        recommendation: "Sign it (needed for DANE).",
        reference: "RFC 9364; RFC 9989 11; RFC 7672 needs it");

    public static readonly CheckDefinition ReservedName = new(
        "DNS-RESERVED-NAME",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "{name} is a reserved documentation name",
        finding: "{name} is a reserved documentation name.",
        recommendation: "Replace the sample value.",
        reference: "RFC 6761 (example., test., invalid.)");

    public static readonly CheckDefinition LookalikePlaceholder = new(
        "DNS-LOOKALIKE-PLACEHOLDER",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Value still holds a placeholder (report@example.com, {braces})",
        finding: "Value still holds a placeholder (report@example.com, {braces}).",
        recommendation: "Fill it in.",
        reference: "seed document samples");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Nxdomain,
        LookupFailed,
        AuthDisagree,
        TxtString255,
        TxtSplitAsRecords,
        TxtJoinSpace,
        TxtQuotes,
        TxtNonascii,
        NameDoubled,
        NameLength,
        NameSyntax,
        IdnUlabel,
        IdnInvalid,
        CnameCoexist,
        CnameApex,
        CnameChain,
        CnameLoop,
        CnameDangling,
        CnameFlattened,
        Wildcard,
        ResponseSize,
        TcpFail,
        TtlHigh,
        TtlLow,
        DnssecBogus,
        DnssecUnsigned,
        ReservedName,
        LookalikePlaceholder,
    };
}
