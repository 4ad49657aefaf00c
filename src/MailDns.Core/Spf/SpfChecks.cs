namespace MailDns.Spf;

/// <summary>The checks of SPF (RFC 7208): the one place that declares them.</summary>
internal static class SpfChecks
{
    public static readonly CheckDefinition Missing = new(
        "SPF-MISSING",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "An SPF record exists",
        finding: "No v=spf1 record at {domain}.",
        recommendation: "Publish one with New-SpfRecord; for a domain that sends no mail: \"v=spf1 -all\".",
        reference: "RFC 7208 section 4.5");

    public static readonly CheckDefinition Multiple = new(
        "SPF-MULTIPLE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One SPF record only",
        finding: "{n} SPF records at {domain}: every check ends in permerror.",
        recommendation: "Merge them into one.",
        reference: "RFC 7208 sections 3.2 and 4.5");

    public static readonly CheckDefinition Version = new(
        "SPF-VERSION",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record begins with \"v=spf1\" and a space",
        finding: "The record does not begin with exactly \"v=spf1\" and a space or its end (v=spf10, v=spf1;, a leading space), so it is no SPF record.",
        recommendation: "Correct the version.",
        reference: "RFC 7208 sections 4.5 and 12");

    public static readonly CheckDefinition Syntax = new(
        "SPF-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every term follows the grammar",
        finding: "A syntax error at {position}: the whole record is a permerror.",
        recommendation: "Correct the term.",
        reference: "RFC 7208 section 4.6");

    public static readonly CheckDefinition UnknownMechanism = new(
        "SPF-UNKNOWN-MECH",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every mechanism is one of SPF's eight",
        finding: "{term} is no mechanism of SPF (as ipv4:, redirect: or include= are not).",
        recommendation: "Write ip4:, ip6:, redirect= and include:.",
        reference: "RFC 7208 sections 4.6.1 and 12");

    public static readonly CheckDefinition UnknownModifier = new(
        "SPF-UNKNOWN-MODIFIER",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No unknown modifier",
        finding: "The unknown modifier {name}= is ignored.",
        recommendation: "Remove it unless it is meant.",
        reference: "RFC 7208 section 6");

    public static readonly CheckDefinition AddressSyntax = new(
        "SPF-IP-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Addresses and prefix lengths are well formed",
        finding: "A bad address or prefix length in {term}: the whole record is a permerror.",
        recommendation: "Correct it; prefix lengths are 0-32 for IPv4 and 0-128 for IPv6, without a leading zero.",
        reference: "RFC 7208 sections 5.6 and 12");

    public static readonly CheckDefinition HostBits = new(
        "SPF-IP-HOSTBITS",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Networks are written with their network address",
        finding: "{term} has host bits set; the network is {network}.",
        recommendation: "Write the network address, or the prefix length that was meant.",
        reference: "RFC 7208 section 5.6; RFC 4632 section 3.1");

    public static readonly CheckDefinition PrivateAddress = new(
        "SPF-IP-PRIVATE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Only public addresses are authorised",
        finding: "{term} is private, link-local, documentation or other special space, which no receiver sees as a client.",
        recommendation: "Remove it.",
        reference: "RFC 6890");

    public static readonly CheckDefinition BroadNetwork = new(
        "SPF-IP-BROAD",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No network is broader than IPv4 /16 or IPv6 /32",
        finding: "{term} authorises {n} addresses.",
        recommendation: "Narrow it to the hosts that send.",
        reference: "RFC 7208 section 11; RFC 9989 section 7.1");

    public static readonly CheckDefinition OverlappingNetwork = new(
        "SPF-IP-OVERLAP",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No network is covered by another",
        finding: "{term} is covered by {other} already.",
        recommendation: "Remove the term that changes nothing.",
        reference: "RFC 7208 section 4.6.2");

    public static readonly CheckDefinition DuplicateTerm = new(
        "SPF-DUP-TERM",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No mechanism occurs twice",
        finding: "{term} occurs twice; only the first counts, and each copy that looks up costs one of the ten lookups.",
        recommendation: "Remove the later one.",
        reference: "RFC 7208 sections 4.6.2 and 4.6.4");

    public static readonly CheckDefinition AllPass = new(
        "SPF-ALL-PASS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record does not authorise everybody",
        finding: "The record ends in +all: every host of the Internet passes.",
        recommendation: "End it with -all or ~all.",
        reference: "RFC 7208 sections 5.1 and 11");

    public static readonly CheckDefinition AllNeutral = new(
        "SPF-ALL-NEUTRAL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record says something of other hosts",
        finding: "The record ends in ?all: nothing is said of hosts that are not listed.",
        recommendation: "End it with ~all or -all.",
        reference: "RFC 7208 section 8.2");

    public static readonly CheckDefinition AllMissing = new(
        "SPF-ALL-MISSING",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record ends in all or redirect",
        finding: "Neither all nor redirect: hosts that are not listed are neutral.",
        recommendation: "End the record with ~all or -all.",
        reference: "RFC 7208 sections 4.7 and 5.1");

    public static readonly CheckDefinition HardFailEarly = new(
        "SPF-ALL-HARDFAIL-EARLY",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No -all that may act before DMARC",
        finding: "-all may get mail refused before DKIM and DMARC are looked at, unseen in reports.",
        recommendation: "With DMARC enforced and DKIM on all mail, ~all loses nothing; keep -all where no mail is sent.",
        reference: "RFC 9989 section 7.1");

    public static readonly CheckDefinition AfterAll = new(
        "SPF-AFTER-ALL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No mechanism stands after all",
        finding: "Mechanisms after all are never evaluated: {terms}.",
        recommendation: "Remove them, or add them before all (Add-SpfMechanism) where they are to count.",
        reference: "RFC 7208 section 5.1");

    public static readonly CheckDefinition RedirectWithAll = new(
        "SPF-REDIRECT-WITH-ALL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No redirect stands beside all",
        finding: "redirect= is ignored since all is present.",
        recommendation: "Keep one of the two.",
        reference: "RFC 7208 section 6.1");

    public static readonly CheckDefinition DuplicateModifier = new(
        "SPF-REDIRECT-DUP",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "redirect and exp occur once at most",
        finding: "redirect= or exp= is given twice: the whole record is a permerror.",
        recommendation: "Keep one.",
        reference: "RFC 7208 section 6");

    public static readonly CheckDefinition RedirectNone = new(
        "SPF-REDIRECT-NONE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The redirect leads to an SPF record",
        finding: "The target of redirect= has no SPF record: permerror.",
        recommendation: "Correct the target.",
        reference: "RFC 7208 section 6.1");

    public static readonly CheckDefinition IncludeNone = new(
        "SPF-INCLUDE-NONE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every include leads to an SPF record",
        finding: "include:{target} has no SPF record: permerror.",
        recommendation: "Remove or correct it.",
        reference: "RFC 7208 section 5.2");

    public static readonly CheckDefinition IncludePermError = new(
        "SPF-INCLUDE-PERMERROR",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every included record is sound",
        finding: "include:{target} is a permerror itself: {why}.",
        recommendation: "Tell its owner; remove it until then.",
        reference: "RFC 7208 section 5.2");

    public static readonly CheckDefinition IncludeLoop = new(
        "SPF-INCLUDE-LOOP",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Includes and redirects do not run in a circle",
        finding: "Includes or redirects run in a circle: {path}.",
        recommendation: "Break the circle.",
        reference: "RFC 7208 section 4.6.4");

    public static readonly CheckDefinition IncludeSelf = new(
        "SPF-INCLUDE-SELF",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No record includes itself",
        finding: "{domain} includes itself.",
        recommendation: "Remove the term.",
        reference: "RFC 7208 section 4.6.4");

    public static readonly CheckDefinition IncludeAllPass = new(
        "SPF-INCLUDE-ALLPASS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No included record authorises everybody",
        finding: "include:{target} holds +all: every host of the Internet passes.",
        recommendation: "Remove it.",
        reference: "RFC 7208 section 5.2");

    public static readonly CheckDefinition Lookups = new(
        "SPF-LOOKUPS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "At most ten terms need lookups",
        finding: "{n} terms of the whole tree need lookups; over 10 is a permerror.",
        recommendation: "Remove includes that are not used, move platforms to a bounce subdomain, or flatten (Optimize-SpfRecord -Flatten) where the flattening is repeated.",
        reference: "RFC 7208 section 4.6.4");

    public static readonly CheckDefinition LookupsNear = new(
        "SPF-LOOKUPS-NEAR",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The lookup limit is not near",
        finding: "{n} of 10 lookups are used.",
        recommendation: "Leave room: what an include holds may grow without notice.",
        reference: "RFC 7208 section 4.6.4");

    public static readonly CheckDefinition VoidLookups = new(
        "SPF-VOID",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "At most two lookups are void",
        finding: "{n} lookups give no answer; over 2 is a permerror.",
        recommendation: "Remove the names that lead nowhere.",
        reference: "RFC 7208 sections 4.6.4 and 11.1");

    public static readonly CheckDefinition MxAddresses = new(
        "SPF-MX-ADDRESSES",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No mx has more than ten exchangers",
        finding: "mx:{target} has {n} exchangers; over 10 is a permerror.",
        recommendation: "List the networks with ip4 and ip6 instead.",
        reference: "RFC 7208 section 4.6.4");

    public static readonly CheckDefinition MxCost = new(
        "SPF-MX-COST",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No mx mechanism",
        finding: "mx costs a lookup for the exchangers and one for each of their names, and exchangers are often not the hosts that send.",
        recommendation: "Prefer ip4 and ip6.",
        reference: "RFC 7208 section 10.1.1");

    public static readonly CheckDefinition Ptr = new(
        "SPF-PTR",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No ptr mechanism",
        finding: "ptr is slow and unreliable; it should not be published.",
        recommendation: "Replace it with ip4 and ip6.",
        reference: "RFC 7208 section 5.5");

    public static readonly CheckDefinition ExistsMacro = new(
        "SPF-EXISTS-MACRO",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No exists that depends on the message",
        finding: "The result of {term} depends on the message, so it cannot be judged without one.",
        recommendation: "Evaluate it for a client and a sender with Test-SpfSender.",
        reference: "RFC 7208 sections 5.7 and 7");

    public static readonly CheckDefinition MacroSyntax = new(
        "SPF-MACRO-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every macro is well formed",
        finding: "A bad macro in {term}: the whole record is a permerror.",
        recommendation: "Correct it; a percent sign itself is written %%, and c, r and t are for explanation texts.",
        reference: "RFC 7208 sections 7.1 and 7.2");

    public static readonly CheckDefinition MacroP = new(
        "SPF-MACRO-P",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No %{p} macro",
        finding: "%{p} needs reverse lookups; it should not be published.",
        recommendation: "Use another macro.",
        reference: "RFC 7208 section 7.2");

    public static readonly CheckDefinition ExplanationTarget = new(
        "SPF-EXP-TARGET",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The explanation can be read",
        finding: "The target of exp= has not exactly one TXT record that is an explanation: it is ignored.",
        recommendation: "Correct the target, or remove exp=.",
        reference: "RFC 7208 section 6.2");

    public static readonly CheckDefinition RecordType99 = new(
        "SPF-RRTYPE99",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No record of the old type SPF",
        finding: "A record of type SPF (99) exists; receivers read TXT only.",
        recommendation: "Delete it.",
        reference: "RFC 7208 sections 3.1 and 14.1");

    public static readonly CheckDefinition Length = new(
        "SPF-LENGTH",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The record fits a small answer",
        finding: "The name and the record take {n} octets; the aim is below 450.",
        recommendation: "Shorten it.",
        reference: "RFC 7208 section 3.4");

    public static readonly CheckDefinition UpperCase = new(
        "SPF-UPPERCASE",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Names of terms are in lower case",
        finding: "Upper case in {term} is right, but not every tool knows that.",
        recommendation: "Write lower case.",
        reference: "RFC 7208 section 12; RFC 5234 section 2.3");

    public static readonly CheckDefinition WrongPlace = new(
        "SPF-IN-WRONG-PLACE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No SPF record at a name where none is looked for",
        finding: "An SPF record stands at {name}, where no receiver looks for it.",
        recommendation: "Move it to the domain itself.",
        reference: "RFC 7208 section 3");

    public static readonly CheckDefinition Parked = new(
        "SPF-PARKED",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "A domain that sends nothing authorises nobody",
        finding: "{domain} sends no mail but its SPF record authorises senders.",
        recommendation: "Publish \"v=spf1 -all\".",
        reference: "RFC 7208 section 10.1.2; M3AAWG Protecting Parked Domains Best Common Practices");

    public static readonly CheckDefinition SubdomainGap = new(
        "SPF-SUBDOMAIN-GAP",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Hosts with addresses or exchangers have an SPF record",
        finding: "{host} has an address or exchanger and no SPF record.",
        recommendation: "Publish \"v=spf1 -all\", or \"v=spf1 a -all\" where it sends.",
        reference: "RFC 7208 sections 3.5 and 10.1.2");

    public static readonly CheckDefinition HeloMissing = new(
        "SPF-HELO-MISSING",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The HELO name has an SPF record",
        finding: "The HELO name {host} has no SPF record.",
        recommendation: "Publish \"v=spf1 a -all\".",
        reference: "RFC 7208 sections 2.3 and 10.1.3");

    public static readonly CheckDefinition NotEvaluated = new(
        "SPF-NOT-EVALUATED",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Every include is used",
        finding: "include:{platform} at {domain} is never used: the Return-Path is {bounce}.",
        recommendation: "Remove it; it costs lookups, and any customer of the platform that can set that MAIL FROM passes as {domain} (RFC 7208 section 11.4).",
        reference: "RFC 7208 section 2.4; RFC 9989 section 4.4.2");

    public static readonly CheckDefinition SharedInclude = new(
        "SPF-SHARED-INCLUDE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No shared senders at the organizational domain",
        finding: "include:{platform} authorises shared addresses at the organizational domain.",
        recommendation: "Prefer a bounce subdomain of its own.",
        reference: "RFC 7208 section 11.4; RFC 9989 section 11");

    /// <summary>Those that the record and its tree decide, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Version,
        Syntax,
        UnknownMechanism,
        UnknownModifier,
        AddressSyntax,
        HostBits,
        PrivateAddress,
        BroadNetwork,
        OverlappingNetwork,
        DuplicateTerm,
        AllPass,
        AllNeutral,
        AllMissing,
        HardFailEarly,
        AfterAll,
        RedirectWithAll,
        DuplicateModifier,
        RedirectNone,
        IncludeNone,
        IncludePermError,
        IncludeLoop,
        IncludeSelf,
        IncludeAllPass,
        Lookups,
        LookupsNear,
        VoidLookups,
        MxAddresses,
        MxCost,
        Ptr,
        ExistsMacro,
        MacroSyntax,
        MacroP,
        ExplanationTarget,
        RecordType99,
        Length,
        UpperCase,
        WrongPlace,
    };

    /// <summary>Those that need to know who sends for the domain.</summary>
    public static IReadOnlyList<CheckDefinition> Sending { get; } = new[]
    {
        SubdomainGap,
        HeloMissing,
        NotEvaluated,
        SharedInclude,
        Parked,
    };
}
