namespace MailDns.Sending;

/// <summary>The checks of names, answers and delegation: the one place that declares them.</summary>
internal static class DnsChecks
{
    public static readonly CheckDefinition NxDomain = new(
        "DNS-NXDOMAIN",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The domain exists",
        finding: "{name} does not exist (NXDOMAIN).",
        recommendation: "Register or create the name; check the spelling and the zone.",
        reference: "RFC 8020; RFC 5321 section 2.3.5");

    public static readonly CheckDefinition LookupFailed = new(
        "DNS-LOOKUP-FAILED",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every lookup was answered",
        finding: "The lookup of {name} {type} failed: {why}.",
        recommendation: "Repeat; then check the delegation and the servers. Nothing may be concluded from a failed lookup.",
        reference: "RFC 7208 section 4.4; RFC 2308 section 7");

    public static readonly CheckDefinition TxtSplitAsRecords = new(
        "DNS-TXT-SPLIT-AS-RECORDS",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Long values are strings of one TXT record",
        finding: "A long value was published as several TXT records, not as several strings of one.",
        recommendation: "Merge them into one record of several strings.",
        reference: "RFC 7208 section 3.3; RFC 6376 section 3.6.2.2");

    public static readonly CheckDefinition TxtJoinSpace = new(
        "DNS-TXT-JOIN-SPACE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Strings of a TXT record join without damage",
        finding: "Joining the strings at a border runs two terms together: {term}.",
        recommendation: "Put the space inside one of the strings; strings are joined without one.",
        reference: "RFC 7208 section 3.3");

    public static readonly CheckDefinition TxtQuotes = new(
        "DNS-TXT-QUOTES",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No stray quotes or backslashes in TXT values",
        finding: "The value at {name} holds quote or backslash characters that a control panel left.",
        recommendation: "Remove the stray quotes.",
        reference: "RFC 1035 section 5.1");

    public static readonly CheckDefinition TxtNonAscii = new(
        "DNS-TXT-NONASCII",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "TXT values of mail are plain ASCII",
        finding: "The value at {name} holds a character that is not printable ASCII at {pos}.",
        recommendation: "Retype it as plain ASCII (smart quotes, no-break spaces and byte-order marks come from copying).",
        reference: "RFC 7208 section 3.1; RFC 9989 section 4.8; RFC 8461 section 3.1");

    public static readonly CheckDefinition NameDoubled = new(
        "DNS-NAME-DOUBLED",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No record stands at a doubled name",
        finding: "A record was found at {name}.{zone}.{zone}.",
        recommendation: "Enter the host relative to the zone, or end the full name with a dot.",
        reference: "RFC 1035 section 5.1");

    public static readonly CheckDefinition NameLength = new(
        "DNS-NAME-LENGTH",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Names in values fit into DNS",
        finding: "{name} has a label over 63 octets or more than 253 in all.",
        recommendation: "Correct or shorten the name: no such name can be looked up.",
        reference: "RFC 1035 section 2.3.4");

    public static readonly CheckDefinition NameSyntax = new(
        "DNS-NAME-SYNTAX",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Names that records point to are host names",
        finding: "{name} is no valid host name.",
        recommendation: "Use letters, digits and hyphens; underscores are for attribute names only, never for hosts that take mail.",
        reference: "RFC 5321 section 2.3.5; RFC 1123 section 2.1; RFC 8552 section 1.1");

    public static readonly CheckDefinition IdnULabel = new(
        "DNS-IDN-ULABEL",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Names in records are A-labels",
        finding: "{name} stands in a record in Unicode; DNS and mail need {alabel}.",
        recommendation: "Write the A-label (xn--) in the record.",
        reference: "RFC 5891 section 4; RFC 8616 section 4; RFC 7208 section 4.3");

    public static readonly CheckDefinition IdnInvalid = new(
        "DNS-IDN-INVALID",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Internationalized names in records are valid",
        finding: "{name} is no valid internationalized name.",
        recommendation: "Correct the spelling.",
        reference: "RFC 5891 sections 4 and 5; RFC 5890 section 2.3.2.1");

    public static readonly CheckDefinition CnameCoexist = new(
        "DNS-CNAME-COEXIST",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No other data beside a CNAME",
        finding: "{name} has a CNAME and other data ({types}).",
        recommendation: "Keep only the CNAME or only the other records.",
        reference: "RFC 1034 section 3.6.2; RFC 2181 section 10.1");

    public static readonly CheckDefinition CnameApex = new(
        "DNS-CNAME-APEX",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No CNAME at the zone apex",
        finding: "A CNAME at the zone apex is not possible.",
        recommendation: "Use a subdomain, or the DNS host's ALIAS or flattening.",
        reference: "RFC 1034 section 3.6.2");

    public static readonly CheckDefinition CnameChain = new(
        "DNS-CNAME-CHAIN",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Aliases point straight at their target",
        finding: "A chain of {n} aliases begins at {name}.",
        recommendation: "Point straight at the final name.",
        reference: "RFC 1034 section 3.6.2");

    public static readonly CheckDefinition CnameLoop = new(
        "DNS-CNAME-LOOP",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Aliases do not run in a circle",
        finding: "The aliases from {name} run in a circle.",
        recommendation: "Break the circle.",
        reference: "RFC 1034 section 3.6.2");

    public static readonly CheckDefinition CnameDangling = new(
        "DNS-CNAME-DANGLING",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Alias targets exist",
        finding: "{name} is an alias of {target}, which does not exist.",
        recommendation: "Remove it, or finish the platform's set-up: whoever claims the target can take the name over.",
        reference: "RFC 2181 section 10.1");

    public static readonly CheckDefinition CnameFlattened = new(
        "DNS-CNAME-FLATTENED",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Hosts that a platform wants as CNAME are CNAME",
        finding: "{name} should be a CNAME but answers with addresses.",
        recommendation: "Switch proxying or flattening off for this host.",
        reference: "The platform's documentation");

    public static readonly CheckDefinition Wildcard = new(
        "DNS-WILDCARD",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No wildcard answers for names nobody made",
        finding: "A wildcard of {zone} answers TXT questions for any name.",
        recommendation: "Narrow the wildcard; publish explicit records.",
        reference: "RFC 7208 section 3.5; RFC 6376 section 6.1.2");

    public static readonly CheckDefinition ResponseSize = new(
        "DNS-RESPONSE-SIZE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "TXT answers fit one UDP datagram",
        finding: "The TXT answer of {name} is about {n} octets, over the 1232 that pass everywhere over UDP.",
        recommendation: "Remove stale TXT values; keep SPF short.",
        reference: "RFC 7208 section 3.4; RFC 9715; RFC 7766");

    public static readonly CheckDefinition TcpFail = new(
        "DNS-TCP-FAIL",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No answer is lost to a closed TCP port 53",
        finding: "The answer of {name} {type} is truncated over UDP, and TCP port 53 does not answer.",
        recommendation: "Open TCP port 53 of the server, and of the firewalls on the way to it.",
        reference: "RFC 7766 section 5");

    public static readonly CheckDefinition TtlHigh = new(
        "DNS-TTL-HIGH",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Times to live of at most a day",
        finding: "The time to live of {name} is {ttl} seconds: a change takes that long to be seen.",
        recommendation: "300 to 3600 seconds until the set-up is stable.",
        reference: "RFC 1034 section 3.6");

    public static readonly CheckDefinition TtlLow = new(
        "DNS-TTL-LOW",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Times to live of at least a minute",
        finding: "The time to live of {name} is {ttl} seconds: every receiver asks again and again.",
        recommendation: "Raise it to 3600 seconds or more once stable.",
        reference: "RFC 1034 section 3.6");

    public static readonly CheckDefinition DnssecBogus = new(
        "DNS-DNSSEC-BOGUS",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "DNSSEC validation does not fail",
        finding: "{resolver} says SERVFAIL for {name}, and answers once DNSSEC is not checked: validation fails.",
        recommendation: "Correct the signatures or the DS record; who validates sees nothing of the domain.",
        reference: "RFC 4035 sections 3.2.2 and 5.5");

    public static readonly CheckDefinition DnssecUnsigned = new(
        "DNS-DNSSEC-UNSIGNED",
        CheckArea.Dns,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The zone is shown as signed",
        finding: "{resolver} does not show {zone} as validated by DNSSEC.",
        recommendation: "Optional: sign the zone. DANE needs it.",
        reference: "RFC 9364; RFC 6840 section 5.8; RFC 9989 section 11");

    public static readonly CheckDefinition ReservedName = new(
        "DNS-RESERVED-NAME",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No documentation names in values",
        finding: "{name} in the value at {owner} is a reserved documentation name.",
        recommendation: "Replace the sample value by your own.",
        reference: "RFC 6761; RFC 2606");

    public static readonly CheckDefinition Placeholder = new(
        "DNS-LOOKALIKE-PLACEHOLDER",
        CheckArea.Dns,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "No placeholders left in values",
        finding: "The value at {name} still holds a placeholder: {text}.",
        recommendation: "Fill it in with your own value.",
        reference: "The platform's documentation");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        NxDomain,
        LookupFailed,
        TxtSplitAsRecords,
        TxtJoinSpace,
        TxtQuotes,
        TxtNonAscii,
        NameDoubled,
        NameLength,
        NameSyntax,
        IdnULabel,
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
        ReservedName,
        Placeholder,
    };

    /// <summary>Those that judge what TXT records hold, and the names that records point to.</summary>
    public static IReadOnlyList<CheckDefinition> OfRecords { get; } = new[]
    {
        TxtSplitAsRecords,
        TxtJoinSpace,
        TxtQuotes,
        TxtNonAscii,
        NameLength,
        NameSyntax,
        IdnULabel,
        IdnInvalid,
        ResponseSize,
        TtlHigh,
        TtlLow,
        DnssecBogus,
        DnssecUnsigned,
        ReservedName,
        Placeholder,
    };
}
