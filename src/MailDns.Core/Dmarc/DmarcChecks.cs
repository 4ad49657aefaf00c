using System.Collections.Generic;

namespace MailDns.Dmarc;

/// <summary>The checks of DMARC (RFC 9989): the one place that declares them.</summary>
internal static class DmarcChecks
{
    public static readonly CheckDefinition Missing = new(
        "DMARC-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No DMARC record applies to {domain}",
        finding: "No DMARC record applies to {domain}.",
        recommendation: "Publish _dmarc.{domain} \"v=DMARC1; p=none; rua=mailto:...\".",
        reference: "RFC 9989 4.10.1; Gmail/Yahoo/Microsoft bulk rules");

    public static readonly CheckDefinition Inherited = new(
        "DMARC-INHERITED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "{domain} has no own record; policy comes from {org} ({tag})",
        finding: "{domain} has no own record; policy comes from {org} ({tag}).",
        recommendation: "Publish one at the Author Domain if it should differ.",
        reference: "RFC 9989 4.10.1");

    public static readonly CheckDefinition Multiple = new(
        "DMARC-MULTIPLE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} DMARC records at {name}",
        finding: "{n} DMARC records at {name}.",
        recommendation: "Keep one.",
        reference: "RFC 9989 4.10 step 2 (all discarded)");

    public static readonly CheckDefinition WrongPlace = new(
        "DMARC-WRONG-PLACE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "v=DMARC1 at the apex or at {name}, not at _dmarc",
        finding: "v=DMARC1 at the apex or at {name}, not at _dmarc.",
        recommendation: "Move it.",
        reference: "RFC 9989 4.5");

    public static readonly CheckDefinition SpfAtDmarc = new(
        "DMARC-SPF-AT-DMARC",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "v=spf1 found at _dmarc.{domain}",
        finding: "v=spf1 found at _dmarc.{domain}.",
        recommendation: "Replace.",
        reference: "operational");

    public static readonly CheckDefinition Version = new(
        "DMARC-VERSION",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Record is ignored: v=DMARC1 must be first, exact case",
        finding: "Record is ignored: v=DMARC1 must be first, exact case.",
        recommendation: "Fix.",
        reference: "RFC 9989 4.7 v (case-sensitive, first)");

    public static readonly CheckDefinition JunkSegment = new(
        "DMARC-JUNK-SEGMENT",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Segment \"{seg}\" is no tag=value",
        finding: "Segment \"{seg}\" is no tag=value.",
        recommendation: "If it is an address: write rua=mailto:....",
        reference: "RFC 9989 4.8 (syntax errors discarded); 7489-era parsers may reject all");

    public static readonly CheckDefinition PMissing = new(
        "DMARC-P-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No p=: treated as p=none (only if rua is valid)",
        finding: "No p=: treated as p=none (only if rua is valid).",
        recommendation: "Add p=.",
        reference: "RFC 9989 4.7 p RECOMMENDED, 4.10.1; REQUIRED in RFC 7489 6.3");

    public static readonly CheckDefinition PInvalid = new(
        "DMARC-P-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "p={v} invalid: p=none if rua valid, else no DMARC",
        finding: "p={v} invalid: p=none if rua valid, else no DMARC.",
        recommendation: "none, quarantine or reject.",
        reference: "RFC 9989 4.10.1");

    public static readonly CheckDefinition PNotSecond = new(
        "DMARC-P-NOT-SECOND",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "p= is not right after v=",
        finding: "p= is not right after v=.",
        recommendation: "Move it for old readers.",
        reference: "RFC 7489 6.4 vs RFC 9989 4.8");

    public static readonly CheckDefinition PNone = new(
        "DMARC-P-NONE",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "p=none only monitors",
        finding: "p=none only monitors.",
        recommendation: "After clean reports: quarantine, then reject.",
        reference: "RFC 9989 5.1.5-5.1.7");

    public static readonly CheckDefinition PRejectUsers = new(
        "DMARC-P-REJECT-USERS",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "p=reject with human mailboxes hurts mailing lists",
        finding: "p=reject with human mailboxes hurts mailing lists.",
        recommendation: "Use quarantine, or a marketing subdomain with reject.",
        reference: "RFC 9989 7.4 (SHOULD NOT for domains with users on lists)");

    public static readonly CheckDefinition RejectNoDkim = new(
        "DMARC-REJECT-NO-DKIM",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "p=reject but no DKIM key found",
        finding: "p=reject but no DKIM key found.",
        recommendation: "Publish and sign with DKIM.",
        reference: "RFC 9989 7.4, 8 (MUST NOT rely solely on SPF)");

    public static readonly CheckDefinition SpInvalid = new(
        "DMARC-SP-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "sp={v} invalid: whole policy degrades to none",
        finding: "sp={v} invalid: whole policy degrades to none.",
        recommendation: "Fix.",
        reference: "RFC 9989 4.10.1");

    public static readonly CheckDefinition SpWeaker = new(
        "DMARC-SP-WEAKER",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "sp={sp} is weaker than p={p}",
        finding: "sp={sp} is weaker than p={p}.",
        recommendation: "Raise sp or drop it.",
        reference: "RFC 9989 4.7; BIMI draft 8.1 step 8");

    public static readonly CheckDefinition SpRedundant = new(
        "DMARC-SP-REDUNDANT",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "sp equals p: redundant",
        finding: "sp equals p: redundant.",
        recommendation: "May be dropped.",
        reference: "RFC 9989 4.7");

    public static readonly CheckDefinition SpIgnored = new(
        "DMARC-SP-IGNORED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "sp on a subdomain record is ignored",
        finding: "sp on a subdomain record is ignored.",
        recommendation: "Remove.",
        reference: "RFC 9989 4.7 sp last sentence");

    public static readonly CheckDefinition NpMissing = new(
        "DMARC-NP-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "No np=: non-existent subdomains follow sp/p",
        finding: "No np=: non-existent subdomains follow sp/p.",
        recommendation: "np=reject is safe.",
        reference: "RFC 9989 4.7 np");

    public static readonly CheckDefinition NpInvalid = new(
        "DMARC-NP-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "np={v} invalid: policy degrades to none",
        finding: "np={v} invalid: policy degrades to none.",
        recommendation: "Fix.",
        reference: "RFC 9989 4.10.1");

    public static readonly CheckDefinition PsdY = new(
        "DMARC-PSD-Y",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "psd=y on a normal domain breaks alignment (org domain moves one label down)",
        finding: "psd=y on a normal domain breaks alignment (org domain moves one label down).",
        recommendation: "Remove or psd=n.",
        reference: "RFC 9989 4.7, 5.2");

    public static readonly CheckDefinition PsdN = new(
        "DMARC-PSD-N",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "psd=n makes {domain} its own Organizational Domain",
        finding: "psd=n makes {domain} its own Organizational Domain.",
        recommendation: "Intended?",
        reference: "RFC 9989 4.10.2, 5.1.8");

    public static readonly CheckDefinition TY = new(
        "DMARC-T-Y",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "t=y: policy applied one level lower",
        finding: "t=y: policy applied one level lower.",
        recommendation: "Remove when tested.",
        reference: "RFC 9989 4.7 t");

    public static readonly CheckDefinition PctRemoved = new(
        "DMARC-PCT-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "pct= was removed; new readers ignore it, old ones apply {n}%",
        finding: "pct= was removed; new readers ignore it, old ones apply {n}%.",
        recommendation: "Drop; use t=y for testing.",
        reference: "RFC 9989 A.6, C.5.2");

    public static readonly CheckDefinition RfRemoved = new(
        "DMARC-RF-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "rf= removed",
        finding: "rf= removed.",
        recommendation: "Drop.",
        reference: "RFC 9989 C.5.2");

    public static readonly CheckDefinition RiRemoved = new(
        "DMARC-RI-REMOVED",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "ri= removed",
        finding: "ri= removed.",
        recommendation: "Drop.",
        reference: "RFC 9989 C.5.2");

    public static readonly CheckDefinition RuaMissing = new(
        "DMARC-RUA-MISSING",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No rua: no reports will be sent",
        finding: "No rua: no reports will be sent.",
        recommendation: "Add rua=mailto:....",
        reference: "RFC 9989 4.7 rua, 8 (MUST collect); La Poste");

    public static readonly CheckDefinition RuaScheme = new(
        "DMARC-RUA-SCHEME",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "rua={v} has no mailto: scheme",
        finding: "rua={v} has no mailto: scheme.",
        recommendation: "Prefix mailto:.",
        reference: "RFC 9989 4.7, 4.8 (URI)");

    public static readonly CheckDefinition RuaHttp = new(
        "DMARC-RUA-HTTP",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Scheme {s} is not supported by reporters",
        finding: "Scheme {s} is not supported by reporters.",
        recommendation: "Use mailto:.",
        reference: "RFC 9989 4.7 (unsupported schemes ignored)");

    public static readonly CheckDefinition UriEncoding = new(
        "DMARC-URI-ENCODING",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Comma, ! or ; in a URI must be percent-encoded",
        finding: "Comma, ! or ; in a URI must be percent-encoded.",
        recommendation: "Encode.",
        reference: "RFC 9989 4.8 dmarc-uri");

    public static readonly CheckDefinition UriSizeObsolete = new(
        "DMARC-URI-SIZE-OBSOLETE",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "!size suffix is obsolete",
        finding: "!size suffix is obsolete.",
        recommendation: "Drop.",
        reference: "RFC 9989 4.8 obs-dmarc-uri");

    public static readonly CheckDefinition UriMany = new(
        "DMARC-URI-MANY",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "More than two URIs: some reporters stop at two",
        finding: "More than two URIs: some reporters stop at two.",
        recommendation: "Reduce.",
        reference: "RFC 7489 6.2 (>= 2 must be supported)");

    public static readonly CheckDefinition RuaMx = new(
        "DMARC-RUA-MX",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Report domain {d} has no MX/A (or null MX)",
        finding: "Report domain {d} has no MX/A (or null MX).",
        recommendation: "Fix the mailbox.",
        reference: "operational");

    public static readonly CheckDefinition RuaExternal = new(
        "DMARC-RUA-EXTERNAL",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{policy}._report._dmarc.{dest} does not authorise reports: they will not be sent",
        finding: "{policy}._report._dmarc.{dest} does not authorise reports: they will not be sent.",
        recommendation: "Report receiver publishes TXT \"v=DMARC1;\" there.",
        reference: "RFC 9990 4");

    public static readonly CheckDefinition RuaWildcardAuth = new(
        "DMARC-RUA-WILDCARD-AUTH",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "{dest} authorises everyone by wildcard",
        finding: "{dest} authorises everyone by wildcard.",
        recommendation: "None.",
        reference: "RFC 9990 4");

    public static readonly CheckDefinition Ruf = new(
        "DMARC-RUF",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "ruf: few reporters send; privacy",
        finding: "ruf: few reporters send; privacy.",
        recommendation: "Keep only if processed.",
        reference: "RFC 9989 11; RFC 9991");

    public static readonly CheckDefinition FoInvalid = new(
        "DMARC-FO-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "fo={v} invalid (0 and 1 exclude each other; d, s once)",
        finding: "fo={v} invalid (0 and 1 exclude each other; d, s once).",
        recommendation: "Fix.",
        reference: "RFC 9989 4.7 fo");

    public static readonly CheckDefinition FoNoRuf = new(
        "DMARC-FO-NO-RUF",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "fo= without ruf= is ignored",
        finding: "fo= without ruf= is ignored.",
        recommendation: "Drop or add ruf.",
        reference: "RFC 9989 4.7 fo");

    public static readonly CheckDefinition AlignInvalid = new(
        "DMARC-ALIGN-INVALID",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "adkim/aspf must be r or s",
        finding: "adkim/aspf must be r or s.",
        recommendation: "Fix.",
        reference: "RFC 9989 4.8");

    public static readonly CheckDefinition AspfSBounce = new(
        "DMARC-ASPF-S-BOUNCE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "aspf=s, but the Return-Path is {bounce}: SPF never aligns",
        finding: "aspf=s, but the Return-Path is {bounce}: SPF never aligns.",
        recommendation: "Use aspf=r.",
        reference: "RFC 9989 4.4.2");

    public static readonly CheckDefinition AdkimSD = new(
        "DMARC-ADKIM-S-D",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "adkim=s, vendor signs d={d}",
        finding: "adkim=s, vendor signs d={d}.",
        recommendation: "Use adkim=r or sign with the exact domain.",
        reference: "RFC 9989 4.4.1");

    public static readonly CheckDefinition TagUnknown = new(
        "DMARC-TAG-UNKNOWN",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Unknown tag {t}",
        finding: "Unknown tag {t}.",
        recommendation: "Typo?",
        reference: "RFC 9989 4.7 (ignored)");

    public static readonly CheckDefinition TagDuplicate = new(
        "DMARC-TAG-DUPLICATE",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Tag {t} twice: readers differ",
        finding: "Tag {t} twice: readers differ.",
        recommendation: "Keep one.",
        reference: "RFC 6376 3.2 syntax");

    public static readonly CheckDefinition TagEmpty = new(
        "DMARC-TAG-EMPTY",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Tag {t} is empty",
        finding: "Tag {t} is empty.",
        recommendation: "Fill or drop.",
        reference: "RFC 9989 4.8 (1*dmarc-value)");

    public static readonly CheckDefinition ValueCharset = new(
        "DMARC-VALUE-CHARSET",
        CheckArea.Dmarc,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Value has characters outside %x20-3A / %x3C-7E",
        finding: "Value has characters outside %x20-3A / %x3C-7E.",
        recommendation: "Retype.",
        reference: "RFC 9989 4.8");

    public static readonly CheckDefinition TreewalkDiffers = new(
        "DMARC-TREEWALK-DIFFERS",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Tree walk ({a}) and Public Suffix List ({b}) give different Organizational Domains",
        finding: "Tree walk ({a}) and Public Suffix List ({b}) give different Organizational Domains.",
        recommendation: "Publish explicit records; strict alignment; psd=n.",
        reference: "RFC 9989 C.3");

    public static readonly CheckDefinition TooDeep = new(
        "DMARC-TOO-DEEP",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "More than 8 labels: mid-level records are skipped",
        finding: "More than 8 labels: mid-level records are skipped.",
        recommendation: "Publish at the Author Domain itself.",
        reference: "RFC 9989 4.10, 5.1.8 (8 queries)");

    public static readonly CheckDefinition Cname = new(
        "DMARC-CNAME",
        CheckArea.Dmarc,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "_dmarc is a CNAME to {t}",
        finding: "_dmarc is a CNAME to {t}.",
        recommendation: "Fine; the target owner controls policy.",
        reference: "RFC 1034 3.6.2; MSP practice");

    public static readonly CheckDefinition Wildcard = new(
        "DMARC-WILDCARD",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Wildcard TXT answers at _dmarc.{sub}",
        finding: "Wildcard TXT answers at _dmarc.{sub}.",
        recommendation: "Narrow.",
        reference: "operational");

    public static readonly CheckDefinition ParkedWeak = new(
        "DMARC-PARKED-WEAK",
        CheckArea.Dmarc,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Non-sending domain without p=reject",
        finding: "Non-sending domain without p=reject.",
        recommendation: "\"v=DMARC1; p=reject; sp=reject; np=reject\".",
        reference: "M3AAWG parked domains");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Inherited,
        Multiple,
        WrongPlace,
        SpfAtDmarc,
        Version,
        JunkSegment,
        PMissing,
        PInvalid,
        PNotSecond,
        PNone,
        PRejectUsers,
        RejectNoDkim,
        SpInvalid,
        SpWeaker,
        SpRedundant,
        SpIgnored,
        NpMissing,
        NpInvalid,
        PsdY,
        PsdN,
        TY,
        PctRemoved,
        RfRemoved,
        RiRemoved,
        RuaMissing,
        RuaScheme,
        RuaHttp,
        UriEncoding,
        UriSizeObsolete,
        UriMany,
        RuaMx,
        RuaExternal,
        RuaWildcardAuth,
        Ruf,
        FoInvalid,
        FoNoRuf,
        AlignInvalid,
        AspfSBounce,
        AdkimSD,
        TagUnknown,
        TagDuplicate,
        TagEmpty,
        ValueCharset,
        TreewalkDiffers,
        TooDeep,
        Cname,
        Wildcard,
        ParkedWeak,
    };
}
