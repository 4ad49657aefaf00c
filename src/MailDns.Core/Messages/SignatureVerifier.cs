using System.Security.Cryptography;
using MailDns.Dkim;
using MailDns.Dkim.Keys;

namespace MailDns.Messages;

/// <summary>What the octets and the key say of one signature.</summary>
internal sealed record SignatureVerdict(SignatureTags Tags)
{
    /// <summary>The key; null where the signature could not be read, or was one too many.</summary>
    public SignatureKey? Key { get; init; }

    /// <summary>True where the body has the hash bh=; null for a seal and where it was not computed.</summary>
    public bool? BodyMatches { get; init; }

    /// <summary>True where b= belongs to the signed fields and the key; null where that was not computed.</summary>
    public bool? SignatureMatches { get; init; }

    /// <summary>Octets of the canonical body; -1 where it was not computed.</summary>
    public long BodyLength { get; init; } = -1;

    /// <summary>True where the signature verifies by its octets and its key; times are not looked at.</summary>
    public bool Verifies => Tags.Fault is null && Key is { Fault: KeyFault.None } && BodyMatches != false && SignatureMatches == true && !IsLengthTooLarge;

    public bool IsLengthTooLarge => BodyLength >= 0 && Tags.Length > BodyLength;
}

/// <summary>
/// Verifies the signatures of one message, DKIM's and ARC's: all keys are asked for at once, and the body is read once for
/// all of them.
/// </summary>
internal sealed class SignatureVerifier(MessageOctets message, IDnsResolver resolver, Func<IEd25519Verifier> ed25519) : IDisposable
{
    private readonly Dictionary<SignatureTags, Task<DnsResponse>> _keys = new();
    private readonly Dictionary<SignatureTags, BodyDigest> _digests = new();
    private readonly HeaderCanonicalizer _canonicalizer = new();
    private BodyCanonicalizer? _simple;
    private BodyCanonicalizer? _relaxed;

    /// <summary>Takes part in the next reading of the body. A signature with a fault needs neither key nor body.</summary>
    public void Register(SignatureTags signature, CancellationToken cancellationToken)
    {
        if (signature.Fault is not null) return;

        _keys[signature] = resolver.QueryTxtAsync(signature.KeyName!, cancellationToken);
        if (signature.Kind != SignatureKind.ArcSeal && (message.Traits & CopyTraits.OutlookItem) == CopyTraits.None)
            _digests[signature] = Canonicalizer(signature).Digest(signature.Length ?? long.MaxValue);
    }

    /// <summary>Reads the body for all that were registered.</summary>
    public void ReadBody(CancellationToken cancellationToken)
    {
        BodyConsumer[] consumers = new BodyConsumer?[] { _simple, _relaxed }.OfType<BodyConsumer>().ToArray();
        if (consumers.Length > 0) message.ReadBody(consumers, cancellationToken);
    }

    /// <summary>The verdict over a DKIM-Signature or an ARC-Message-Signature.</summary>
    public async Task<SignatureVerdict> JudgeAsync(SignatureTags signature)
    {
        if (signature.Fault is not null) return new SignatureVerdict(signature);

        SignatureKey key = await KeyOfAsync(signature).ConfigureAwait(false);
        _digests.TryGetValue(signature, out BodyDigest? digest);
        return new SignatureVerdict(signature)
        {
            Key = key,
            BodyMatches = digest?.Value.SequenceEqual(signature.BodyHash),
            BodyLength = digest is null ? -1 : Canonicalizer(signature).Length,
            SignatureMatches = key is { Fault: KeyFault.None } ? SignatureKey.Verifies(key.Key!, HashFields(signature), signature.Signature, ed25519) : null,
        };
    }

    /// <summary>The verdict over an ARC-Seal and the fields that it seals, in their order (RFC 8617 section 5.1.1).</summary>
    public async Task<SignatureVerdict> JudgeSealAsync(SignatureTags seal, IEnumerable<int> sealedFields)
    {
        if (seal.Fault is not null) return new SignatureVerdict(seal);

        SignatureKey key = await KeyOfAsync(seal).ConfigureAwait(false);
        if (key.Fault != KeyFault.None) return new SignatureVerdict(seal) { Key = key };

        foreach (int index in sealedFields)
            _canonicalizer.Add(message.Header, index, relaxed: true);

        AddSelf(seal);
        return new SignatureVerdict(seal) { Key = key, SignatureMatches = SignatureKey.Verifies(key.Key!, _canonicalizer.Finish(), seal.Signature, ed25519) };
    }

    /// <summary>The canonicalizer that reads the body for the signature: where its lines end is known once the body was read.</summary>
    public BodyCanonicalizer Canonicalizer(SignatureTags signature) => signature.RelaxedBody
        ? _relaxed ??= new BodyCanonicalizer(relaxed: true)
        : _simple ??= new BodyCanonicalizer(relaxed: false);

    public void Dispose()
    {
        _canonicalizer.Dispose();
        _simple?.Dispose();
        _relaxed?.Dispose();
    }

    private async Task<SignatureKey> KeyOfAsync(SignatureTags signature) =>
        SignatureKey.Judge(signature, await _keys[signature].ConfigureAwait(false));

    // Section 5.4.2: from the bottom up, each repetition the next higher instance; one that is not there adds nothing.
    private byte[] HashFields(SignatureTags signature)
    {
        MessageHeader header = message.Header;
        var next = new Dictionary<int, int>();
        foreach (string name in signature.Fields)
        {
            int lowest = header.Lowest(name);
            if (lowest < 0) continue;
            if (!next.TryGetValue(lowest, out int index)) index = lowest;

            // A signature never signs its own field but for the last, b= emptied (section 3.7).
            if (index == signature.Index) index = header.Above(index);

            if (index >= 0)
            {
                _canonicalizer.Add(header, index, signature.RelaxedHeader);
                next[lowest] = header.Above(index);
            }
            else
            {
                next[lowest] = -1;
            }
        }

        AddSelf(signature);
        return _canonicalizer.Finish();
    }

    private void AddSelf(SignatureTags signature) => _canonicalizer.AddSignature(
        message.Header, signature.Index, signature.SignaturePlace.Start, signature.SignaturePlace.End, signature.RelaxedHeader);
}

/// <summary>Why a key does not verify a signature.</summary>
internal enum KeyFault
{
    None,

    /// <summary>The lookup failed: nothing is known.</summary>
    Unknown,

    Missing,
    Revoked,

    /// <summary>The record is broken, of another kind, for another service or another hash.</summary>
    Unusable,

    /// <summary>Fewer than 1024 bits (RFC 8301 section 3.2).</summary>
    Weak,
}

/// <summary>The key that DNS has for a signature, judged as a verifier judges it (RFC 6376 section 6.1.2, RFC 8301, RFC 8463).</summary>
internal sealed class SignatureKey
{
    private const int LeastBits = 1024;

    // RFC 8301 section 3.2 asks verifiers for up to 4096; more is taken up to where it only costs time.
    private const int MostBits = 16384;

    private SignatureKey(DnsResponse response, KeyFault fault, string reason, DkimKeyRecord? record)
    {
        Response = response;
        Fault = fault;
        Reason = reason;
        Record = record;
    }

    public DnsResponse Response { get; }

    public KeyFault Fault { get; }

    /// <summary>A sentence without its full stop; empty where the key is right.</summary>
    public string Reason { get; }

    /// <summary>The record that was read; null where there is none.</summary>
    public DkimKeyRecord? Record { get; }

    public DkimPublicKey? Key => Record?.Key is { Problem.Length: 0 } key ? key : null;

    public static SignatureKey Judge(SignatureTags signature, DnsResponse response)
    {
        string at = response.Question.Name + (response.IsAliased ? " (an alias of " + response.CanonicalName + ")" : string.Empty);
        if (response.IsFailure)
            return new SignatureKey(response, KeyFault.Unknown, "the lookup of the key at " + at + " failed: " + response.Describe(), record: null);

        if (response.IsVoid)
            return new SignatureKey(response, KeyFault.Missing, "there is no key at " + at + ": " + response.Describe(), record: null);

        // Several records: undefined (RFC 6376 section 3.6.2.2), unless but one of them is a key.
        DkimKeyReading[] readings = response.Texts.Distinct(StringComparer.Ordinal).Select(DkimKeyParser.Read).ToArray();
        DkimKeyReading[] keys = readings.Where(reading => reading.LooksLikeKey).ToArray();
        if (keys.Length == 0)
            return new SignatureKey(response, KeyFault.Missing, "the TXT record at " + at + " is not a DKIM key", record: null);

        if (keys.Length > 1)
        {
            return new SignatureKey(response, KeyFault.Unusable, "there are " + keys.Length + " key records at " + at + ", and which of them counts is not defined (RFC 6376 section 3.6.2.2)", record: null);
        }

        (KeyFault fault, string reason) = Judge(signature, keys[0]);
        return new SignatureKey(response, fault, reason.Length == 0 ? reason : "the key at " + at + " " + reason, keys[0].Record);
    }

    /// <summary>True where the signature over data with that SHA-256 was made with the key.</summary>
    public static bool Verifies(DkimPublicKey key, byte[] hash, byte[] signature, Func<IEd25519Verifier> ed25519)
    {
        if (key.IsEd25519)
        {
            // RFC 8463 section 3: Ed25519 signs the SHA-256 of the data.
            return ed25519().Verify(key.Raw, hash, signature);
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportParameters(key.RsaParameters);
            return rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static (KeyFault Fault, string Reason) Judge(SignatureTags signature, DkimKeyReading reading)
    {
        if (DkimTextRules.HoldsPrivateKey(reading))
            return (KeyFault.Unusable, "is a PRIVATE key: anybody can sign with it; revoke it at once");

        DkimKeyRecord record = reading.Record;
        if (record.IsRevoked && !reading.Faults.Any(fault => fault.Check.Severity == CheckSeverity.Error))
            return (KeyFault.Revoked, "is revoked (its p= is empty)");

        if (reading.Faults.FirstOrDefault(fault => fault.Check.Severity == CheckSeverity.Error) is { } fault)
            return (KeyFault.Unusable, "is broken, and verifiers discard it: " + fault.Message);

        if (record.HashAlgorithms is { } hashes && !hashes.Contains("sha256", StringComparer.Ordinal))
            return (KeyFault.Unusable, "does not allow the hash sha256 (h=" + PrintableText.Escape(string.Join(":", hashes)) + ")");

        if (record.ServiceTypes is { } services && !services.Contains("*", StringComparer.Ordinal) && !services.Contains("email", StringComparer.Ordinal))
            return (KeyFault.Unusable, "is not for mail (s=" + PrintableText.Escape(string.Join(":", services)) + ")");

        if (record.IsStrict && signature.IsIdentityBelow)
            return (KeyFault.Unusable, "has the flag t=s, which forbids an i= below the domain d= (RFC 6376 section 3.6.1)");

        return JudgeKey(signature, record, record.Key!);
    }

    private static (KeyFault Fault, string Reason) JudgeKey(SignatureTags signature, DkimKeyRecord record, DkimPublicKey key)
    {
        string wanted = signature.IsEd25519 ? DkimKeyRecord.Ed25519 : DkimKeyRecord.Rsa;
        if (!string.Equals(record.KeyType, wanted, StringComparison.Ordinal))
            return (KeyFault.Unusable, "is of another type (k=" + PrintableText.Escape(record.KeyType) + ") than the signature (a=" + signature.Algorithm + ")");

        if (key.Problem.Length > 0) return (KeyFault.Unusable, "contains no public key: " + key.Problem);

        if (signature.IsEd25519)
        {
            return key.Encoding == DkimKeyEncoding.Raw32
                ? (KeyFault.None, string.Empty)
                : (KeyFault.Unusable, "has k=ed25519, and its p= is not the raw 32 octets (RFC 8463 section 4.2)");
        }

        if (!key.IsRsa) return (KeyFault.Unusable, "has k=rsa, and its p= is not an RSA key");

        if (key.Bits < LeastBits)
            return (KeyFault.Weak, "has " + key.Bits + " bits; fewer than " + LeastBits + " must not be accepted (RFC 8301 section 3.2)");

        return key.Bits > MostBits
            ? (KeyFault.Unusable, "has " + key.Bits + " bits; more than " + MostBits + " are not computed")
            : (KeyFault.None, string.Empty);
    }
}
