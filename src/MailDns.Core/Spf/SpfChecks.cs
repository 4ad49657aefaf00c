using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>The checks of SPF (RFC 7208): the one place that declares them.</summary>
internal static class SpfChecks
{
    public static readonly CheckDefinition Missing = new(
        "SPF-MISSING",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No v=spf1 record at {domain}",
        finding: "No v=spf1 record at {domain}.",
        recommendation: "Publish one; for a non-sending domain \"v=spf1 -all\".",
        reference: "RFC 7208 4.5 none; Gmail/Yahoo/Microsoft rules");

    public static readonly CheckDefinition Multiple = new(
        "SPF-MULTIPLE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} v=spf1 records",
        finding: "{n} v=spf1 records.",
        recommendation: "Merge into one.",
        reference: "RFC 7208 3.2, 4.5 permerror");

    public static readonly CheckDefinition Version = new(
        "SPF-VERSION",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Record does not start with exactly \"v=spf1\" + space/end (e.g. v=spf10, v=spf1;, leading space)",
        finding: "Record does not start with exactly \"v=spf1\" + space/end (e.g. v=spf10, v=spf1;, leading space).",
        recommendation: "Fix the version section.",
        reference: "RFC 7208 4.5, 12");

    public static readonly CheckDefinition Syntax = new(
        "SPF-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Syntax error at {pos}: {term}",
        finding: "Syntax error at {pos}: {term}.",
        recommendation: "Fix the term.",
        reference: "RFC 7208 4.6 (any error anywhere = permerror)");

    public static readonly CheckDefinition UnknownMech = new(
        "SPF-UNKNOWN-MECH",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Unknown mechanism {term} (ipv4:, ip:, redirect:, include=)",
        finding: "Unknown mechanism {term} (ipv4:, ip:, redirect:, include=).",
        recommendation: "Use ip4:, ip6:, redirect=, include:.",
        reference: "RFC 7208 4.6.1, 12");

    public static readonly CheckDefinition UnknownModifier = new(
        "SPF-UNKNOWN-MODIFIER",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Unknown modifier {name}= is ignored",
        finding: "Unknown modifier {name}= is ignored.",
        recommendation: "Remove it unless meant.",
        reference: "RFC 7208 6 (ignored)");

    public static readonly CheckDefinition IpSyntax = new(
        "SPF-IP-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Bad address or prefix in {term}",
        finding: "Bad address or prefix in {term}.",
        recommendation: "Correct; ip4 prefix 0-32, ip6 0-128, no leading zero.",
        reference: "RFC 7208 5.6, 12");

    public static readonly CheckDefinition IpHostbits = new(
        "SPF-IP-HOSTBITS",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "{term} has host bits set; the network is {net}",
        finding: "{term} has host bits set; the network is {net}.",
        recommendation: "Write the network address.",
        reference: "operational");

    public static readonly CheckDefinition IpPrivate = new(
        "SPF-IP-PRIVATE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "{term} is private, link-local or documentation space",
        finding: "{term} is private, link-local or documentation space.",
        recommendation: "Remove it.",
        reference: "RFC 1918, 4193, 5737");

    public static readonly CheckDefinition IpBroad = new(
        "SPF-IP-BROAD",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "{term} authorises {n} addresses (ip4 < /16, ip6 < /32)",
        finding: "{term} authorises {n} addresses (ip4 < /16, ip6 < /32).",
        recommendation: "Narrow it.",
        reference: "RFC 9989 7.1; RFC 7208 11.x");

    public static readonly CheckDefinition IpOverlap = new(
        "SPF-IP-OVERLAP",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "{term} is already covered by {other}",
        finding: "{term} is already covered by {other}.",
        recommendation: "Remove the redundant term.",
        reference: "operational");

    public static readonly CheckDefinition DupTerm = new(
        "SPF-DUP-TERM",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "{term} occurs twice (and each copy costs a lookup)",
        finding: "{term} occurs twice (and each copy costs a lookup).",
        recommendation: "Remove one.",
        reference: "operational");

    public static readonly CheckDefinition AllPass = new(
        "SPF-ALL-PASS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Record ends in +all",
        finding: "Record ends in +all.",
        recommendation: "Use -all or ~all.",
        reference: "RFC 7208 5.1, 11; +all authorises the Internet");

    public static readonly CheckDefinition AllNeutral = new(
        "SPF-ALL-NEUTRAL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Record ends in ?all: no statement",
        finding: "Record ends in ?all: no statement.",
        recommendation: "Use ~all or -all.",
        reference: "RFC 7208 8.2");

    public static readonly CheckDefinition AllMissing = new(
        "SPF-ALL-MISSING",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No all and no redirect: default neutral",
        finding: "No all and no redirect: default neutral.",
        recommendation: "End with ~all or -all.",
        reference: "RFC 7208 4.7 (implicit neutral), 5.1");

    public static readonly CheckDefinition AllHardfailEarly = new(
        "SPF-ALL-HARDFAIL-EARLY",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "-all may get mail rejected before DKIM/DMARC is looked at, unseen in reports",
        finding: "-all may get mail rejected before DKIM/DMARC is looked at, unseen in reports.",
        recommendation: "With DMARC enforced and DKIM everywhere, ~all loses nothing; keep -all for non-senders.",
        reference: "RFC 9989 7.1");

    public static readonly CheckDefinition AfterAll = new(
        "SPF-AFTER-ALL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Terms after all are ignored: {terms}",
        finding: "Terms after all are ignored: {terms}.",
        recommendation: "Move or remove.",
        reference: "RFC 7208 5.1 (mechanisms after all ignored)");

    public static readonly CheckDefinition RedirectWithAll = new(
        "SPF-REDIRECT-WITH-ALL",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "redirect= is ignored because all is present",
        finding: "redirect= is ignored because all is present.",
        recommendation: "Keep one.",
        reference: "RFC 7208 6.1");

    public static readonly CheckDefinition RedirectDup = new(
        "SPF-REDIRECT-DUP",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "redirect= or exp= given twice",
        finding: "redirect= or exp= given twice.",
        recommendation: "Keep one.",
        reference: "RFC 7208 6 (permerror)");

    public static readonly CheckDefinition RedirectNone = new(
        "SPF-REDIRECT-NONE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "redirect target {d} has no SPF record",
        finding: "redirect target {d} has no SPF record.",
        recommendation: "Fix the target.",
        reference: "RFC 7208 6.1 (none -> permerror)");

    public static readonly CheckDefinition IncludeNone = new(
        "SPF-INCLUDE-NONE",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "include:{d} has no SPF record",
        finding: "include:{d} has no SPF record.",
        recommendation: "Remove or correct it.",
        reference: "RFC 7208 5.2 table (none -> permerror)");

    public static readonly CheckDefinition IncludePermerror = new(
        "SPF-INCLUDE-PERMERROR",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "include:{d} is itself in permerror: {why}",
        finding: "include:{d} is itself in permerror: {why}.",
        recommendation: "Tell its owner; remove it.",
        reference: "RFC 7208 5.2");

    public static readonly CheckDefinition IncludeLoop = new(
        "SPF-INCLUDE-LOOP",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "include/redirect loop: {path}",
        finding: "include/redirect loop: {path}.",
        recommendation: "Break the loop.",
        reference: "RFC 7208 4.6.4");

    public static readonly CheckDefinition IncludeSelf = new(
        "SPF-INCLUDE-SELF",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{domain} includes itself",
        finding: "{domain} includes itself.",
        recommendation: "Remove it.",
        reference: "RFC 7208 4.6.4");

    public static readonly CheckDefinition IncludeAllpass = new(
        "SPF-INCLUDE-ALLPASS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "include:{d} contains +all: everything passes",
        finding: "include:{d} contains +all: everything passes.",
        recommendation: "Remove it.",
        reference: "RFC 7208 5.2");

    public static readonly CheckDefinition Lookups = new(
        "SPF-LOOKUPS",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} DNS-querying terms in the tree; limit 10 -> permerror",
        finding: "{n} DNS-querying terms in the tree; limit 10 -> permerror.",
        recommendation: "Drop unused includes; move ESPs to a subdomain/bounce CNAME; flatten only with automation.",
        reference: "RFC 7208 4.6.4 (10)");

    public static readonly CheckDefinition LookupsNear = new(
        "SPF-LOOKUPS-NEAR",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "{n} of 10 lookups used",
        finding: "{n} of 10 lookups used.",
        recommendation: "Leave room.",
        reference: "RFC 7208 4.6.4");

    public static readonly CheckDefinition Void = new(
        "SPF-VOID",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} void lookups; limit 2 -> permerror",
        finding: "{n} void lookups; limit 2 -> permerror.",
        recommendation: "Remove dead names: {list}.",
        reference: "RFC 7208 4.6.4, 11.1 (2)");

    public static readonly CheckDefinition MxAddresses = new(
        "SPF-MX-ADDRESSES",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "mx:{d} has {n} > 10 exchangers",
        finding: "mx:{d} has {n} > 10 exchangers.",
        recommendation: "List ip4/ip6 instead.",
        reference: "RFC 7208 4.6.4 (10 per mx)");

    public static readonly CheckDefinition MxCost = new(
        "SPF-MX-COST",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "mx is costly and often not the sending host",
        finding: "mx is costly and often not the sending host.",
        recommendation: "Prefer ip4/ip6.",
        reference: "RFC 7208 10.1.1");

    public static readonly CheckDefinition Ptr = new(
        "SPF-PTR",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "ptr mechanism used",
        finding: "ptr mechanism used.",
        recommendation: "Replace with ip4/ip6.",
        reference: "RFC 7208 5.5 (SHOULD NOT be published)");

    public static readonly CheckDefinition ExistsMacro = new(
        "SPF-EXISTS-MACRO",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "exists with macros: result depends on sender/IP",
        finding: "exists with macros: result depends on sender/IP.",
        recommendation: "Evaluate with a concrete IP.",
        reference: "RFC 7208 5.7, 7");

    public static readonly CheckDefinition MacroSyntax = new(
        "SPF-MACRO-SYNTAX",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Bad macro {m}",
        finding: "Bad macro {m}.",
        recommendation: "Fix it.",
        reference: "RFC 7208 7.1; %{c}%{r}%{t} only in exp");

    public static readonly CheckDefinition MacroP = new(
        "SPF-MACRO-P",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "%{p} used",
        finding: "%{p} used.",
        recommendation: "Avoid.",
        reference: "RFC 7208 7.2 (p SHOULD NOT)");

    public static readonly CheckDefinition ExpTarget = new(
        "SPF-EXP-TARGET",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "exp target {d} has no single TXT: ignored",
        finding: "exp target {d} has no single TXT: ignored.",
        recommendation: "Fix or drop exp=.",
        reference: "RFC 7208 6.2");

    public static readonly CheckDefinition Rrtype99 = new(
        "SPF-RRTYPE99",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "A type SPF (99) record exists",
        finding: "A type SPF (99) record exists.",
        recommendation: "Delete; TXT only.",
        reference: "RFC 7208 3.1, 14.1");

    public static readonly CheckDefinition Length = new(
        "SPF-LENGTH",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Record is {n} octets (aim < 450 with name)",
        finding: "Record is {n} octets (aim < 450 with name).",
        recommendation: "Shorten.",
        reference: "RFC 7208 3.4");

    public static readonly CheckDefinition Uppercase = new(
        "SPF-UPPERCASE",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Mixed case is legal; some tools trip",
        finding: "Mixed case is legal; some tools trip.",
        recommendation: "Use lower case.",
        reference: "RFC 7208 12 (case-insensitive)");

    public static readonly CheckDefinition SubdomainGap = new(
        "SPF-SUBDOMAIN-GAP",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Host {h} has A/MX but no SPF",
        finding: "Host {h} has A/MX but no SPF.",
        recommendation: "Publish \"v=spf1 -all\" or \"v=spf1 a -all\".",
        reference: "RFC 7208 3.5, 10.1.2");

    public static readonly CheckDefinition HeloMissing = new(
        "SPF-HELO-MISSING",
        CheckArea.Spf,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "HELO name {h} has no SPF record",
        finding: "HELO name {h} has no SPF record.",
        recommendation: "Publish \"v=spf1 a -all\".",
        reference: "RFC 7208 2.3, 10.1.3");

    public static readonly CheckDefinition NotEvaluated = new(
        "SPF-NOT-EVALUATED",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "include:{esp} at {domain} is never used: the Return-Path is {bounce}",
        finding: "include:{esp} at {domain} is never used: the Return-Path is {bounce}.",
        recommendation: "Remove it; it spends lookups and lets any tenant able to set that MAIL FROM pass as {domain} (RFC 7208 11.4).",
        reference: "RFC 7208 2.4; RFC 9989 4.4.2 (MAIL FROM only)");

    public static readonly CheckDefinition SharedInclude = new(
        "SPF-SHARED-INCLUDE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "include:{esp} authorises shared IPs at the organizational domain",
        finding: "include:{esp} authorises shared IPs at the organizational domain.",
        recommendation: "Prefer a dedicated bounce subdomain.",
        reference: "RFC 7208 11.4; RFC 9989 11");

    public static readonly CheckDefinition InWrongPlace = new(
        "SPF-IN-WRONG-PLACE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "v=spf1 found at _spf/_dmarc/_domainkey of the domain, not at {domain}",
        finding: "v=spf1 found at _spf/_dmarc/_domainkey of the domain, not at {domain}.",
        recommendation: "Move it.",
        reference: "RFC 7208 3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Version,
        Syntax,
        UnknownMech,
        UnknownModifier,
        IpSyntax,
        IpHostbits,
        IpPrivate,
        IpBroad,
        IpOverlap,
        DupTerm,
        AllPass,
        AllNeutral,
        AllMissing,
        AllHardfailEarly,
        AfterAll,
        RedirectWithAll,
        RedirectDup,
        RedirectNone,
        IncludeNone,
        IncludePermerror,
        IncludeLoop,
        IncludeSelf,
        IncludeAllpass,
        Lookups,
        LookupsNear,
        Void,
        MxAddresses,
        MxCost,
        Ptr,
        ExistsMacro,
        MacroSyntax,
        MacroP,
        ExpTarget,
        Rrtype99,
        Length,
        Uppercase,
        SubdomainGap,
        HeloMissing,
        NotEvaluated,
        SharedInclude,
        InWrongPlace,
    };
}
