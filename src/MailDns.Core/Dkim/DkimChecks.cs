using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>The checks of DKIM keys (RFC 6376, 8301, 8463): the one place that declares them.</summary>
internal static class DkimChecks
{
    public static readonly CheckDefinition Missing = new(
        "DKIM-MISSING",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No key at {selector}._domainkey.{domain}",
        finding: "No key at {selector}._domainkey.{domain}.",
        recommendation: "Publish the TXT or CNAME the vendor gave.",
        reference: "RFC 6376 6.1.2 (no key)");

    public static readonly CheckDefinition SelectorUnknown = new(
        "DKIM-SELECTOR-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "No selector given; {n} common ones tried: absence proves nothing",
        finding: "No selector given; {n} common ones tried: absence proves nothing.",
        recommendation: "Pass -Selector; read s= in a message.",
        reference: "RFC 6376 3.1 (selectors cannot be listed)");

    public static readonly CheckDefinition NodataDomainkey = new(
        "DKIM-NODATA-DOMAINKEY",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "_domainkey.{domain} is NXDOMAIN: no selector can exist",
        finding: "_domainkey.{domain} is NXDOMAIN: no selector can exist.",
        recommendation: "Publish a key.",
        reference: "RFC 8020 (NXDOMAIN cut)");

    public static readonly CheckDefinition Multiple = new(
        "DKIM-MULTIPLE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} TXT records at the selector",
        finding: "{n} TXT records at the selector.",
        recommendation: "Keep one.",
        reference: "RFC 6376 3.6.2.2 (undefined)");

    public static readonly CheckDefinition Syntax = new(
        "DKIM-SYNTAX",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Not a tag-list: {why}",
        finding: "Not a tag-list: {why}.",
        recommendation: "Fix.",
        reference: "RFC 6376 3.2, 6.1.2 step 5");

    public static readonly CheckDefinition TagDuplicate = new(
        "DKIM-TAG-DUPLICATE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Tag {t} twice",
        finding: "Tag {t} twice.",
        recommendation: "Keep one.",
        reference: "RFC 6376 3.2 (whole list invalid)");

    public static readonly CheckDefinition Version = new(
        "DKIM-VERSION",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "v={v}; must be DKIM1 exactly",
        finding: "v={v}; must be DKIM1 exactly.",
        recommendation: "Fix.",
        reference: "RFC 6376 3.6.1");

    public static readonly CheckDefinition VersionNotFirst = new(
        "DKIM-VERSION-NOT-FIRST",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "v= is not the first tag",
        finding: "v= is not the first tag.",
        recommendation: "Move it first.",
        reference: "RFC 6376 3.6.1");

    public static readonly CheckDefinition VersionAbsent = new(
        "DKIM-VERSION-ABSENT",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "v=DKIM1 absent",
        finding: "v=DKIM1 absent.",
        recommendation: "Add it.",
        reference: "RFC 6376 3.6.1 (RECOMMENDED)");

    public static readonly CheckDefinition PMissing = new(
        "DKIM-P-MISSING",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "No p= tag",
        finding: "No p= tag.",
        recommendation: "Publish the key.",
        reference: "RFC 6376 3.6.1 p REQUIRED");

    public static readonly CheckDefinition Revoked = new(
        "DKIM-REVOKED",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "p= is empty: key revoked",
        finding: "p= is empty: key revoked.",
        recommendation: "Intended after rotation; else publish a key.",
        reference: "RFC 6376 3.6.1, 6.1.2 step 7");

    public static readonly CheckDefinition PBase64 = new(
        "DKIM-P-BASE64",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "p= is not base64 (bad char, truncation)",
        finding: "p= is not base64 (bad char, truncation).",
        recommendation: "Paste the whole key.",
        reference: "RFC 6376 3.6.1");

    public static readonly CheckDefinition PDer = new(
        "DKIM-P-DER",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "p= decodes but is no RSA key (neither SPKI nor PKCS#1)",
        finding: "p= decodes but is no RSA key (neither SPKI nor PKCS#1).",
        recommendation: "Export again; never the private key.",
        reference: "RFC 6376 3.6.1 RSAPublicKey; erratum/practice SPKI");

    public static readonly CheckDefinition PrivateKey = new(
        "DKIM-PRIVATE-KEY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "p= holds a PRIVATE key",
        finding: "p= holds a PRIVATE key.",
        recommendation: "Revoke at once; make a new pair.",
        reference: "security");

    public static readonly CheckDefinition RsaWeak = new(
        "DKIM-RSA-WEAK",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "RSA {bits} bits: verifiers must fail it",
        finding: "RSA {bits} bits: verifiers must fail it.",
        recommendation: "Use 2048.",
        reference: "RFC 8301 3.2 (MUST NOT < 1024)");

    public static readonly CheckDefinition Rsa1024 = new(
        "DKIM-RSA-1024",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "RSA 1024 bits",
        finding: "RSA 1024 bits.",
        recommendation: "Rotate to 2048.",
        reference: "RFC 8301 3.2 (SHOULD >= 2048); Gmail");

    public static readonly CheckDefinition RsaLarge = new(
        "DKIM-RSA-LARGE",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "RSA {bits} bits: verifiers need not support it",
        finding: "RSA {bits} bits: verifiers need not support it.",
        recommendation: "Use 2048.",
        reference: "RFC 8301 3.2 (MUST support to 4096 only)");

    public static readonly CheckDefinition RsaExponent = new(
        "DKIM-RSA-EXPONENT",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Public exponent {e} is unusual",
        finding: "Public exponent {e} is unusual.",
        recommendation: "Use 65537.",
        reference: "practice");

    public static readonly CheckDefinition RsaShared = new(
        "DKIM-RSA-SHARED",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Key equals a known sample or another domain's key",
        finding: "Key equals a known sample or another domain's key.",
        recommendation: "Make a private one.",
        reference: "CWE-321");

    public static readonly CheckDefinition SampleKey = new(
        "DKIM-SAMPLE-KEY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "This is the sample key printed in {doc}",
        finding: "This is the sample key printed in {doc}.",
        recommendation: "Get your own key.",
        reference: "seed document; RFC 6376/8463 examples");

    public static readonly CheckDefinition Keytype = new(
        "DKIM-KEYTYPE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "k={k} unknown: record ignored",
        finding: "k={k} unknown: record ignored.",
        recommendation: "rsa or ed25519.",
        reference: "RFC 6376 3.6.1 k; RFC 8463");

    public static readonly CheckDefinition Ed25519Length = new(
        "DKIM-ED25519-LENGTH",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Ed25519 p= is {n} octets; expected the raw 32",
        finding: "Ed25519 p= is {n} octets; expected the raw 32.",
        recommendation: "Strip the SPKI wrapper.",
        reference: "RFC 8463 4.2 (32 octets, 44 base64)");

    public static readonly CheckDefinition Ed25519Only = new(
        "DKIM-ED25519-ONLY",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Only Ed25519 keys: many verifiers lack it",
        finding: "Only Ed25519 keys: many verifiers lack it.",
        recommendation: "Sign with RSA too, second selector.",
        reference: "RFC 8463 5-6 (dual sign)");

    public static readonly CheckDefinition HashSha1Only = new(
        "DKIM-HASH-SHA1-ONLY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "h=sha1 only: nothing can verify",
        finding: "h=sha1 only: nothing can verify.",
        recommendation: "Drop h= or use sha256.",
        reference: "RFC 8301 3.1");

    public static readonly CheckDefinition HashUnknown = new(
        "DKIM-HASH-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "h={h} lists no usable hash",
        finding: "h={h} lists no usable hash.",
        recommendation: "Use sha256.",
        reference: "RFC 6376 3.6.1 h");

    public static readonly CheckDefinition Service = new(
        "DKIM-SERVICE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "s={s} excludes email",
        finding: "s={s} excludes email.",
        recommendation: "Use * or email.",
        reference: "RFC 6376 3.6.1 s; RFC 8460 s=tlsrpt");

    public static readonly CheckDefinition Testing = new(
        "DKIM-TESTING",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "t=y: key in testing mode (treated as unsigned)",
        finding: "t=y: key in testing mode (treated as unsigned).",
        recommendation: "Remove t=y.",
        reference: "RFC 6376 3.6.1 t=y");

    public static readonly CheckDefinition StrictI = new(
        "DKIM-STRICT-I",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "t=s absent",
        finding: "t=s absent.",
        recommendation: "Add unless i= uses subdomains.",
        reference: "RFC 6376 3.6.1 t=s RECOMMENDED");

    public static readonly CheckDefinition FlagUnknown = new(
        "DKIM-FLAG-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Unknown flag {f} ignored",
        finding: "Unknown flag {f} ignored.",
        recommendation: "Remove.",
        reference: "RFC 6376 3.6.1");

    public static readonly CheckDefinition Granularity = new(
        "DKIM-GRANULARITY",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "g= tag is obsolete; empty g= broke old verifiers",
        finding: "g= tag is obsolete; empty g= broke old verifiers.",
        recommendation: "Remove.",
        reference: "RFC 4871 g= removed in 6376");

    public static readonly CheckDefinition CnameTarget = new(
        "DKIM-CNAME-TARGET",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "CNAME target {t} has no key yet",
        finding: "CNAME target {t} has no key yet.",
        recommendation: "Finish vendor activation; check typos.",
        reference: "vendor profile");

    public static readonly CheckDefinition CnameWrong = new(
        "DKIM-CNAME-WRONG",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "CNAME {got}, profile expects {want}",
        finding: "CNAME {got}, profile expects {want}.",
        recommendation: "Correct it.",
        reference: "vendor profile");

    public static readonly CheckDefinition SelectorPair = new(
        "DKIM-SELECTOR-PAIR",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Only {n} of {m} selectors of {p} published",
        finding: "Only {n} of {m} selectors of {p} published.",
        recommendation: "Publish all; rotation will fail.",
        reference: "vendor profile (rotation)");

    public static readonly CheckDefinition KeyAge = new(
        "DKIM-KEY-AGE",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Selector name/date suggests an old key",
        finding: "Selector name/date suggests an old key.",
        recommendation: "Rotate.",
        reference: "M3AAWG rotation practice (<= 6-12 months)");

    public static readonly CheckDefinition KeyMismatch = new(
        "DKIM-KEY-MISMATCH",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Public key does not match the given private key",
        finding: "Public key does not match the given private key.",
        recommendation: "Publish the right one.",
        reference: "RFC 6376");

    public static readonly CheckDefinition Wildcard = new(
        "DKIM-WILDCARD",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "*._domainkey or wildcard TXT answers for any selector",
        finding: "*._domainkey or wildcard TXT answers for any selector.",
        recommendation: "Remove.",
        reference: "RFC 6376 6.1.2 note");

    public static readonly CheckDefinition Parked = new(
        "DKIM-PARKED",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Parked domain publishes a live key",
        finding: "Parked domain publishes a live key.",
        recommendation: "Remove, or \"*._domainkey v=DKIM1; p=\".",
        reference: "Microsoft DKIM docs; M3AAWG parked");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        SelectorUnknown,
        NodataDomainkey,
        Multiple,
        Syntax,
        TagDuplicate,
        Version,
        VersionNotFirst,
        VersionAbsent,
        PMissing,
        Revoked,
        PBase64,
        PDer,
        PrivateKey,
        RsaWeak,
        Rsa1024,
        RsaLarge,
        RsaExponent,
        RsaShared,
        SampleKey,
        Keytype,
        Ed25519Length,
        Ed25519Only,
        HashSha1Only,
        HashUnknown,
        Service,
        Testing,
        StrictI,
        FlagUnknown,
        Granularity,
        CnameTarget,
        CnameWrong,
        SelectorPair,
        KeyAge,
        KeyMismatch,
        Wildcard,
        Parked,
    };
}
