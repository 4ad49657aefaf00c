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
