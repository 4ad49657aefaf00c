namespace MailDns.Dkim;

/// <summary>The checks of DKIM keys (RFC 6376, 8301, 8463): the one place that declares them.</summary>
internal static class DkimChecks
{
    public static readonly CheckDefinition Missing = new(
        "DKIM-MISSING",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The selector has a key",
        finding: "There is no key at {name}.",
        recommendation: "Publish the TXT or CNAME record that the platform gave for this selector.",
        reference: "RFC 6376 section 6.1.2");

    public static readonly CheckDefinition SelectorUnknown = new(
        "DKIM-SELECTOR-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "A selector is known",
        finding: "No selector was given and none of the {n} common ones has a key; that proves nothing.",
        recommendation: "Give -Selector: it is s= in the DKIM-Signature field of any message that was sent.",
        reference: "RFC 6376 section 3.1");

    public static readonly CheckDefinition NoDomainKey = new(
        "DKIM-NODATA-DOMAINKEY",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The name _domainkey exists",
        finding: "_domainkey.{domain} does not exist, so no selector can.",
        recommendation: "Publish a key.",
        reference: "RFC 8020 section 2");

    public static readonly CheckDefinition Multiple = new(
        "DKIM-MULTIPLE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One TXT record at the selector",
        finding: "There are {n} TXT records at {name}; what a verifier does with them is undefined.",
        recommendation: "Keep one record; a long key is several strings of one record.",
        reference: "RFC 6376 section 3.6.2.2");

    public static readonly CheckDefinition Syntax = new(
        "DKIM-SYNTAX",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key record is a tag-list",
        finding: "The key record is no tag-list: {why}.",
        recommendation: "Publish the record again as the platform gave it.",
        reference: "RFC 6376 section 3.2; RFC 6376 section 6.1.2 step 5");

    public static readonly CheckDefinition TagDuplicate = new(
        "DKIM-TAG-DUPLICATE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every tag stands once",
        finding: "The tag {tag} stands more than once, which makes the whole record invalid.",
        recommendation: "Keep one of them.",
        reference: "RFC 6376 section 3.2");

    public static readonly CheckDefinition Version = new(
        "DKIM-VERSION",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The version is DKIM1",
        finding: "v={value} is not DKIM1, so verifiers must discard the record.",
        recommendation: "Write v=DKIM1, in capitals.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition VersionNotFirst = new(
        "DKIM-VERSION-NOT-FIRST",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The version stands first",
        finding: "v= is not the first tag, as it has to be.",
        recommendation: "Move v=DKIM1 to the front.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition VersionAbsent = new(
        "DKIM-VERSION-ABSENT",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The version is stated",
        finding: "v=DKIM1 is absent; it is recommended.",
        recommendation: "Put v=DKIM1 in front.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition TagUnknown = new(
        "DKIM-TAG-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Only tags of the standard",
        finding: "The tag {tag} is not known and ignored; tag names are case-sensitive.",
        recommendation: "Remove it, or write it as the standard does.",
        reference: "RFC 6376 section 3.2");

    public static readonly CheckDefinition NoteEncoding = new(
        "DKIM-NOTE-ENCODING",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The note is quoted-printable",
        finding: "n= is no quoted-printable text.",
        recommendation: "Encode \"=\" as =3D and other special characters likewise, or remove the note.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition KeyDataMissing = new(
        "DKIM-P-MISSING",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The record has key data",
        finding: "There is no p= tag.",
        recommendation: "Publish the key; an empty p= revokes it.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition Revoked = new(
        "DKIM-REVOKED",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The key is not revoked",
        finding: "p= is empty: the key is revoked, and signatures of this selector fail.",
        recommendation: "Nothing, where the selector was retired; else publish the key.",
        reference: "RFC 6376 section 3.6.1; RFC 6376 section 6.1.2 step 7");

    public static readonly CheckDefinition KeyDataBase64 = new(
        "DKIM-P-BASE64",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key data is base64",
        finding: "p= is not base64: {why}.",
        recommendation: "Paste the whole key, without quotes, ellipsis or line ends.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition KeyDataDer = new(
        "DKIM-P-DER",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key data is a public key",
        finding: "p= decodes but holds no public key of that type: {why}.",
        recommendation: "Export the public key again (SubjectPublicKeyInfo); never the private one.",
        reference: "RFC 6376 section 3.6.1; RFC 8017 appendix A.1.1; RFC 5280 section 4.1");

    public static readonly CheckDefinition PrivateKey = new(
        "DKIM-PRIVATE-KEY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "No private key is published",
        finding: "p= holds a PRIVATE key: anybody can sign in this domain's name.",
        recommendation: "Revoke the selector at once, make a new pair under a new selector, and publish its public key.",
        reference: "RFC 6376 section 8.3; CWE-522");

    public static readonly CheckDefinition RsaWeak = new(
        "DKIM-RSA-WEAK",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "RSA keys have 1024 bits or more",
        finding: "The RSA key has {bits} bits; verifiers must not accept fewer than 1024.",
        recommendation: "Make a key of 2048 bits.",
        reference: "RFC 8301 section 3.2");

    public static readonly CheckDefinition Rsa1024 = new(
        "DKIM-RSA-1024",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "RSA keys have 2048 bits or more",
        finding: "The RSA key has {bits} bits; signers should use 2048 or more.",
        recommendation: "Rotate to a key of 2048 bits.",
        reference: "RFC 8301 section 3.2");

    public static readonly CheckDefinition RsaLarge = new(
        "DKIM-RSA-LARGE",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "RSA keys have 4096 bits or fewer",
        finding: "The RSA key has {bits} bits; verifiers need not support more than 4096.",
        recommendation: "Use 2048 bits.",
        reference: "RFC 8301 section 3.2");

    public static readonly CheckDefinition RsaExponent = new(
        "DKIM-RSA-EXPONENT",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The RSA exponent is the usual one",
        finding: "The public exponent is {e}; some verifiers take 65537 only.",
        recommendation: "Make a key with exponent 65537.",
        reference: "RFC 8017 section 3.1; FIPS 186-5 section 5.1");

    public static readonly CheckDefinition KeyShared = new(
        "DKIM-RSA-SHARED",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Every selector has a key of its own",
        finding: "Selectors {list} publish the same key, so that rotating from one to the other changes nothing.",
        recommendation: "Make a new pair for every selector.",
        reference: "CWE-321; RFC 6376 section 3.1");

    public static readonly CheckDefinition SampleKey = new(
        "DKIM-SAMPLE-KEY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key is no printed sample",
        finding: "This is the sample key of {document}, whose private half is public or belongs to somebody else.",
        recommendation: "Get a key of your own from the platform, or make one.",
        reference: "CWE-321; RFC 6376 section appendix C; RFC 8463 appendix A");

    public static readonly CheckDefinition KeyType = new(
        "DKIM-KEYTYPE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key type is rsa or ed25519",
        finding: "k={value} is no known key type, so verifiers ignore the record.",
        recommendation: "Write k=rsa or k=ed25519, in small letters.",
        reference: "RFC 6376 section 3.6.1; RFC 8463 section 4");

    public static readonly CheckDefinition Ed25519Length = new(
        "DKIM-ED25519-LENGTH",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "An Ed25519 key is its 32 octets",
        finding: "The Ed25519 key data has {n} octets instead of the raw 32.",
        recommendation: "Publish the raw key without the SubjectPublicKeyInfo around it.",
        reference: "RFC 8463 section 4.2");

    public static readonly CheckDefinition Ed25519Only = new(
        "DKIM-ED25519-ONLY",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "An RSA key stands beside Ed25519",
        finding: "Only Ed25519 keys were found; many verifiers do not know that type.",
        recommendation: "Sign with an RSA key too, under a second selector.",
        reference: "RFC 8463 section 3");

    public static readonly CheckDefinition KeyForm = new(
        "DKIM-KEY-PKCS1",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The RSA key is a SubjectPublicKeyInfo",
        finding: "p= is a bare RSAPublicKey (PKCS#1), which some verifiers do not read.",
        recommendation: "Publish the same key as a SubjectPublicKeyInfo.",
        reference: "RFC 6376 section 3.6.1; RFC 8463 appendix A.2");

    public static readonly CheckDefinition HashSha1Only = new(
        "DKIM-HASH-SHA1-ONLY",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "SHA-256 is allowed",
        finding: "h= allows sha1 only, which no verifier may accept.",
        recommendation: "Remove h=, or write h=sha256.",
        reference: "RFC 8301 section 3.1");

    public static readonly CheckDefinition HashUnknown = new(
        "DKIM-HASH-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The hash list has a known hash",
        finding: "h={value} lists no hash that is in use, so no signature verifies.",
        recommendation: "Remove h=, or write h=sha256.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition Service = new(
        "DKIM-SERVICE",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The key may be used for mail",
        finding: "s={value} leaves mail out, so signatures of messages fail.",
        recommendation: "Remove s=, or write s=email. A key for TLS reports only (s=tlsrpt) belongs to a selector of its own.",
        reference: "RFC 6376 section 3.6.1; RFC 8460 section 3");

    public static readonly CheckDefinition Testing = new(
        "DKIM-TESTING",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The key is not in testing",
        finding: "t=y: the domain is testing DKIM, and its signatures count for no more than none.",
        recommendation: "Remove t=y when signing works.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition StrictIdentity = new(
        "DKIM-STRICT-I",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "The identity is kept to the domain",
        finding: "t=s is absent: a signature may name a subdomain as its identity.",
        recommendation: "Add t=s unless signatures use subdomains in i=.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition FlagUnknown = new(
        "DKIM-FLAG-UNKNOWN",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Only flags of the standard",
        finding: "The flag {flag} is not known and ignored.",
        recommendation: "Remove it.",
        reference: "RFC 6376 section 3.6.1");

    public static readonly CheckDefinition Granularity = new(
        "DKIM-GRANULARITY",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No obsolete granularity",
        finding: "The tag g= is obsolete; an empty g= makes old verifiers refuse every signature.",
        recommendation: "Remove it.",
        reference: "RFC 6376 appendix E; RFC 4871 section 3.6.1");

    public static readonly CheckDefinition CnameTarget = new(
        "DKIM-CNAME-TARGET",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The alias leads to a key",
        finding: "The alias leads to {target}, where there is no key.",
        recommendation: "Finish the activation at the platform; check the target for typing errors.",
        reference: "RFC 6376 section 6.1.2; RFC 1034 section 3.6.2");

    public static readonly CheckDefinition CnameWrong = new(
        "DKIM-CNAME-WRONG",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The alias is the platform's",
        finding: "The alias leads to {actual}; the platform asks for {expected}.",
        recommendation: "Correct the CNAME.",
        reference: "The platform's profile");

    public static readonly CheckDefinition SelectorPair = new(
        "DKIM-SELECTOR-PAIR",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "All selectors of the platform exist",
        finding: "Only {n} of the {m} selectors of the platform are published; its key rotation will fail.",
        recommendation: "Publish all of them.",
        reference: "The platform's profile");

    public static readonly CheckDefinition KeyAge = new(
        "DKIM-KEY-AGE",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The selector names no old date",
        finding: "The selector's name dates the key to {date}.",
        recommendation: "Rotate keys once a year or more often.",
        reference: "M3AAWG DKIM Key Rotation Best Common Practices");

    public static readonly CheckDefinition Wildcard = new(
        "DKIM-WILDCARD",
        CheckArea.Dkim,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No wildcard answers for selectors",
        finding: "A TXT wildcard answers for any selector of {domain}.",
        recommendation: "Remove the wildcard, or give _domainkey a record of its own below it.",
        reference: "RFC 6376 section 6.1.2; RFC 4592 section 2.2");

    public static readonly CheckDefinition Parked = new(
        "DKIM-PARKED",
        CheckArea.Dkim,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "A parked domain has no live key",
        finding: "The domain sends no mail but publishes a live key.",
        recommendation: "Remove the key, or publish \"v=DKIM1; p=\" at *._domainkey.",
        reference: "M3AAWG Protecting Parked Domains Best Common Practices");

    /// <summary>Checks of the domain as a whole: judged once, with its first selector.</summary>
    public static IReadOnlyList<CheckDefinition> OfDomain { get; } = new[]
    {
        SelectorUnknown,
        NoDomainKey,
        KeyShared,
        Ed25519Only,
        SelectorPair,
        Wildcard,
    };

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        SelectorUnknown,
        NoDomainKey,
        Multiple,
        Syntax,
        TagDuplicate,
        Version,
        VersionNotFirst,
        VersionAbsent,
        TagUnknown,
        NoteEncoding,
        KeyDataMissing,
        Revoked,
        KeyDataBase64,
        KeyDataDer,
        PrivateKey,
        RsaWeak,
        Rsa1024,
        RsaLarge,
        RsaExponent,
        KeyShared,
        SampleKey,
        KeyType,
        Ed25519Length,
        Ed25519Only,
        KeyForm,
        HashSha1Only,
        HashUnknown,
        Service,
        Testing,
        StrictIdentity,
        FlagUnknown,
        Granularity,
        CnameTarget,
        CnameWrong,
        SelectorPair,
        KeyAge,
        Wildcard,
        Parked,
    };
}
