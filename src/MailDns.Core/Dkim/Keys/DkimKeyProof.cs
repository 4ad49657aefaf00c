namespace MailDns.Dkim.Keys;

/// <summary>
/// Says whether a private key belongs to what DNS publishes for a selector: whether signatures made with it verify
/// (RFC 6376 section 6.1.3). A record that verifiers discard proves nothing and fails; a failed lookup is unknown.
/// </summary>
internal sealed class DkimKeyProof
{
    private readonly DomainName _domain;
    private readonly string _selector;
    private readonly DkimPublicKey _own;
    private readonly CheckSheet _sheet;

    private DkimKeyProof(DomainName domain, string selector, DkimPublicKey own)
    {
        _domain = domain;
        _selector = selector;
        _own = own;
        _sheet = new CheckSheet(domain.Text);
    }

    /// <summary>The result of DKIM-KEY-MISMATCH.</summary>
    /// <param name="domain">The signing domain, d= of its signatures.</param>
    /// <param name="selector">s= of its signatures.</param>
    /// <param name="own">The public half of the private key.</param>
    /// <param name="resolver">Follows aliases.</param>
    /// <param name="cancellationToken">Ends the lookup.</param>
    /// <exception cref="ArgumentException">The selector is none.</exception>
    public static async Task<CheckResult> TestAsync(
        DomainName domain,
        string selector,
        DkimPublicKey own,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        if (!DkimSelector.TryGetName(selector, domain, out DomainName? name, out string reason))
            throw new ArgumentException("The selector " + PrintableText.Quote(selector) + " is not valid (RFC 6376 section 3.1): " + reason, nameof(selector));

        DnsResponse response = await resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
        var proof = new DkimKeyProof(domain, selector, own);
        proof.Judge(response);
        return proof._sheet.Results[0];
    }

    private void Judge(DnsResponse response)
    {
        string place = Place(response);
        if (response.IsFailure)
            _sheet.Unknown(DkimKeyChecks.Mismatch, "The lookup of the key at " + place + " failed: " + response.Describe() + ".");
        else if (response.IsVoid)
            Fail(response, "There is no key at " + place + ": " + response.Describe() + ".", actual: null);
        else
            JudgeTexts(response, place);
    }

    // Several records at a selector: the results are undefined (RFC 6376 section 3.6.2.2), so each of them has to do.
    private void JudgeTexts(DnsResponse response, string place)
    {
        IReadOnlyList<string> texts = response.Texts;
        DkimKeyReading[] readings = texts.Select(DkimKeyParser.Read).ToArray();
        DkimKeyReading? wrong = Array.Find(readings, reading => Fault(reading) is not null);
        if (wrong is null)
        {
            string several = texts.Count == 1 ? string.Empty : " (" + texts.Count + " records, all of them with this key; keep one)";
            _sheet.Pass(DkimKeyChecks.Mismatch, "The private key belongs to the key published at " + place + several + ": " + Describe(_own) + ".");
            return;
        }

        string message = texts.Count == 1
            ? "The private key does not belong to what is published at " + place + ": " + Fault(wrong) + "."
            : "There are " + texts.Count + " TXT records at " + place + ", and verifiers may take any of them; of one it is true that " + Fault(wrong) + ".";
        Fail(response, message, DkimTextRules.HoldsPrivateKey(wrong) || wrong.Record.Key is not { } key || key.Problem.Length > 0 ? null : Describe(key));
    }

    // Null where signatures of the private key verify against the record.
    private string? Fault(DkimKeyReading reading)
    {
        if (DkimTextRules.HoldsPrivateKey(reading))
            return "a PRIVATE key is published there; revoke the selector and make a new pair at once";

        if (!reading.LooksLikeKey) return "it is not a key record";

        TextFault? fault = reading.Faults.FirstOrDefault(item => item.Check.Severity == CheckSeverity.Error);
        if (fault is not null) return "the record is broken, and verifiers discard it (" + fault.Message + ")";
        if (reading.Record.IsRevoked) return "the key is revoked (its p= is empty)";

        return KeyFault(reading.Record, reading.Record.Key!);
    }

    private string? KeyFault(DkimKeyRecord record, DkimPublicKey published)
    {
        bool same = string.Equals(published.Fingerprint, _own.Fingerprint, StringComparison.Ordinal);
        string type = PrintableText.Escape(record.KeyType);
        switch (record.KeyType)
        {
            case DkimKeyRecord.Rsa when published.IsRsa:
            case DkimKeyRecord.Ed25519 when published.Encoding == DkimKeyEncoding.Raw32:
                return same ? null : "the published key is another one";
            case DkimKeyRecord.Ed25519 when published.Encoding == DkimKeyEncoding.Ed25519SubjectPublicKeyInfo:
                return (same ? "it is this key" : "it is another key") + ", and wrapped in a SubjectPublicKeyInfo, where verifiers want the raw 32 octets (RFC 8463 section 4.2)";
            case DkimKeyRecord.Rsa:
            case DkimKeyRecord.Ed25519:
                return published.Problem.Length > 0
                    ? "its p= contains no public key: " + published.Problem
                    : "k= says " + type + ", and p= contains a key of another type";
            default:
                return "k=" + type + " is not a key type, so verifiers ignore the record";
        }
    }

    private void Fail(DnsResponse response, string message, string? actual)
    {
        string? recommendation = response.IsAliased
            ? "The name is an alias: have the public key put at " + response.CanonicalName + ", or replace the alias by the record of this key."
            : null;
        ResourceRecord[] fix = response.IsAliased ? Array.Empty<ResourceRecord>() : Fix();
        _sheet.Report(DkimKeyChecks.Mismatch.Saying(message), Describe(_own), actual, recommendation, fix);
    }

    // A key that must not be published, a weak one, has no record.
    private ResourceRecord[] Fix()
    {
        try
        {
            DkimBuiltRecord built = DkimRecordBuilder.Build(new DkimRecordOptions
            {
                Domain = _domain,
                Zone = _domain,
                Selector = _selector,
                PublicKey = Convert.ToBase64String(_own.IsRsa ? _own.SubjectPublicKeyInfo : _own.Raw),
                KeyType = _own.IsRsa ? DkimKeyType.Rsa : DkimKeyType.Ed25519,
            });
            return new[] { built.Record };
        }
        catch (ArgumentException)
        {
            return Array.Empty<ResourceRecord>();
        }
    }

    private static string Place(DnsResponse response) =>
        response.Question.Name + (response.IsAliased ? " (an alias of " + response.CanonicalName + ")" : string.Empty);

    private static string Describe(DkimPublicKey key) =>
        (key.IsRsa ? "RSA, " + key.Bits + " bits" : "Ed25519") + ", SHA-256 " + key.Fingerprint;
}

/// <summary>
/// The checks that need a private key. Apart from those of the published record, which are complete without them.
/// </summary>
internal static class DkimKeyChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dkim);

    public static readonly CheckDefinition Mismatch = s_rows.Error("DKIM-KEY-MISMATCH", CheckNeeds.PrivateKey, "The private key belongs to the published key", "The private key does not belong to the published key: {fault}", "Publish the record of this key, or sign with the key whose public half is published.", "RFC 6376 section 6.1.3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>Verifies Ed25519 signatures (RFC 8032): a public class MailDns.Crypto.Ed25519Verifier with a parameterless constructor implements it.</summary>
internal interface IEd25519Verifier
{
    /// <summary>True where the signature of the message belongs to the key; false for anything else, octets of any length included.</summary>
    bool Verify(byte[] publicKey, byte[] message, byte[] signature);
}

/// <summary>Reads private keys: a public class MailDns.Crypto.PrivateKeyReader with a parameterless constructor implements it.</summary>
internal interface IPrivateKeyReader
{
    /// <summary>
    /// The public half, as SubjectPublicKeyInfo, of a private key that has signed and verified a text of the reader's own.
    /// The caller clears file and pass phrase.
    /// </summary>
    /// <param name="file">PEM or DER: PKCS#8, encrypted PKCS#8, PKCS#1; or the base64 of a raw Ed25519 key.</param>
    /// <param name="password">Null where the user gave none.</param>
    /// <exception cref="PrivateKeyException">It is no private key that DKIM has, or the pass phrase is wrong.</exception>
    byte[] ReadPublicKey(byte[] file, char[]? password);
}

/// <summary>A private key cannot be used. Neither the message nor an inner exception holds anything of the key.</summary>
internal sealed class PrivateKeyException(PrivateKeyFault fault, string message) : Exception(message)
{
    public PrivateKeyFault Fault { get; } = fault;
}

/// <summary>Why a private key cannot be used.</summary>
internal enum PrivateKeyFault
{
    /// <summary>The file holds no private key that DKIM has, or a damaged one.</summary>
    Invalid,

    /// <summary>It is encrypted, and no pass phrase was given.</summary>
    PasswordRequired,

    /// <summary>The pass phrase is wrong.</summary>
    WrongPassword,
}
