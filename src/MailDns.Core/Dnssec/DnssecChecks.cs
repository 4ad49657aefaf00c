namespace MailDns.Dnssec;

/// <summary>The checks of a zone's DNSSEC (RFC 4033 to 4035): the one place that declares them.</summary>
internal static class DnssecChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dnssec);

    public static readonly CheckDefinition KeysMissing = s_rows.Error("DNSSEC-KEYS-MISSING", CheckNeeds.Dns, "A zone with a DS record has keys", "The zone above has a DS record for {zone} ({ds}), but {zone} has no DNSKEY record: whoever validates refuses every name in it.", "Sign the zone again with the key that the DS record names, or have the registrar remove the DS record.", "RFC 4035 section 5.2; RFC 6781 section 4.3.5");
    public static readonly CheckDefinition DsMismatch = s_rows.Error("DNSSEC-DS-MISMATCH", CheckNeeds.Dns, "A DS record names a key of the zone", "No DS record of {zone} names a key that it has: {fault}", "Have the registrar publish the DS record in Expected, or sign the zone with the key that the DS record names. Until then whoever validates refuses every name in it.", "RFC 4035 section 5.2; RFC 4034 section 5");
    public static readonly CheckDefinition DsStale = s_rows.Warning("DNSSEC-DS-STALE", CheckNeeds.Dns, "Every DS record names a key of the zone", "A DS record of {zone} names a key that the zone does not have: {ds}.", "If no change of keys is under way, have the registrar remove the DS record.", "RFC 6781 section 4.1.2; RFC 4035 section 2.4");
    public static readonly CheckDefinition NoDs = s_rows.Information("DNSSEC-DS-MISSING", CheckNeeds.Dns, "The zone above has a DS record for a signed zone", "{zone} is signed, but the zone above has no DS record for it: nobody validates its signatures.", "Have the registrar publish the DS record in Expected, once the zone is signed for good. DANE needs it.", "RFC 4035 section 2.4; RFC 7672 section 2.2");
    public static readonly CheckDefinition SignatureMissing = s_rows.Error("DNSSEC-SIGNATURE-MISSING", CheckNeeds.Dns, "Records are signed by a key of the zone", "Records of {zone} have no signature that counts: {fault}", "Sign the zone again. Until then whoever validates refuses these names.", "RFC 4035 sections 2.2 and 5.3.1");
    public static readonly CheckDefinition SignatureTime = s_rows.Error("DNSSEC-SIGNATURE-TIME", CheckNeeds.Dns, "Signatures hold now", "Signatures of {zone} do not hold now: {fault}", "Sign the zone again, and find out why that did not happen by itself; check the clock of the server that signs.", "RFC 4035 section 5.3.1; RFC 4034 section 3.1.5");
    public static readonly CheckDefinition SignatureEnds = s_rows.Warning("DNSSEC-SIGNATURE-ENDS", CheckNeeds.Dns, "Signatures are renewed in time", "A signature of {zone} ends soon: {what}. Whoever validates then refuses these names.", "Sign the zone again now, and find out why that does not happen by itself.", "RFC 6781 section 4.4.2");
    public static readonly CheckDefinition Algorithm = s_rows.Error("DNSSEC-ALGORITHM", CheckNeeds.Dns, "The zone is signed with an algorithm that resolvers support", "{zone} is signed with {algorithm} only ({ds}): {why}, so the zone counts as not signed, and DANE is not used.", "Sign the zone with ECDSAP256SHA256 (13), then have the registrar replace the DS record (RFC 6781 section 4.1.4).", "RFC 9904; RFC 9905; RFC 8624 section 3.1");
    public static readonly CheckDefinition DsSha1 = s_rows.Warning("DNSSEC-DS-SHA1", CheckNeeds.Dns, "A DS record has a digest of SHA-256 or better", "The only DS record of {zone} has a digest of {digest}: {ds}. Some resolvers do not take it, and the zone counts as not signed there.", "Have the registrar publish the DS record in Expected, with a digest of SHA-256.", "RFC 8624 section 3.3; RFC 9905 section 2");
    public static readonly CheckDefinition Nsec3Excessive = s_rows.Error("DNSSEC-NSEC3-EXCESSIVE", CheckNeeds.Dns, "NSEC3 takes a number of iterations that resolvers accept", "{zone} has NSEC3 with {n} iterations ({record}): resolvers take answers for names that do not exist as not signed, or refuse them.", "Set the iterations to 0: NSEC3PARAM 1 0 0 -", "RFC 9276 sections 3.1 and 3.2");
    public static readonly CheckDefinition Nsec3Iterations = s_rows.Warning("DNSSEC-NSEC3-ITERATIONS", CheckNeeds.Dns, "NSEC3 takes no iterations", "{zone} has NSEC3 with {n} iterations ({record}); it must be 0: they protect nothing, and some resolvers take such answers as not signed.", "Set the iterations to 0: NSEC3PARAM 1 0 0 -", "RFC 9276 section 3.1");
    public static readonly CheckDefinition Nsec3Salt = s_rows.Information("DNSSEC-NSEC3-SALT", CheckNeeds.Dns, "NSEC3 has no salt", "{zone} has NSEC3 with a salt ({record}), which protects nothing.", "Set an empty salt when the zone is signed anew: NSEC3PARAM 1 0 0 -", "RFC 9276 section 3.1");
    public static readonly CheckDefinition Resolver = s_rows.Information("DNSSEC-RESOLVER", CheckNeeds.Dns, "The resolver that was asked validates", "{resolver} does not validate: {evidence}. What it answers may be forged, and it does not show what others refuse.", "Ask a resolver that validates with -Server; mail servers that use DANE need one too.", "RFC 4035 section 3.2.3; RFC 7672 section 2.1");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those of NSEC3.</summary>
    public static IReadOnlyList<CheckDefinition> OfNsec3 { get; } = new[] { Nsec3Excessive, Nsec3Iterations, Nsec3Salt };

    /// <summary>Those of signatures.</summary>
    public static IReadOnlyList<CheckDefinition> OfSignatures { get; } = new[] { SignatureMissing, SignatureTime, SignatureEnds };
}
