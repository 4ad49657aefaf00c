using System.Collections.Generic;

namespace MailDns.Bimi;

/// <summary>The checks of BIMI: the one place that declares them.</summary>
internal static class BimiChecks
{
    public static readonly CheckDefinition Missing = new(
        "BIMI-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "No BIMI record at {sel}._bimi.{domain}",
        finding: "No BIMI record at {sel}._bimi.{domain}.",
        recommendation: "Optional.",
        reference: "BIMI draft");

    public static readonly CheckDefinition Multiple = new(
        "BIMI-MULTIPLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "More than one v=BIMI1 record",
        finding: "More than one v=BIMI1 record.",
        recommendation: "Keep one.",
        reference: "BIMI draft 8.2 step 8");

    public static readonly CheckDefinition Version = new(
        "BIMI-VERSION",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "v=BIMI1 must be first and exact",
        finding: "v=BIMI1 must be first and exact.",
        recommendation: "Fix.",
        reference: "BIMI draft 5.3 v");

    public static readonly CheckDefinition LMissing = new(
        "BIMI-L-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "No l= tag",
        finding: "No l= tag.",
        recommendation: "Add.",
        reference: "BIMI draft 5.3 l REQUIRED");

    public static readonly CheckDefinition LHttps = new(
        "BIMI-L-HTTPS",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "l= or a= is not https",
        finding: "l= or a= is not https.",
        recommendation: "Use https.",
        reference: "BIMI draft 5.3 (HTTPS only)");

    public static readonly CheckDefinition LType = new(
        "BIMI-L-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "l= does not end in .svg/.svgz",
        finding: "l= does not end in .svg/.svgz.",
        recommendation: "Fix.",
        reference: "BIMI draft 5.3.2 (svg, svgz)");

    public static readonly CheckDefinition UriComma = new(
        "BIMI-URI-COMMA",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Comma in URI must be encoded",
        finding: "Comma in URI must be encoded.",
        recommendation: "Encode %2C.",
        reference: "BIMI draft 5.3");

    public static readonly CheckDefinition Declined = new(
        "BIMI-DECLINED",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "l= and a= empty: declination",
        finding: "l= and a= empty: declination.",
        recommendation: "Intended?",
        reference: "BIMI draft 5.3.1");

    public static readonly CheckDefinition AMissing = new(
        "BIMI-A-MISSING",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No a= evidence: only self-asserted providers (Yahoo/AOL, Fastmail) show it",
        finding: "No a= evidence: only self-asserted providers (Yahoo/AOL, Fastmail) show it.",
        recommendation: "Buy a VMC or CMC.",
        reference: "Gmail, Apple need VMC/CMC; BIMI Group");

    public static readonly CheckDefinition Avp = new(
        "BIMI-AVP",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "avp must be brand or personal",
        finding: "avp must be brand or personal.",
        recommendation: "Fix.",
        reference: "BIMI draft 5.3 avp");

    public static readonly CheckDefinition Lps = new(
        "BIMI-LPS",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "lps prefix has characters outside A-Z a-z 0-9 - or > 63",
        finding: "lps prefix has characters outside A-Z a-z 0-9 - or > 63.",
        recommendation: "Fix.",
        reference: "BIMI draft 5.3 lps, 5.5");

    public static readonly CheckDefinition TagUnknown = new(
        "BIMI-TAG-UNKNOWN",
        CheckArea.Bimi,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Unknown tag ignored",
        finding: "Unknown tag ignored.",
        recommendation: "Remove.",
        reference: "BIMI draft 5.3");

    public static readonly CheckDefinition DmarcNone = new(
        "BIMI-DMARC-NONE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "DMARC p=none: BIMI will not run",
        finding: "DMARC p=none: BIMI will not run.",
        recommendation: "Enforce.",
        reference: "BIMI draft 8.1 step 7");

    public static readonly CheckDefinition DmarcOrg = new(
        "BIMI-DMARC-ORG",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Organizational domain {org} is not at enforcement",
        finding: "Organizational domain {org} is not at enforcement.",
        recommendation: "Raise p at {org}.",
        reference: "BIMI draft 8.1; BIMI Group guide; Gmail");

    public static readonly CheckDefinition DmarcSpNone = new(
        "BIMI-DMARC-SP-NONE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "sp=none blocks BIMI",
        finding: "sp=none blocks BIMI.",
        recommendation: "Remove sp=none.",
        reference: "BIMI draft 8.1 step 8");

    public static readonly CheckDefinition DmarcPct = new(
        "BIMI-DMARC-PCT",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "pct < 100 with quarantine blocks BIMI",
        finding: "pct < 100 with quarantine blocks BIMI.",
        recommendation: "Remove pct.",
        reference: "BIMI draft 8.1 step 9; Gmail, Apple Branded Mail");

    public static readonly CheckDefinition DmarcT = new(
        "BIMI-DMARC-T",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "t=y lowers the policy; likely blocks BIMI",
        finding: "t=y lowers the policy; likely blocks BIMI.",
        recommendation: "Remove.",
        reference: "RFC 9989 t (BIMI draft predates it)");

    public static readonly CheckDefinition SvgUnreachable = new(
        "BIMI-SVG-UNREACHABLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "{url}: HTTP {code}/TLS error",
        finding: "{url}: HTTP {code}/TLS error.",
        recommendation: "Serve over valid TLS, 200, image/svg+xml.",
        reference: "BIMI draft 8.5-8.6");

    public static readonly CheckDefinition SvgProfile = new(
        "BIMI-SVG-PROFILE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "baseProfile=\"tiny-ps\" and version=\"1.2\" required",
        finding: "baseProfile=\"tiny-ps\" and version=\"1.2\" required.",
        recommendation: "Fix root element.",
        reference: "SVG Tiny PS 2.1");

    public static readonly CheckDefinition SvgTitle = new(
        "BIMI-SVG-TITLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "<title> missing, empty or repeated (<= 64 chars)",
        finding: "<title> missing, empty or repeated (<= 64 chars).",
        recommendation: "Add brand name.",
        reference: "SVG Tiny PS 2.1");

    public static readonly CheckDefinition SvgRootXy = new(
        "BIMI-SVG-ROOT-XY",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "x=/y= on root svg",
        finding: "x=/y= on root svg.",
        recommendation: "Remove.",
        reference: "SVG Tiny PS 6.2");

    public static readonly CheckDefinition SvgElement = new(
        "BIMI-SVG-ELEMENT",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Element {e} not allowed (image, script, style, a, animate*, foreignObject, filter, clipPath, mask, pattern, symbol, switch)",
        finding: "Element {e} not allowed (image, script, style, a, animate*, foreignObject, filter, clipPath, mask, pattern, symbol, switch).",
        recommendation: "Remove or redraw.",
        reference: "SVG_PS RNC; SVG Tiny PS 2.3");

    public static readonly CheckDefinition SvgAttribute = new(
        "BIMI-SVG-ATTRIBUTE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Attribute {a} not allowed (style, on*, x/y on root)",
        finding: "Attribute {a} not allowed (style, on*, x/y on root).",
        recommendation: "Use presentation attributes.",
        reference: "SVG_PS RNC");

    public static readonly CheckDefinition SvgExternal = new(
        "BIMI-SVG-EXTERNAL",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "External reference {href}",
        finding: "External reference {href}.",
        recommendation: "Embed as paths.",
        reference: "SVG Tiny PS 2.3; RFC 6170 5.2");

    public static readonly CheckDefinition SvgDtd = new(
        "BIMI-SVG-DTD",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "DOCTYPE/entity in SVG",
        finding: "DOCTYPE/entity in SVG.",
        recommendation: "Remove; parser must prohibit DTD.",
        reference: "security (XXE)");

    public static readonly CheckDefinition SvgSize = new(
        "BIMI-SVG-SIZE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "{n} bytes",
        finding: "{n} bytes.",
        recommendation: "Simplify.",
        reference: "SVG Tiny PS 2.4 (<= 32 KB uncompressed)");

    public static readonly CheckDefinition SvgSquare = new(
        "BIMI-SVG-SQUARE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "viewBox {w}x{h} is not square",
        finding: "viewBox {w}x{h} is not square.",
        recommendation: "Make it square, centred, solid background.",
        reference: "Gmail, BIMI Group (1:1)");

    public static readonly CheckDefinition SvgDimension = new(
        "BIMI-SVG-DIMENSION",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "width/height missing, percent or < 96",
        finding: "width/height missing, percent or < 96.",
        recommendation: "Set e.g. 96 or more.",
        reference: "Gmail BIMI help (>= 96 px, absolute)");

    public static readonly CheckDefinition SvgColors = new(
        "BIMI-SVG-COLORS",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "Only one colour",
        finding: "Only one colour.",
        recommendation: "Add background.",
        reference: "SVG Tiny PS 2.4 (>= 2 colours)");

    public static readonly CheckDefinition VmcFetch = new(
        "BIMI-VMC-FETCH",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "a= {url} not fetched",
        finding: "a= {url} not fetched.",
        recommendation: "Serve PEM over https.",
        reference: "BIMI fetch draft");

    public static readonly CheckDefinition VmcChain = new(
        "BIMI-VMC-CHAIN",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "PEM does not chain to a VMC root or lacks intermediates",
        finding: "PEM does not chain to a VMC root or lacks intermediates.",
        recommendation: "Send full chain, leaf first.",
        reference: "VMC requirements; roots DigiCert, GlobalSign, SSL.com (Entrust legacy)");

    public static readonly CheckDefinition VmcExpired = new(
        "BIMI-VMC-EXPIRED",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Mark certificate expired or < 30 days",
        finding: "Mark certificate expired or < 30 days.",
        recommendation: "Renew.",
        reference: "RFC 5280");

    public static readonly CheckDefinition VmcSan = new(
        "BIMI-VMC-SAN",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "SAN does not cover {domain} or {sel}._bimi.{domain}",
        finding: "SAN does not cover {domain} or {sel}._bimi.{domain}.",
        recommendation: "Reissue.",
        reference: "VMC requirements");

    public static readonly CheckDefinition VmcEku = new(
        "BIMI-VMC-EKU",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "EKU missing",
        finding: "EKU missing.",
        recommendation: "Wrong certificate type.",
        reference: "id-kp-BrandIndicatorforMessageIdentification 1.3.6.1.5.5.7.3.31");

    public static readonly CheckDefinition VmcLogo = new(
        "BIMI-VMC-LOGO",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "SVG at l= differs from the one in the certificate",
        finding: "SVG at l= differs from the one in the certificate.",
        recommendation: "Publish the identical bytes.",
        reference: "RFC 3709/6170 logotype");

    public static readonly CheckDefinition SelectorSyntax = new(
        "BIMI-SELECTOR-SYNTAX",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Selector {s} invalid",
        finding: "Selector {s} invalid.",
        recommendation: "LDH labels.",
        reference: "BIMI draft 5.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Version,
        LMissing,
        LHttps,
        LType,
        UriComma,
        Declined,
        AMissing,
        Avp,
        Lps,
        TagUnknown,
        DmarcNone,
        DmarcOrg,
        DmarcSpNone,
        DmarcPct,
        DmarcT,
        SvgUnreachable,
        SvgProfile,
        SvgTitle,
        SvgRootXy,
        SvgElement,
        SvgAttribute,
        SvgExternal,
        SvgDtd,
        SvgSize,
        SvgSquare,
        SvgDimension,
        SvgColors,
        VmcFetch,
        VmcChain,
        VmcExpired,
        VmcSan,
        VmcEku,
        VmcLogo,
        SelectorSyntax,
    };
}
