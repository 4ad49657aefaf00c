namespace MailDns.Dkim;

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
            report.Plain(DkimChecks.KeyDataDer.Saying("p= decodes but does not hold an RSA public key: it is cut off after 32 octets."));
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
            report.Corrected(DkimChecks.KeyDataDer.Saying("p= decodes but does not hold an RSA public key: " + key.Problem + "."));
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
            string? text = CorrectedText(change);
            if (text is null)
                _sheet.Report(finding, expected: null, actual);
            else if (_toRecord is null)
                _sheet.Report(finding, PrintableText.Escape(text), actual);
            else
                _sheet.Report(finding, PrintableText.Escape(text), actual, recommendation: null, _toRecord(text));
        }

        private string? CorrectedText(Func<DkimKeyRecord, DkimKeyRecord>? change)
        {
            if (_toRecord is null) return null;

            if (!_tried)
            {
                _tried = true;
                _repaired = DkimRepair.TryRepair(_reading);
            }

            if (_repaired is null) return null;

            string text = (change is null ? _repaired : change(_repaired)).ToString();
            return string.Equals(text, _reading.Text, StringComparison.Ordinal) ? null : text;
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
