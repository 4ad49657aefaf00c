namespace MailDns.Dkim;

/// <summary>The checks of DKIM keys (RFC 6376, 8301, 8463): the one place that declares them.</summary>
internal static class DkimChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dkim);

    public static readonly CheckDefinition Missing = s_rows.Error("DKIM-MISSING", CheckNeeds.Dns, "The selector has a key", "No DKIM key was found at {name}: {fault}.", "Publish the TXT or CNAME record that the platform gave for this selector.", "RFC 6376 section 6.1.2");
    public static readonly CheckDefinition SelectorUnknown = s_rows.Information("DKIM-SELECTOR-UNKNOWN", CheckNeeds.Dns, "A selector is known", "No selector was given, and none of {n} common selectors has a key, which does not show that DKIM is unused: {fault}", "Specify -Selector: it is s= in the DKIM-Signature field of any message that was sent.", "RFC 6376 section 3.1");
    public static readonly CheckDefinition NoDomainKey = s_rows.Information("DKIM-NODATA-DOMAINKEY", CheckNeeds.Dns, "The name _domainkey exists", "{label}.{domain} does not exist, so no selector below it can.", "Publish a key.", "RFC 8020 section 2");
    public static readonly CheckDefinition Multiple = s_rows.Error("DKIM-MULTIPLE", CheckNeeds.Dns, "One TXT record at the selector", "More than one TXT record was found at the selector, and what a verifier does with them is undefined: {fault}", "Keep one record; a long key is several strings of one record.", "RFC 6376 section 3.6.2.2");
    public static readonly CheckDefinition Syntax = s_rows.Error("DKIM-SYNTAX", CheckNeeds.Text, "The key record is a tag list", "The key record is not a valid tag list: {fault}", "Publish the record again as the platform gave it.", "RFC 6376 section 3.2; RFC 6376 section 6.1.2 step 5");
    public static readonly CheckDefinition TagDuplicate = s_rows.Error("DKIM-TAG-DUPLICATE", CheckNeeds.Text, "Every tag occurs once", "A tag occurs more than once, which makes the whole record invalid: {fault}", "Keep one of them.", "RFC 6376 section 3.2");
    public static readonly CheckDefinition Version = s_rows.Error("DKIM-VERSION", CheckNeeds.Text, "The version is DKIM1", "The version is not DKIM1, so verifiers must discard the record: {fault}", "Write v=DKIM1, in upper case.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition VersionNotFirst = s_rows.Error("DKIM-VERSION-NOT-FIRST", CheckNeeds.Text, "The version comes first", "v= is not the first tag, as it has to be: {fault}", "Move v=DKIM1 to the front.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition VersionAbsent = s_rows.Information("DKIM-VERSION-ABSENT", CheckNeeds.Text, "The version is stated", "v=DKIM1 is absent; it is recommended.", "Put v=DKIM1 in front.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition TagUnknown = s_rows.Information("DKIM-TAG-UNKNOWN", CheckNeeds.Text, "Only standard tags are used", "Unknown tags are ignored, and tag names are case-sensitive: {fault}", "Remove the tag, or correct its spelling.", "RFC 6376 section 3.2");
    public static readonly CheckDefinition NoteEncoding = s_rows.Information("DKIM-NOTE-ENCODING", CheckNeeds.Text, "The note is quoted-printable", "n= is not valid quoted-printable text: {fault}", "Encode \"=\" as =3D and other special characters likewise, or remove the note.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition KeyDataMissing = s_rows.Error("DKIM-P-MISSING", CheckNeeds.Text, "The record has key data", "The record has no p= tag: {fault}", "Publish the key; an empty p= revokes it.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition Revoked = s_rows.Warning("DKIM-REVOKED", CheckNeeds.Text, "The key is not revoked", "p= is empty: the key is revoked, and signatures of this selector fail.", "Nothing to do if the selector was retired; otherwise publish the key.", "RFC 6376 section 3.6.1; RFC 6376 section 6.1.2 step 7");
    public static readonly CheckDefinition KeyDataBase64 = s_rows.Error("DKIM-P-BASE64", CheckNeeds.Text, "The key data is base64", "p= is not valid base64: {fault}", "Paste the whole key, without quotes, ellipsis or line breaks.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition KeyDataDer = s_rows.Error("DKIM-P-DER", CheckNeeds.Text, "The key data is a public key", "p= does not hold a public key of that type: {fault}", "Export the public key again (SubjectPublicKeyInfo); never the private one.", "RFC 6376 section 3.6.1; RFC 8017 appendix A.1.1; RFC 5280 section 4.1");
    public static readonly CheckDefinition PrivateKey = s_rows.Error("DKIM-PRIVATE-KEY", CheckNeeds.Text, "No private key is published", "p= holds a PRIVATE key: anybody can sign in this domain's name. The key is not shown here.", "Revoke the selector at once, make a new pair under a new selector, and publish its public key.", "RFC 6376 section 8.3; CWE-522");
    public static readonly CheckDefinition RsaWeak = s_rows.Error("DKIM-RSA-WEAK", CheckNeeds.Text, "RSA keys have 1024 bits or more", "{bits}; verifiers must not accept fewer than 1024.", "Make a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition Rsa1024 = s_rows.Warning("DKIM-RSA-1024", CheckNeeds.Text, "RSA keys have 2048 bits or more", "{bits}; signers should use 2048 or more.", "Rotate to a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition RsaLarge = s_rows.Warning("DKIM-RSA-LARGE", CheckNeeds.Text, "RSA keys have 4096 bits or fewer", "{bits}; verifiers need not support more than 4096.", "Use a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition RsaExponent = s_rows.Warning("DKIM-RSA-EXPONENT", CheckNeeds.Text, "The RSA exponent is the usual one", "The public exponent is {e}; some verifiers support only 65537.", "Make a key with exponent 65537.", "RFC 8017 section 3.1; FIPS 186-5 section 5.1");
    public static readonly CheckDefinition KeyShared = s_rows.Warning("DKIM-RSA-SHARED", CheckNeeds.Dns, "Every selector has a key of its own", "The selectors {list} publish the same key, so that rotating from one to the other changes nothing.", "Make a new pair for every selector.", "CWE-321; RFC 6376 section 3.1");
    public static readonly CheckDefinition SampleKey = s_rows.Error("DKIM-SAMPLE-KEY", CheckNeeds.Text, "The key is not a documentation sample", "This is the sample key of {document}: its private half is public or belongs to somebody else.", "Get a key of your own from the platform, or make one.", "CWE-321; RFC 6376 section appendix C; RFC 8463 appendix A");
    public static readonly CheckDefinition KeyType = s_rows.Error("DKIM-KEYTYPE", CheckNeeds.Text, "The key type is rsa or ed25519", "The key type is not known, so verifiers ignore the record: {fault}", "Write k=rsa or k=ed25519, in lower case.", "RFC 6376 section 3.6.1; RFC 8463 section 4");
    public static readonly CheckDefinition Ed25519Length = s_rows.Error("DKIM-ED25519-LENGTH", CheckNeeds.Text, "An Ed25519 key has 32 octets", "The Ed25519 key data is not the raw 32 octets: {fault}", "Publish the raw key without the SubjectPublicKeyInfo around it.", "RFC 8463 section 4.2");
    public static readonly CheckDefinition Ed25519Only = s_rows.Warning("DKIM-ED25519-ONLY", CheckNeeds.Dns, "An RSA key is published beside Ed25519", "Only Ed25519 keys were found ({selectors}); many verifiers do not support that type.", "Sign with an RSA key too, under a second selector.", "RFC 8463 section 3");
    public static readonly CheckDefinition KeyForm = s_rows.Information("DKIM-KEY-PKCS1", CheckNeeds.Text, "The RSA key is a SubjectPublicKeyInfo", "p= is a bare RSAPublicKey (PKCS#1): RFC 6376 allows it, but some verifiers read only a SubjectPublicKeyInfo.", "Publish the same key as a SubjectPublicKeyInfo.", "RFC 6376 section 3.6.1; RFC 8463 appendix A.2");
    public static readonly CheckDefinition HashSha1Only = s_rows.Error("DKIM-HASH-SHA1-ONLY", CheckNeeds.Text, "SHA-256 is allowed", "h={list} allows only sha1, which verifiers must not accept.", "Remove h=, or write h=sha256.", "RFC 8301 section 3.1");
    public static readonly CheckDefinition HashUnknown = s_rows.Error("DKIM-HASH-UNKNOWN", CheckNeeds.Text, "The hash list has a known hash", "h={value} lists no hash that is in use, so no signature verifies.", "Remove h=, or write h=sha256.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition Service = s_rows.Error("DKIM-SERVICE", CheckNeeds.Text, "The key may be used for mail", "s={value} leaves mail out, so signatures of messages fail.", "Remove s=, or write s=email. A key for TLS reports only (s=tlsrpt) belongs to a selector of its own.", "RFC 6376 section 3.6.1; RFC 8460 section 3");
    public static readonly CheckDefinition Testing = s_rows.Warning("DKIM-TESTING", CheckNeeds.Text, "The key is not in testing", "t=y: the domain is testing DKIM, so receivers may ignore its signatures.", "Remove t=y when signing works.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition StrictIdentity = s_rows.Information("DKIM-STRICT-I", CheckNeeds.Text, "The signing identity is limited to the domain", "t=s is absent: a signature may name a subdomain as its identity.", "Add t=s unless signatures use subdomains in i=.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition FlagUnknown = s_rows.Information("DKIM-FLAG-UNKNOWN", CheckNeeds.Text, "Only standard flags are used", "The flag {flag} is unknown and ignored.", "Remove it.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition Granularity = s_rows.Warning("DKIM-GRANULARITY", CheckNeeds.Text, "No obsolete granularity", "g={granularity} is obsolete{effect}", "Remove it.", "RFC 6376 appendix E; RFC 4871 section 3.6.1");
    public static readonly CheckDefinition CnameTarget = s_rows.Error("DKIM-CNAME-TARGET", CheckNeeds.Dns, "The alias leads to a key", "{name} is an alias of {target}{end}, {why}.", "Finish the activation at the platform; check the target for typing errors.", "RFC 6376 section 6.1.2; RFC 1034 section 3.6.2");
    public static readonly CheckDefinition CnameWrong = s_rows.Error("DKIM-CNAME-WRONG", CheckNeeds.Dns, "The alias is the platform's", "{name} is {actual}; {platform} asks for an alias of {expected}.", "Correct the CNAME.", "The platform's profile");
    public static readonly CheckDefinition SelectorPair = s_rows.Warning("DKIM-SELECTOR-PAIR", CheckNeeds.Dns, "All selectors of the platform exist", "Only {n} of the {m} selectors of {platform} are published; its key rotation will fail.", "Publish all of them.", "The platform's profile");
    public static readonly CheckDefinition KeyAge = s_rows.Information("DKIM-KEY-AGE", CheckNeeds.Dns, "The selector does not name an old date", "The selector's name dates the key to {date} or later in that period.", "Rotate keys at least once a year.", "M3AAWG DKIM Key Rotation Best Common Practices");
    public static readonly CheckDefinition Wildcard = s_rows.Warning("DKIM-WILDCARD", CheckNeeds.Dns, "No wildcard answers for selectors", "A wildcard answers for any selector of {domain} {what}.", "Remove the wildcard, or give _domainkey a record of its own below it.", "RFC 6376 section 6.1.2; RFC 4592 section 2.2");
    public static readonly CheckDefinition Parked = s_rows.Information("DKIM-PARKED", CheckNeeds.Dns, "A parked domain has no live key", "{domain} sends no mail but publishes a live key at {name}.", "Remove the key, or publish \"v=DKIM1; p=\" at *._domainkey.", "M3AAWG Protecting Parked Domains Best Common Practices");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

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
}
