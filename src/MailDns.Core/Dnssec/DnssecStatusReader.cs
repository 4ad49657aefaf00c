namespace MailDns.Dnssec;

/// <summary>
/// A domain and a resolver to a <see cref="DnssecStatus"/>. Everything is asked for as it is, checked or not (CD), so that a zone that resolvers refuse shows
/// why. Signatures are not computed: their times, their keys and that they are there is what is judged.
/// </summary>
internal sealed class DnssecStatusReader
{
    private readonly DomainName _domain;
    private readonly IDnsResolver _resolver;
    private readonly DateTime? _now;
    private readonly CheckSheet _sheet;

    private DnssecStatusReader(DomainName domain, IDnsResolver resolver, DateTime? now)
    {
        _domain = domain;
        _resolver = resolver;
        _now = now;
        _sheet = new CheckSheet(domain.Text);
    }

    /// <summary>Reads the zone of a domain.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="now">The time, in UTC; null judges no times.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static Task<DnssecStatus> ReadAsync(DomainName domain, IDnsResolver resolver, DateTime? now, CancellationToken cancellationToken) =>
        new DnssecStatusReader(domain, resolver, now).ReadAsync(cancellationToken);

    private async Task<DnssecStatus> ReadAsync(CancellationToken cancellationToken)
    {
        DnssecFacts facts = await DnssecFacts.ReadAsync(_domain, _resolver, cancellationToken).ConfigureAwait(false);
        bool isFound = facts.Soa.Status == DnsResponseStatus.Success && !facts.Soa.IsAliased;
        var status = new DnssecStatus(_domain.Text, isFound ? facts.Zone.ToString() : null) { Resolver = facts.Soa.Resolver };
        if (facts.Soa.IsFailure || !isFound || facts.Soa.Resolver is null)
            status.Evidence = Unreadable(facts.Soa);
        else
            await JudgeAsync(facts, status, cancellationToken).ConfigureAwait(false);

        status.Records = status.DelegationSigners.Select(ds => "DS " + ds).Concat(status.Keys.Select(key => "DNSKEY " + key)).ToArray();
        status.Judge(_sheet, isThere: status.DelegationSigners.Length > 0);
        return status;
    }

    private string Unreadable(DnsResponse soa)
    {
        if (soa is { IsFailure: true, Status: not DnsResponseStatus.OutOfZone }) return Fail(soa);

        string reason = soa.IsFailure || soa.Resolver is null ? "Zone files and planned records do not show DNSSEC." : soa.Status == DnsResponseStatus.NxDomain ? _domain + " does not exist." : "No zone that contains " + _domain + " was found.";
        _sheet.CompleteNotApplicable(DnssecChecks.All, reason);
        return reason;
    }

    private string Fail(DnsResponse failure)
    {
        if (failure.Status is not (DnsResponseStatus.FormatError or DnsResponseStatus.NotImplemented))
        {
            _sheet.CompleteUnknown(DnssecChecks.All, failure);
            return failure.FailureText;
        }

        // A server older than EDNS (RFC 6891 section 7) answers everything else, and nothing is wrong with the domain for it.
        string reason = (failure.Resolver ?? "The resolver") + " does not know DNSSEC: it answers " + failure.Describe() + " to a question for signatures. Ask another with -Server.";
        _sheet.CompleteNotApplicable(DnssecChecks.All, reason);
        return reason;
    }

    private async Task JudgeAsync(DnssecFacts facts, DnssecStatus status, CancellationToken cancellationToken)
    {
        DsData[] expected = Signers(facts, facts.KeySet.Where(key => key.IsEntryPoint || !facts.KeySet.Any(other => other.IsEntryPoint)));
        status.IsSigned = facts.Keys.IsFailure ? null : facts.KeySet.Count > 0;
        status.Keys = facts.KeySet.Select(key => key.KeyTag + " " + DnssecAlgorithms.Describe(key.Algorithm)).ToArray();
        status.DelegationSigners = facts.DsSet.Select(ds => ds.ToString()).ToArray();
        status.ExpectedSigners = expected.Select(ds => ds.ToString()).ToArray();
        status.IsAuthenticated = facts.Plain.IsAuthenticated;
        DnsResponse? failed = facts.Ds.IsFailure ? facts.Ds : facts.Keys.IsFailure ? facts.Keys : null;
        if (failed is not null)
        {
            status.Evidence = Fail(failed);
            return;
        }

        if (facts.DsSet.Count == 0)
        {
            JudgeWithoutDs(facts, status);
            return;
        }

        if (facts.KeySet.Count == 0)
        {
            _sheet.Report(DnssecChecks.KeysMissing.With(facts.Zone, Shown(facts.DsSet)), actual: Shown(facts.DsSet));
            _sheet.CompleteNotApplicable(DnssecChecks.All.Where(check => check != DnssecChecks.Resolver), "The zone has no keys.");
            status.Evidence = "The parent zone has a DS record for " + facts.Zone + ", which has no DNSKEY record.";
        }
        else
        {
            JudgeDs(facts, status);
            await JudgeSignaturesAsync(facts, status, cancellationToken).ConfigureAwait(false);
            JudgeNsec3(facts);
        }

        await JudgeResolverAsync(facts, status, cancellationToken).ConfigureAwait(false);
        _sheet.CompletePass(DnssecChecks.All);
    }

    private void JudgeWithoutDs(DnssecFacts facts, DnssecStatus status)
    {
        if (facts.KeySet.Count == 0)
        {
            status.Evidence = facts.Zone + " is not signed: it has no DNSKEY record, and the parent zone has no DS record for it.";
        }
        else if (facts.Ds.IsAuthoritative && facts.Soa.IsAuthoritative)
        {
            // The zone's own server has no DS record where the parent zone has one (RFC 4035 section 3.1.4.1).
            status.Evidence = facts.Zone + " is signed. Whether the parent zone has a DS record is not known: " + facts.Soa.Resolver + " serves the zone itself.";
            _sheet.CompleteUnknown(DnssecChecks.All, status.Evidence + " Ask a resolver with -Server.");
        }
        else
        {
            status.Evidence = facts.Zone + " is signed, but the parent zone has no DS record for it.";
            _sheet.Report(DnssecChecks.NoDs.With(facts.Zone), expected: string.Join("; ", status.ExpectedSigners.Select(ds => facts.Zone + ". DS " + ds)));
        }

        _sheet.CompleteNotApplicable(DnssecChecks.All, "The parent zone has no DS record, so signatures are not checked.");
    }

    private void JudgeDs(DnssecFacts facts, DnssecStatus status)
    {
        // Of a digest that is not known here the key can only be told by its number.
        DsData[] matching = facts.DsSet.Where(ds => facts.KeySet.Any(key => ds.Names(facts.Zone, key) ?? true)).ToArray();
        DsData[] stale = facts.DsSet.Except(matching).ToArray();
        string expected = string.Join("; ", status.ExpectedSigners.Select(ds => facts.Zone + ". DS " + ds));
        if (matching.Length == 0)
        {
            string fault = string.Join("; ", facts.DsSet.Select(ds => WhyNoKey(ds, facts)));
            _sheet.Report(DnssecChecks.DsMismatch.Saying("No DS record of " + facts.Zone + " names a key that it has: " + fault + "."), expected, Shown(facts.DsSet));
            _sheet.CompleteNotApplicable(new[] { DnssecChecks.DsStale }, "No DS record names a key.");
            status.Evidence = "No DS record of " + facts.Zone + " names a key that it has.";
            return;
        }

        if (stale.Length > 0)
            _sheet.Report(DnssecChecks.DsStale.With(facts.Zone, Shown(stale)), expected, Shown(stale));

        if (matching.All(ds => DnssecAlgorithms.WhyNot(ds.Algorithm) is not null))
        {
            byte algorithm = matching[0].Algorithm;
            _sheet.Report(DnssecChecks.Algorithm.With(facts.Zone, DnssecAlgorithms.Describe(algorithm), Shown(matching), DnssecAlgorithms.WhyNot(algorithm)), actual: Shown(matching));
        }

        if (matching.All(ds => ds.DigestType is not (2 or 4)))
            _sheet.Report(DnssecChecks.DsSha1.With(facts.Zone, DnssecAlgorithms.Digest(matching[0].DigestType), Shown(matching)), expected, Shown(matching));

        status.Evidence = "The DS record of " + facts.Zone + " (" + matching[0].KeyTag + ", " + DnssecAlgorithms.Describe(matching[0].Algorithm) + ", " + DnssecAlgorithms.Digest(matching[0].DigestType) + ") names a key that it has.";
    }

    private static string WhyNoKey(DsData ds, DnssecFacts facts) =>
        ds + (facts.KeySet.Any(key => key.KeyTag == ds.KeyTag && key.Algorithm == ds.Algorithm)
            ? " has another digest than the key of that number"
            : " names no key; the keys are " + string.Join(", ", facts.KeySet.Select(key => key.KeyTag + " (algorithm " + key.Algorithm + ")")));

    private async Task JudgeSignaturesAsync(DnssecFacts facts, DnssecStatus status, CancellationToken cancellationToken)
    {
        DnskeyData[] trusted = facts.KeySet.Where(key => facts.DsSet.Any(ds => ds.Names(facts.Zone, key) ?? true)).ToArray();
        SignedSet[] sets = facts.Sets.Select(set => new SignedSet(set, facts.Zone, set.Question.Type == DnsRecordType.Dnskey && trusted.Length > 0 ? trusted : facts.KeySet)).ToArray();
        SignedSet[] bare = sets.Where(set => set.Signatures.Count == 0).ToArray();
        if (sets.All(set => !set.HasAny) && !await PassesSignaturesAsync(cancellationToken).ConfigureAwait(false))
        {
            _sheet.CompleteUnknown(DnssecChecks.OfSignatures, facts.Soa.Resolver + " gives no signatures with its answers, not of the root either: it does not know DNSSEC, or something on the way removes them.");
            return;
        }

        if (bare.Length > 0)
        {
            _sheet.Report(DnssecChecks.SignatureMissing.Saying("Records of " + facts.Zone + " have no signature that counts: " + string.Join("; ", bare.Select(set => set.WhyBare)) + "."));
        }

        if (_now is not { } now)
        {
            _sheet.CompleteNotApplicable(new[] { DnssecChecks.SignatureTime, DnssecChecks.SignatureEnds }, "The time is not known.");
            return;
        }

        SignedSet[] signed = sets.Where(set => set.Signatures.Count > 0).ToArray();
        if (signed.Length == 0)
        {
            _sheet.CompleteNotApplicable(new[] { DnssecChecks.SignatureTime, DnssecChecks.SignatureEnds }, "There is no signature.");
            return;
        }

        JudgeTimes(facts, signed, now, status);
        if (facts.Unread is { } unread) _sheet.CompleteUnknown(DnssecChecks.OfSignatures, unread);
    }

    private void JudgeTimes(DnssecFacts facts, SignedSet[] signed, DateTime now, DnssecStatus status)
    {
        SignedSet[] bad = signed.Where(set => !set.HoldsAt(now)).ToArray();
        SignedSet first = signed.OrderBy(set => set.LastEnd(now)).First();
        status.SignaturesEnd = first.LastEnd(now);
        if (bad.Length > 0)
        {
            _sheet.Report(DnssecChecks.SignatureTime.Saying("Signatures of " + facts.Zone + " have expired or are not yet valid: " + string.Join("; ", bad.Select(set => set.WhyNotAt(now))) + "."), actual: Time(first.LastEnd(now)));
            _sheet.NotApplicable(DnssecChecks.SignatureEnds, "Some have expired or are not yet valid.");
            status.Evidence += " Signatures have expired or are not yet valid: " + bad[0].WhyNotAt(now) + ".";
            return;
        }

        TimeSpan left = first.LastEnd(now) - now;
        TimeSpan whole = first.LastEnd(now) - first.BeginOfLast(now);
        string what = first.Name + " by the key " + first.Last(now).KeyTag + " until " + Time(first.LastEnd(now)) + ", in " + Span(left);
        status.Evidence += " The first signature ends " + Time(first.LastEnd(now)) + ".";

        // Online signers give each answer a short signature and the keys a long one; where the keys' ends with all others, the zone was signed at once.
        bool isWhole = signed.All(set => SignatureLife.IsShort(set.LastEnd(now) - now)) && signed.Any(set => set.IsOfKeys);
        if (isWhole || SignatureLife.IsOverdue(left, whole))
            _sheet.Report(DnssecChecks.SignatureEnds.With(facts.Zone, what), actual: Time(first.LastEnd(now)));
        else if (SignatureLife.IsShort(left))
            _sheet.Note(DnssecChecks.SignatureEnds, "A signature of " + facts.Zone + " ends soon: " + what + ". It was made to hold for " + Span(whole) + ", and the keys are signed for longer, as by a server that signs each answer. A zone that is signed by hand has to be signed again by then.");
        else if (facts.Unread is null)
            _sheet.Pass(DnssecChecks.SignatureEnds, "The first signature of " + facts.Zone + " to end: " + what + ".");
    }

    private void JudgeNsec3(DnssecFacts facts)
    {
        DnsResponse answer = facts.Nsec3Param!;
        if (answer.IsFailure)
        {
            _sheet.CompleteUnknown(DnssecChecks.OfNsec3, answer);
            return;
        }

        Nsec3ParamData[] all = answer.Data<Nsec3ParamData>().ToArray();
        if (all.Length == 0)
        {
            _sheet.CompleteNotApplicable(DnssecChecks.OfNsec3, "The zone does not use NSEC3.");
            return;
        }

        Nsec3ParamData most = all.OrderByDescending(item => item.Iterations).First();
        if (most.Iterations > 0)
        {
            CheckDefinition check = most.Iterations > SignatureLife.MostIterations ? DnssecChecks.Nsec3Excessive : DnssecChecks.Nsec3Iterations;
            _sheet.Report(check.With(facts.Zone, most.Iterations, "NSEC3PARAM " + most), expected: "1 0 0 -", actual: most.ToString());
            _sheet.CompleteNotApplicable(DnssecChecks.OfNsec3.Take(2), "The other check of the iterations found something.");
        }

        if (Array.Find(all, item => item.Salt.Length > 0) is { } salted)
            _sheet.Report(DnssecChecks.Nsec3Salt.With(facts.Zone, "NSEC3PARAM " + salted), expected: "1 0 0 -", actual: salted.ToString());
    }

    // What shows that it validates: AD for the root, or SERVFAIL for what it gives once checking is disabled. What shows that it does not: it gives what nobody who validates would.
    private async Task JudgeResolverAsync(DnssecFacts facts, DnssecStatus status, CancellationToken cancellationToken)
    {
        bool isBroken = _sheet.Results.Any(result => result.Status == CheckStatus.Fail && result.Definition is { } check && check != DnssecChecks.Algorithm && check != DnssecChecks.Nsec3Excessive);
        if (facts.Plain.Status == DnsResponseStatus.Bogus)
        {
            (status.ResolverValidates, status.ResolverEvidence) = (true, "it refuses " + facts.Plain.Question + ", and returns it when checking is disabled");
        }
        else if (facts.Plain.IsAuthenticated)
        {
            (status.ResolverValidates, status.ResolverEvidence) = (true, "it says that it validated " + facts.Plain.Question);
        }
        else if (isBroken && !facts.Plain.IsFailure)
        {
            (status.ResolverValidates, status.ResolverEvidence) = (false, "it returns " + facts.Plain.Question + ", which validating resolvers refuse");
        }
        else
        {
            DnsResponse root = await _resolver.QueryAsync(DomainName.Root, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
            (status.ResolverValidates, status.ResolverEvidence) = root.IsAuthenticated
                ? (true, "it says that it validated the root")
                : root.IsFailure ? ((bool?)null, root.FailureText.TrimEnd('.')) : (false, "it does not say of the root that it validated it");
        }

        if (status.ResolverValidates == false)
            _sheet.Report(DnssecChecks.Resolver.With(status.Resolver, status.ResolverEvidence), actual: status.Resolver);
        else if (status.ResolverValidates is null)
            _sheet.Unknown(DnssecChecks.Resolver, "Whether " + status.Resolver + " validates is not known: " + status.ResolverEvidence + ".");
        else
            _sheet.Pass(DnssecChecks.Resolver, status.Resolver + " validates: " + status.ResolverEvidence + ".");
    }

    private async Task<bool> PassesSignaturesAsync(CancellationToken cancellationToken)
    {
        DnsResponse root = await _resolver.QueryAsync(new DnsQuestion(DomainName.Root, DnsRecordType.Soa, withSignatures: true), cancellationToken).ConfigureAwait(false);
        return root.Signatures.Any();
    }

    private static DsData[] Signers(DnssecFacts facts, IEnumerable<DnskeyData> keys) => keys.Select(key => DsData.Of(facts.Zone, key, digestType: 2)).OfType<DsData>().ToArray();

    private static string Shown(IEnumerable<DsData> set) => string.Join("; ", set.Select(ds => ds.ToString()));

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Span(TimeSpan span) => span.TotalDays >= 2
        ? ((int)span.TotalDays).ToString(CultureInfo.InvariantCulture) + " days"
        : ((int)span.TotalHours).ToString(CultureInfo.InvariantCulture) + " hours";

    /// <summary>A record set and its signatures by keys that count.</summary>
    private sealed class SignedSet
    {
        private readonly DnsResponse _set;
        private readonly DnskeyData[] _keys;

        public SignedSet(DnsResponse set, DomainName zone, IEnumerable<DnskeyData> keys)
        {
            _set = set;
            _keys = keys.ToArray();
            Signatures = set.Signatures.Where(signature => signature.Signer.Equals(zone) && _keys.Any(key => key.KeyTag == signature.KeyTag && key.Algorithm == signature.Algorithm)).ToArray();
        }

        public IReadOnlyList<RrsigData> Signatures { get; }

        public bool HasAny => _set.Signatures.Any();

        public bool IsOfKeys => _set.Question.Type == DnsRecordType.Dnskey;

        public string Name => _set.Question.ToString();

        public string WhyBare => Name + (HasAny
            ? " is signed by " + string.Join(", ", _set.Signatures.Select(signature => signature.KeyTag.ToString(CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal).Take(4)) + ", and not by " + string.Join(" or ", _keys.Take(4).Select(key => key.KeyTag.ToString(CultureInfo.InvariantCulture)))
            : " has none");

        public bool HoldsAt(DateTime now) => Signatures.Any(signature => RrsigData.TimeOf(signature.Inception, now) <= now && RrsigData.TimeOf(signature.Expiration, now) > now);

        /// <summary>The signature that holds longest: one is enough.</summary>
        public RrsigData Last(DateTime now) => Signatures.OrderByDescending(signature => RrsigData.TimeOf(signature.Expiration, now)).First();

        public DateTime LastEnd(DateTime now) => RrsigData.TimeOf(Last(now).Expiration, now);

        public DateTime BeginOfLast(DateTime now) => RrsigData.TimeOf(Last(now).Inception, now);

        public string WhyNotAt(DateTime now) => Name + " by the key " + Last(now).KeyTag + (LastEnd(now) <= now ? " ended " + Time(LastEnd(now)) : " begins " + Time(BeginOfLast(now)));
    }
}

/// <summary>How signatures are renewed, and what NSEC3 may cost.</summary>
internal static class SignatureLife
{
    /// <summary>Iterations beyond which resolvers take no part (RFC 9276 section 3.2 and appendix A).</summary>
    public const int MostIterations = 100;

    // Signers renew when a quarter to half of the time is left (BIND, Knot DNS), online signers give each answer a signature of two or three
    // days: so a short time alone tells nothing, and what is left of the whole does.
    private const double OverdueShare = 0.2;

    private static readonly TimeSpan s_overdue = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_short = TimeSpan.FromDays(3);

    /// <summary>True where a server that signs by itself would have renewed it.</summary>
    public static bool IsOverdue(TimeSpan left, TimeSpan whole) => left < s_overdue && left.Ticks < whole.Ticks * OverdueShare;

    /// <summary>True where a zone that is signed by hand is to be signed again.</summary>
    public static bool IsShort(TimeSpan left) => left < s_short;
}

/// <summary>The checks of a zone's DNSSEC (RFC 4033 to 4035): the one place that declares them.</summary>
internal static class DnssecChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dnssec);

    public static readonly CheckDefinition KeysMissing = s_rows.Error("DNSSEC-KEYS-MISSING", CheckNeeds.Dns, "A zone with a DS record has keys", "The parent zone has a DS record for {zone} ({ds}), but {zone} has no DNSKEY record: validating resolvers refuse every name in it.", "Sign the zone again with the key that the DS record names, or have the registrar remove the DS record.", "RFC 4035 section 5.2; RFC 6781 section 4.3.5");
    public static readonly CheckDefinition DsMismatch = s_rows.Error("DNSSEC-DS-MISMATCH", CheckNeeds.Dns, "A DS record names a key of the zone", "No DS record of {zone} names a key that it has: {fault}", "Have the registrar publish the DS record in Expected, or sign the zone with the key that the DS record names. Until then validating resolvers refuse every name in it.", "RFC 4035 section 5.2; RFC 4034 section 5");
    public static readonly CheckDefinition DsStale = s_rows.Warning("DNSSEC-DS-STALE", CheckNeeds.Dns, "Every DS record names a key of the zone", "A DS record of {zone} names a key that the zone does not have: {ds}.", "If no key rollover is in progress, have the registrar remove the DS record.", "RFC 6781 section 4.1.2; RFC 4035 section 2.4");
    public static readonly CheckDefinition NoDs = s_rows.Information("DNSSEC-DS-MISSING", CheckNeeds.Dns, "The parent zone has a DS record for a signed zone", "{zone} is signed, but the parent zone has no DS record for it, so its signatures are not validated.", "Have the registrar publish the DS record in Expected once the zone is to stay signed. DANE needs it.", "RFC 4035 section 2.4; RFC 7672 section 2.2");
    public static readonly CheckDefinition SignatureMissing = s_rows.Error("DNSSEC-SIGNATURE-MISSING", CheckNeeds.Dns, "Records are signed by a key of the zone", "Records of {zone} have no valid signature: {fault}", "Sign the zone again. Until then validating resolvers refuse these names.", "RFC 4035 sections 2.2 and 5.3.1");
    public static readonly CheckDefinition SignatureTime = s_rows.Error("DNSSEC-SIGNATURE-TIME", CheckNeeds.Dns, "Signatures are within their validity period", "Signatures of {zone} have expired or are not yet valid: {fault}", "Sign the zone again, and find out why that did not happen automatically; check the clock of the signing server.", "RFC 4035 section 5.3.1; RFC 4034 section 3.1.5");
    public static readonly CheckDefinition SignatureEnds = s_rows.Warning("DNSSEC-SIGNATURE-ENDS", CheckNeeds.Dns, "Signatures are renewed in time", "A signature of {zone} expires soon: {what}. Validating resolvers then refuse these names.", "Sign the zone again now, and find out why that does not happen automatically.", "RFC 6781 section 4.4.2");
    public static readonly CheckDefinition Algorithm = s_rows.Error("DNSSEC-ALGORITHM", CheckNeeds.Dns, "The zone is signed with an algorithm that resolvers support", "{zone} is signed with {algorithm} only ({ds}): {why}, so the zone is treated as unsigned, and DANE is not used.", "Sign the zone with ECDSAP256SHA256 (13), then have the registrar replace the DS record (RFC 6781 section 4.1.4).", "RFC 9904; RFC 9905; RFC 8624 section 3.1");
    public static readonly CheckDefinition DsSha1 = s_rows.Warning("DNSSEC-DS-SHA1", CheckNeeds.Dns, "A DS record has a digest of SHA-256 or better", "The only DS record of {zone} has a digest of {digest}: {ds}. Some resolvers do not accept it and treat the zone as unsigned.", "Have the registrar publish the DS record in Expected, with a digest of SHA-256.", "RFC 8624 section 3.3; RFC 9905 section 2");
    public static readonly CheckDefinition Nsec3Excessive = s_rows.Error("DNSSEC-NSEC3-EXCESSIVE", CheckNeeds.Dns, "NSEC3 uses a number of iterations that resolvers accept", "{zone} has NSEC3 with {n} iterations ({record}): resolvers treat answers for names that do not exist as unsigned, or refuse them.", "Set the iterations to 0: NSEC3PARAM 1 0 0 -", "RFC 9276 sections 3.1 and 3.2");
    public static readonly CheckDefinition Nsec3Iterations = s_rows.Warning("DNSSEC-NSEC3-ITERATIONS", CheckNeeds.Dns, "NSEC3 uses no iterations", "{zone} has NSEC3 with {n} iterations ({record}); it must be 0, because iterations add no protection, and some resolvers treat such answers as unsigned.", "Set the iterations to 0: NSEC3PARAM 1 0 0 -", "RFC 9276 section 3.1");
    public static readonly CheckDefinition Nsec3Salt = s_rows.Information("DNSSEC-NSEC3-SALT", CheckNeeds.Dns, "NSEC3 has no salt", "{zone} has NSEC3 with a salt ({record}), which adds no protection.", "Set an empty salt when the zone is signed again: NSEC3PARAM 1 0 0 -", "RFC 9276 section 3.1");
    public static readonly CheckDefinition Resolver = s_rows.Information("DNSSEC-RESOLVER", CheckNeeds.Dns, "The resolver validates DNSSEC", "{resolver} does not validate: {evidence}. Its answers may be forged, and it does not show what validating resolvers refuse.", "Specify a validating resolver with -Server; mail servers that use DANE need one too.", "RFC 4035 section 3.2.3; RFC 7672 section 2.1");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those of NSEC3.</summary>
    public static IReadOnlyList<CheckDefinition> OfNsec3 { get; } = new[] { Nsec3Excessive, Nsec3Iterations, Nsec3Salt };

    /// <summary>Those of signatures.</summary>
    public static IReadOnlyList<CheckDefinition> OfSignatures { get; } = new[] { SignatureMissing, SignatureTime, SignatureEnds };
}
