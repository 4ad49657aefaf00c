namespace MailDns.Messages;

/// <summary>Validates a chain of ARC sets (RFC 8617 section 5.2).</summary>
internal sealed class ArcVerifier
{
    /// <summary>Section 4.2.1: instances go from 1 to 50.</summary>
    private const int MaxSets = 50;
    private readonly ArcSet[] _sets;
    private readonly string? _fault;

    private ArcVerifier(ArcSet[] sets, string? fault)
    {
        _sets = sets;
        _fault = fault;
    }

    /// <summary>Reads the sets; null where the message has no ARC field.</summary>
    public static ArcVerifier? Read(MessageHeader header)
    {
        int[] results = header.Find("arc-authentication-results").Take(MaxSets + 1).ToArray();
        int[] messages = header.Find("arc-message-signature").Take(MaxSets + 1).ToArray();
        int[] seals = header.Find("arc-seal").Take(MaxSets + 1).ToArray();
        if (results.Length + messages.Length + seals.Length == 0) return null;

        var sets = new SortedDictionary<int, ArcSet>();
        string? fault = Math.Max(results.Length, Math.Max(messages.Length, seals.Length)) > MaxSets ? "there are more than " + MaxSets + " sets" : null;
        foreach (int index in results)
        {
            AuthenticationResultsField field = AuthenticationResultsField.Read(header.Text(index), index);
            fault ??= Put(sets, field.Instance, "ARC-Authentication-Results", set => set.Results is null, set => set.Results = field);
        }

        foreach (int index in messages)
        {
            SignatureTags tags = SignatureTags.Read(header, index, SignatureKind.ArcMessage);
            fault ??= Put(sets, InstanceOf(tags), "ARC-Message-Signature", set => set.Message is null, set => set.Message = tags);
        }

        foreach (int index in seals)
        {
            SignatureTags tags = SignatureTags.Read(header, index, SignatureKind.ArcSeal);
            fault ??= Put(sets, InstanceOf(tags), "ARC-Seal", set => set.Seal is null, set => set.Seal = tags);
        }

        ArcSet[] ordered = sets.Values.ToArray();
        return new ArcVerifier(ordered, fault ?? FindFault(ordered));
    }

    /// <summary>Takes part in the reading of the body and the lookups of the keys.</summary>
    public void Register(SignatureVerifier verifier, CancellationToken cancellationToken)
    {
        if (_fault is not null) return;

        foreach (ArcSet set in _sets)
        {
            verifier.Register(set.Message!, cancellationToken);
            verifier.Register(set.Seal!, cancellationToken);
        }
    }

    /// <summary>The chain's result.</summary>
    public async Task<ArcResult> ConcludeAsync(SignatureVerifier verifier)
    {
        if (_fault is not null)
        {
            return new ArcResult(AuthenticationResultCode.Fail, "The chain is not valid: " + _fault + ".", _sets.Select(set => Describe(set, null, null)).ToArray(), oldestPass: 0);
        }

        var seals = new SignatureVerdict[_sets.Length];
        var messages = new SignatureVerdict[_sets.Length];
        for (int i = 0; i < _sets.Length; i++)
        {
            messages[i] = await verifier.JudgeAsync(_sets[i].Message!).ConfigureAwait(false);
            seals[i] = await verifier.JudgeSealAsync(_sets[i].Seal!, SealedFields(i)).ConfigureAwait(false);
        }

        (AuthenticationResultCode code, string reason) = Conclude(seals, messages);
        int oldest = 0;
        if (code == AuthenticationResultCode.Pass)
        {
            oldest = _sets.Length;
            while (oldest > 1 && messages[oldest - 2].Verifies)
                oldest--;

            oldest = oldest == 1 ? 0 : oldest;
        }

        return new ArcResult(code, reason, _sets.Select((set, i) => Describe(set, seals[i], messages[i])).ToArray(), oldest);
    }

    private (AuthenticationResultCode Code, string Reason) Conclude(SignatureVerdict[] seals, SignatureVerdict[] messages)
    {
        SignatureVerdict newest = messages[messages.Length - 1];
        IEnumerable<(SignatureVerdict Verdict, string Name)> parts = seals.Select((seal, i) => (seal, "the seal i=" + (i + 1)))
            .Concat(new[] { (newest, "the message signature i=" + messages.Length) });
        foreach ((SignatureVerdict verdict, string name) in parts)
        {
            if (verdict.Tags.Fault is { } fault)
                return (AuthenticationResultCode.Fail, "The chain is not valid: in " + name + " " + fault + ".");
        }

        foreach ((SignatureVerdict verdict, string name) in parts)
        {
            if (verdict.Key!.Fault == KeyFault.Unknown)
                return (AuthenticationResultCode.TempError, "Whether the chain is valid is not known: for " + name + " " + verdict.Key.Reason + ".");
        }

        foreach ((SignatureVerdict verdict, string name) in parts)
        {
            if (!verdict.Verifies)
            {
                string why = verdict.Key!.Fault != KeyFault.None ? verdict.Key.Reason
                    : verdict.BodyMatches == false ? "the body differs from what was signed"
                    : "the signed fields differ, or another key made it";
                return (AuthenticationResultCode.Fail, "The chain is not valid: " + name + " does not verify: " + why + ".");
            }
        }

        ArcSet first = _sets[0];
        string sealers = string.Join(", ", _sets.Select(set => set.Seal!.Domain!.ToString()).Distinct(StringComparer.Ordinal));
        string recorded = first.Results!.Results.Count == 0 ? "nothing" : string.Join(" ", first.Results.Results.Take(4).Select(result => result.Method + "=" + result.Result));
        return (AuthenticationResultCode.Pass, "The chain is valid, sealed by " + sealers + "; the first recorded " + PrintableText.Escape(recorded) + ". It counts only for receivers who trust them, and never makes DMARC pass.");
    }

    // Of the sets 1 to n in order: results, message signature, seal; the seal itself comes last and apart.
    private IEnumerable<int> SealedFields(int last)
    {
        for (int i = 0; i <= last; i++)
        {
            yield return _sets[i].Results!.Index;
            yield return _sets[i].Message!.Index;
            if (i < last) yield return _sets[i].Seal!.Index;
        }
    }

    private static ArcSetResult Describe(ArcSet set, SignatureVerdict? seal, SignatureVerdict? message)
    {
        AuthenticationClaim[] claims = set.Results is { } results
            ? results.Results.Select(result => new AuthenticationClaim(results, result, isBelieved: false)).ToArray()
            : Array.Empty<AuthenticationClaim>();
        SignatureVerdict? shown = seal ?? (set.Seal is { } tags ? new SignatureVerdict(tags) : null);
        return new ArcSetResult(set.Instance, shown, message, claims);
    }

    private static string? Put(SortedDictionary<int, ArcSet> sets, int instance, string name, Func<ArcSet, bool> isFree, Action<ArcSet> put)
    {
        if (instance is < 1 or > MaxSets) return "an " + name + " field has no instance i= from 1 to " + MaxSets;
        if (!sets.TryGetValue(instance, out ArcSet? set)) sets.Add(instance, set = new ArcSet(instance));
        if (!isFree(set)) return "there are two " + name + " fields with i=" + instance;

        put(set);
        return null;
    }

    // Section 5.2 steps 2 and 3.
    private static string? FindFault(ArcSet[] sets)
    {
        for (int i = 0; i < sets.Length; i++)
        {
            ArcSet set = sets[i];
            if (set.Instance != i + 1) return "the set i=" + (i + 1) + " is missing";

            if (set.Results is null || set.Message is null || set.Seal is null)
            {
                return "the set i=" + set.Instance + " has no " + (set.Results is null ? "ARC-Authentication-Results" : set.Message is null ? "ARC-Message-Signature" : "ARC-Seal") + " field";
            }
        }

        ArcSet newest = sets[sets.Length - 1];
        if (newest.Seal!.Value("cv") == "fail")
            return "the newest sealer, " + PrintableText.Escape(newest.Seal.DomainText) + ", found that it had failed before (cv=fail)";

        for (int i = 0; i < sets.Length; i++)
        {
            string expected = i == 0 ? "none" : "pass";
            string? found = sets[i].Seal!.Value("cv");
            if (found != expected)
                return "the seal i=" + (i + 1) + " has cv=" + PrintableText.Escape(found ?? string.Empty) + " and not " + expected;
        }

        return null;
    }

    private static int InstanceOf(SignatureTags tags) =>
        tags.Value("i") is { Length: <= 4 } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int instance) ? instance : 0;

    private sealed class ArcSet(int instance)
    {
        public int Instance { get; } = instance;
        public AuthenticationResultsField? Results { get; set; }
        public SignatureTags? Message { get; set; }
        public SignatureTags? Seal { get; set; }
    }
}
