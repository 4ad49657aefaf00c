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
    public static readonly CheckDefinition Version = s_rows.Error("DKIM-VERSION", CheckNeeds.Text, "The version is DKIM1", "The version is not DKIM1, so verifiers must discard the record: {fault}", "Publish a key that begins with v=DKIM1, in upper case.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition VersionNotFirst = s_rows.Error("DKIM-VERSION-NOT-FIRST", CheckNeeds.Text, "The version comes first", "v= is not the first tag, as it has to be: {fault}", "Move v=DKIM1 to the front.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition VersionAbsent = s_rows.Information("DKIM-VERSION-ABSENT", CheckNeeds.Text, "The version is stated", "v=DKIM1 is absent; it is recommended.", "Put v=DKIM1 in front.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition TagUnknown = s_rows.Information("DKIM-TAG-UNKNOWN", CheckNeeds.Text, "Only standard tags are used", "Unknown tags are ignored, and tag names are case-sensitive: {fault}", "Remove the tag, or correct its spelling.", "RFC 6376 section 3.2");
    public static readonly CheckDefinition NoteEncoding = s_rows.Information("DKIM-NOTE-ENCODING", CheckNeeds.Text, "The note is quoted-printable", "n= is not valid quoted-printable text: {fault}", "Encode \"=\" as =3D and other special characters likewise, or remove the note.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition KeyDataMissing = s_rows.Error("DKIM-P-MISSING", CheckNeeds.Text, "The record has key data", "The record has no p= tag: {fault}", "Publish the key; an empty p= revokes it.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition Revoked = s_rows.Warning("DKIM-REVOKED", CheckNeeds.Text, "The key is not revoked", "p= is empty: the key is revoked, and signatures of this selector fail.", "Nothing to do if the selector was retired; otherwise publish the key.", "RFC 6376 section 3.6.1; RFC 6376 section 6.1.2 step 7");
    public static readonly CheckDefinition KeyDataBase64 = s_rows.Error("DKIM-P-BASE64", CheckNeeds.Text, "The key data is base64", "p= is not valid base64: {fault}", "Paste the whole key, without quotes, ellipsis or line breaks.", "RFC 6376 section 3.6.1");
    public static readonly CheckDefinition KeyDataDer = s_rows.Error("DKIM-P-DER", CheckNeeds.Text, "The key data is a public key", "p= does not contain a public key of that type: {fault}", "Export the public key again (SubjectPublicKeyInfo); never the private one.", "RFC 6376 section 3.6.1; RFC 8017 appendix A.1.1; RFC 5280 section 4.1");
    public static readonly CheckDefinition PrivateKey = s_rows.Error("DKIM-PRIVATE-KEY", CheckNeeds.Text, "No private key is published", "p= contains a PRIVATE key: anybody can sign in this domain's name. The key is not shown here.", "Revoke the selector at once, make a new pair under a new selector, and publish its public key.", "RFC 6376 section 8.3; CWE-522");
    public static readonly CheckDefinition RsaWeak = s_rows.Error("DKIM-RSA-WEAK", CheckNeeds.Text, "RSA keys have 1024 bits or more", "{bits}; verifiers must not accept fewer than 1024.", "Make a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition Rsa1024 = s_rows.Warning("DKIM-RSA-1024", CheckNeeds.Text, "RSA keys have 2048 bits or more", "{bits}; signers should use 2048 or more.", "Rotate to a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition RsaLarge = s_rows.Warning("DKIM-RSA-LARGE", CheckNeeds.Text, "RSA keys have 4096 bits or fewer", "{bits}; verifiers need not support more than 4096.", "Use a 2048-bit key.", "RFC 8301 section 3.2");
    public static readonly CheckDefinition RsaExponent = s_rows.Warning("DKIM-RSA-EXPONENT", CheckNeeds.Text, "The RSA exponent is the usual one", "The public exponent is {e}; some verifiers support only 65537.", "Make a key with exponent 65537.", "RFC 8017 section 3.1; FIPS 186-5 section 5.1");
    public static readonly CheckDefinition KeyShared = s_rows.Warning("DKIM-RSA-SHARED", CheckNeeds.Dns, "Every selector has a key of its own", "The selectors {list} publish the same key, so that rotating from one to the other changes nothing.", "Make a new pair for every selector.", "CWE-321; RFC 6376 section 3.1");
    public static readonly CheckDefinition SampleKey = s_rows.Error("DKIM-SAMPLE-KEY", CheckNeeds.Text, "The key is not a documentation sample", "This is the sample key of {document}: its private key is public or belongs to somebody else.", "Get a key of your own from the platform, or make one.", "CWE-321; RFC 6376 section appendix C; RFC 8463 appendix A");
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
    public static readonly CheckDefinition CnameTarget = s_rows.Error("DKIM-CNAME-TARGET", CheckNeeds.Dns, "The alias points to a key", "{name} is an alias of {target}{end}, {why}.", "Finish the activation at the platform; check the target for typing errors.", "RFC 6376 section 6.1.2; RFC 1034 section 3.6.2");
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

/// <summary>
/// Judges the text of one key record (RFC 6376, 8301, 8463). Reports only what is wrong. No message repeats key data that
/// may be a private key.
/// </summary>
internal static class DkimTextRules
{
    private const int LeastBits = 1024;
    private const int GoodBits = 2048;
    private const int MostBits = 4096;

    private static readonly string[] s_knownFlags = { "y", "s" };

    /// <summary>
    /// Applies every rule. <paramref name="toRecord"/> makes the record to publish from a corrected text; null where the
    /// record is not this domain's to correct.
    /// </summary>
    public static void Apply(DkimKeyReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord)
    {
        DkimKeyRecord record = reading.Record;
        var report = new Reporter(reading, sheet, toRecord);
        foreach (TextFault fault in reading.Faults)
            report.Fault(fault);

        if (record.KeyData is not null && record.Version is null) report.Corrected(DkimChecks.VersionAbsent);

        ApplyKeyType(record, report);
        ApplyKey(record, reading.Text, report);
        ApplyHash(record, report);
        ApplyService(record, report);
        ApplyFlags(record, report);
        if (record.Granularity is not null)
        {
            report.Corrected(DkimChecks.Granularity.With(PrintableText.Escape(record.Granularity), record.Granularity.Length == 0 ? ", and an empty g= makes old verifiers refuse every signature." : "."));
        }
    }

    /// <summary>True where the text holds what must never be shown: a private key.</summary>
    public static bool HoldsPrivateKey(DkimKeyReading reading) =>
        reading.Record.Key is { IsPrivate: true } || reading.Text.IndexOf("PRIVATE KEY", StringComparison.Ordinal) >= 0;

    /// <summary>
    /// Why no signature verifies with this record (RFC 6376 section 6.1.2, RFC 8301 section 3.2), as one sentence; null where
    /// one can.
    /// </summary>
    public static string? WhyUnusable(string text)
    {
        var sheet = new CheckSheet(string.Empty);
        DkimKeyReading reading = DkimKeyParser.Read(text);
        Apply(reading, sheet, toRecord: null);

        // A sample key verifies what anybody signs with it.
        CheckResult? fault = sheet.Results.FirstOrDefault(result => result.Status == CheckStatus.Fail && result.Id != DkimChecks.SampleKey.Id)
            ?? sheet.Results.FirstOrDefault(result => result.Id == DkimChecks.Revoked.Id);
        return fault?.Message;
    }

    private static void ApplyKeyType(DkimKeyRecord record, Reporter report)
    {
        string type = record.KeyType;
        if (type is DkimKeyRecord.Rsa or DkimKeyRecord.Ed25519) return;

        bool wrongCase = string.Equals(type, DkimKeyRecord.Rsa, StringComparison.OrdinalIgnoreCase)
            || string.Equals(type, DkimKeyRecord.Ed25519, StringComparison.OrdinalIgnoreCase);
        string message = wrongCase
            ? "k=" + PrintableText.Escape(type) + " is not a key type: values are case-sensitive, so verifiers may ignore the record."
            : "k=" + PrintableText.Escape(type) + " is not a known key type, so verifiers ignore the record.";
        report.Corrected(DkimChecks.KeyType.Saying(message));
    }

    private static void ApplyKey(DkimKeyRecord record, string text, Reporter report)
    {
        if (record.IsRevoked) report.Plain(DkimChecks.Revoked);

        if (record.Key is { IsPrivate: true } || text.IndexOf("PRIVATE KEY", StringComparison.Ordinal) >= 0)
        {
            report.Plain(DkimChecks.PrivateKey);
            return;
        }

        if (record.Key is not { } key) return;
        if (SampleKeys.DocumentOf(key.Fingerprint) is { } document) report.Plain(DkimChecks.SampleKey.With(document));

        if (string.Equals(record.KeyType, DkimKeyRecord.Ed25519, StringComparison.Ordinal))
            ApplyEd25519(key, report);
        else if (string.Equals(record.KeyType, DkimKeyRecord.Rsa, StringComparison.Ordinal))
            ApplyRsa(record, key, report);
    }

    private static void ApplyEd25519(DkimPublicKey key, Reporter report)
    {
        if (key.Encoding == DkimKeyEncoding.Raw32) return;

        string what = "The Ed25519 key data has " + key.OctetCount + " octets instead of the raw 32";
        what += key.Encoding switch
        {
            DkimKeyEncoding.Ed25519SubjectPublicKeyInfo => ": the key is wrapped in a SubjectPublicKeyInfo.",
            DkimKeyEncoding.RsaPublicKey or DkimKeyEncoding.RsaSubjectPublicKeyInfo => ": it is an RSA key.",
            _ when key.OctetCount == 64 => ": 64 is the size of a secret key or of a signature. If it is the secret key, revoke the selector at once.",
            _ => ": " + key.Problem + ".",
        };
        report.Corrected(DkimChecks.Ed25519Length.Saying(what));
    }

    private static void ApplyRsa(DkimKeyRecord record, DkimPublicKey key, Reporter report)
    {
        if (key.MayBeCutOff)
        {
            report.Plain(DkimChecks.KeyDataDer.Saying("p= decodes but does not contain an RSA public key: it is cut off after 32 octets."));
            return;
        }

        if (key.IsEd25519)
        {
            string missing = record.KeyTypeTag is null ? "k=ed25519 is missing" : "k= says rsa";
            report.Corrected(DkimChecks.KeyDataDer.Saying("p= decodes to the form of an Ed25519 key, but " + missing + "."));
            return;
        }

        if (!key.IsRsa)
        {
            report.Corrected(DkimChecks.KeyDataDer.Saying("p= decodes but does not contain an RSA public key: " + key.Problem + "."));
            return;
        }

        ApplyRsaSize(key, report);
        if (key.Encoding == DkimKeyEncoding.RsaPublicKey)
            report.Corrected(DkimChecks.KeyForm, fixedRecord => fixedRecord with { KeyData = Convert.ToBase64String(key.SubjectPublicKeyInfo) });

        if (key.Exponent != "65537")
            report.Plain(DkimChecks.RsaExponent.With(ShortNumber(key.Exponent!)), "65537", ShortNumber(key.Exponent!));
    }

    private static void ApplyRsaSize(DkimPublicKey key, Reporter report)
    {
        string size = "The RSA key has " + key.Bits + " bits";
        string actual = key.Bits + " bits";
        if (key.Bits < LeastBits)
            report.Plain(DkimChecks.RsaWeak.With(size), "2048 bits", actual);
        else if (key.Bits < GoodBits)
            report.Plain(DkimChecks.Rsa1024.With(size), "2048 bits", actual);
        else if (key.Bits > MostBits)
            report.Plain(DkimChecks.RsaLarge.With(size), "2048 bits", actual);
    }

    // sha256 is the hash of both rsa-sha256 and ed25519-sha256 (RFC 8301 section 3.1, RFC 8463 section 3).
    private static void ApplyHash(DkimKeyRecord record, Reporter report)
    {
        if (record.HashAlgorithms is not { } hashes || hashes.Contains("sha256", StringComparer.Ordinal)) return;

        string list = PrintableText.Escape(string.Join(":", hashes));
        if (hashes.Contains("sha1", StringComparer.Ordinal))
            report.Corrected(DkimChecks.HashSha1Only.With(list));
        else
            report.Corrected(DkimChecks.HashUnknown.With(list));
    }

    private static void ApplyService(DkimKeyRecord record, Reporter report)
    {
        if (record.ServiceTypes is { } services && !services.Contains("*", StringComparer.Ordinal) && !services.Contains("email", StringComparer.Ordinal))
            report.Corrected(DkimChecks.Service.With(PrintableText.Escape(string.Join(":", services))));
    }

    private static void ApplyFlags(DkimKeyRecord record, Reporter report)
    {
        if (record.IsTesting)
        {
            report.Corrected(
                DkimChecks.Testing,
                fixedRecord => fixedRecord with { Flags = fixedRecord.Flags.Where(flag => flag != "y").ToArray() });
        }

        if (!record.IsStrict && record.KeyData is { Length: > 0 }) report.Plain(DkimChecks.StrictIdentity);

        string[] unknown = record.Flags.Where(flag => !s_knownFlags.Contains(flag, StringComparer.Ordinal)).ToArray();
        if (unknown.Length > 0)
        {
            report.Corrected(
                DkimChecks.FlagUnknown.With(PrintableText.Quote(string.Join(":", unknown))),
                fixedRecord => fixedRecord with { Flags = fixedRecord.Flags.Intersect(s_knownFlags, StringComparer.Ordinal).ToArray() });
        }
    }

    private static string ShortNumber(string number) => number.Length <= 20 ? number : number.Length + " digits long";

    // Reports with the corrected record beside it, where there is one.
    private sealed class Reporter(DkimKeyReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord)
    {
        private readonly DkimKeyReading _reading = reading;
        private readonly CheckSheet _sheet = sheet;
        private readonly Func<string, ResourceRecord>? _toRecord = toRecord;
        private readonly bool _secret = HoldsPrivateKey(reading);
        private DkimKeyRecord? _repaired;
        private bool _tried;

        public void Fault(TextFault fault) => Corrected(fault.Check.Saying(fault.Message + " (position " + fault.Offset + ")."));

        public void Plain(CheckFinding finding, string? expected = null, string? actual = null) => _sheet.Report(finding, expected, actual);

        public void Corrected(CheckFinding finding, Func<DkimKeyRecord, DkimKeyRecord>? change = null)
        {
            string? actual = _secret ? null : PrintableText.Escape(_reading.Text);
            string? text = CorrectedText(finding.Check, change);
            if (text is null)
                _sheet.Report(finding, expected: null, actual);
            else if (_toRecord is null)
                _sheet.Report(finding, PrintableText.Escape(text), actual);
            else
                _sheet.Report(finding, PrintableText.Escape(text), actual, recommendation: null, _toRecord(text));
        }

        private string? CorrectedText(CheckDefinition check, Func<DkimKeyRecord, DkimKeyRecord>? change)
        {
            if (_toRecord is null) return null;

            if (!_tried)
            {
                _tried = true;
                _repaired = DkimRepair.TryRepair(_reading);
            }

            if (_repaired is null) return null;

            string text = (change is null ? _repaired : change(_repaired)).ToString();
            return string.Equals(text, _reading.Text, StringComparison.Ordinal) || IsFoundIn(text, check) ? null : text;
        }

        // What the corrected record leaves is found without it.
        private static bool IsFoundIn(string text, CheckDefinition check)
        {
            var after = new CheckSheet(string.Empty);
            Apply(DkimKeyParser.Read(text), after, toRecord: null);
            return after.Has(check);
        }
    }
}

/// <summary>
/// Keys that are printed in documents for show. Kept as SHA-256 of their SubjectPublicKeyInfo, so that no key that must
/// not be published stands in the code.
/// </summary>
internal static class SampleKeys
{
    private static readonly Dictionary<string, string> s_documents = new(StringComparer.Ordinal)
    {
        ["f08577427444def3f44750f28a09c655419972a01b712e1390e715a7113d5f14"] = "Altcraft's page \"Email: sending domain configuration\"",
        ["dba3f0cb69f06d70e41abc6ac5812bc3d2639a24b621ba5d241202ac89cb7b9c"] = "RFC 6376 appendix C",
        ["06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9"] = "RFC 8463 appendix A.2 (Ed25519)",
        ["362d9a99501883f6d1ac717c53fff96582fb0a7c52464cb64b9082aa887bc7b4"] = "RFC 8463 appendix A.2 (RSA)",
    };

    /// <summary>The document that prints the key; null for any other key.</summary>
    public static string? DocumentOf(string fingerprint) =>
        s_documents.TryGetValue(fingerprint, out string? document) ? document : null;
}
