namespace MailDns.Dnssec;

/// <summary>The answers that a zone's DNSSEC is judged by.</summary>
internal sealed class DnssecFacts
{
    private IReadOnlyList<DsData>? _dsSet;
    private IReadOnlyList<DnskeyData>? _keySet;

    private DnssecFacts(DomainName zone, DnsResponse soa) => (Zone, Soa) = (zone, soa);

    public DomainName Zone { get; }

    /// <summary>The zone's SOA record with its signatures: what told the zone, or the lookup that failed.</summary>
    public DnsResponse Soa { get; }

    public DnsResponse Ds { get; private set; } = null!;

    public DnsResponse Keys { get; private set; } = null!;

    /// <summary>The record sets whose signatures are looked at; only where the zone has keys.</summary>
    public IReadOnlyList<DnsResponse> Sets { get; private set; } = Array.Empty<DnsResponse>();

    /// <summary>A set whose lookup failed, so that its signatures are not known; null where there is none.</summary>
    public DnsResponse? Unread { get; private set; }

    public DnsResponse? Nsec3Param { get; private set; }

    /// <summary>The SOA record as everybody asks for it: whether it is refused, and whether it was validated.</summary>
    public DnsResponse Plain { get; private set; } = null!;

    // In an order of their own: servers give the records of a set in turns, and two runs are compared.
    public IReadOnlyList<DsData> DsSet => _dsSet ??= Ds.Data<DsData>().OrderBy(ds => ds.ToString(), StringComparer.Ordinal).ToArray();

    public IReadOnlyList<DnskeyData> KeySet => _keySet ??= Keys.Data<DnskeyData>().Where(key => key.IsZoneKey).OrderBy(key => key.ToString(), StringComparer.Ordinal).ToArray();

    /// <summary>Asks; no further than for the zone where none holds the name, or where zone files answer.</summary>
    public static async Task<DnssecFacts> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        // The zone cut: the nearest name at or above that has an SOA record (RFC 1034 section 4.2, RFC 2181 section 6).
        DomainName zone = domain;
        DnsResponse plain;
        DnsResponse soa;
        while (true)
        {
            plain = await resolver.QueryAsync(zone, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);

            // What a resolver refuses may be there all the same; what is not there has no signatures to ask for.
            bool isRefused = plain.Status is DnsResponseStatus.Bogus or DnsResponseStatus.ServerFailure;
            soa = isRefused ? await AskAsync(zone, DnsRecordType.Soa).ConfigureAwait(false) : plain;
            if (soa.IsFailure || (soa.Status != DnsResponseStatus.NoData && !soa.IsAliased) || zone.LabelCount <= 2) break;

            zone = zone.Parent;
        }

        if (!IsZone(soa)) return new DnssecFacts(zone, soa);

        DnsResponse[] answers = await Task.WhenAll(
            ReferenceEquals(soa, plain) ? AskAsync(zone, DnsRecordType.Soa) : Task.FromResult(soa),
            AskAsync(zone, DnsRecordType.Ds)).ConfigureAwait(false);
        soa = answers[0];
        var facts = new DnssecFacts(zone, soa);
        if (!IsZone(soa)) return facts;

        facts.Ds = answers[1];
        facts.Plain = plain;

        // A zone with keys signs its SOA record. Most zones have neither keys nor a DS record, so the keys are not asked for.
        bool mayHaveKeys = facts.Ds.Status != DnsResponseStatus.NoData || soa.Signatures.Any();
        facts.Keys = mayHaveKeys ? await AskAsync(zone, DnsRecordType.Dnskey).ConfigureAwait(false) : DnsResponse.NoData(new DnsQuestion(zone, DnsRecordType.Dnskey, withSignatures: true));
        if (facts.KeySet.Count > 0)
        {
            DnsResponse[] sets = await Task.WhenAll(
                AskAsync(zone, DnsRecordType.Nsec3Param),
                AskAsync(domain, DnsRecordType.Mx),
                AskAsync(domain, DnsRecordType.Txt)).ConfigureAwait(false);
            facts.Nsec3Param = sets[0];
            facts.Unread = sets.Skip(1).FirstOrDefault(set => set.IsFailure);
            facts.Sets = new[] { soa, facts.Keys }.Concat(sets.Skip(1).Where(set => set.Status == DnsResponseStatus.Success && !set.IsAliased)).ToArray();
        }

        return facts;

        static bool IsZone(DnsResponse soa) => soa.Status == DnsResponseStatus.Success && !soa.IsAliased && soa.Resolver is not null;

        Task<DnsResponse> AskAsync(DomainName name, DnsRecordType type) => resolver.QueryAsync(new DnsQuestion(name, type, withSignatures: true), cancellationToken);
    }
}

/// <summary>What the IANA registers of DNSSEC say of algorithms and digests (RFC 9904), as far as a resolver of today goes.</summary>
internal static class DnssecAlgorithms
{
    private const string Broken = "resolvers no longer support it";
    private const string Sha1 = "resolvers are to treat signatures with SHA-1 as if there were none (RFC 9905)";
    private const string Rare = "few resolvers support it";

    // Those without a reason are supported by all that validate.
    private static readonly Dictionary<byte, (string Name, string? Why)> s_algorithms = new()
    {
        [1] = ("RSAMD5", Broken),
        [3] = ("DSA", Broken),
        [5] = ("RSASHA1", Sha1),
        [6] = ("DSA-NSEC3-SHA1", Broken),
        [7] = ("RSASHA1-NSEC3-SHA1", Sha1),
        [8] = ("RSASHA256", null),
        [10] = ("RSASHA512", null),
        [12] = ("ECC-GOST", Broken),
        [13] = ("ECDSAP256SHA256", null),
        [14] = ("ECDSAP384SHA384", null),
        [15] = ("ED25519", null),
        [16] = ("ED448", null),
        [17] = ("SM2SM3", Rare),
        [23] = ("ECC-GOST12", Rare),
    };

    private static readonly Dictionary<byte, string> s_digests = new()
    {
        [1] = "SHA-1",
        [2] = "SHA-256",
        [3] = "GOST R 34.11-94",
        [4] = "SHA-384",
        [5] = "GOST R 34.11-2012",
        [6] = "SM3",
    };

    /// <summary>Name and number: "RSASHA1 (5)".</summary>
    public static string Describe(byte algorithm) =>
        (s_algorithms.TryGetValue(algorithm, out (string Name, string? Why) known) ? known.Name : "algorithm") + " (" + algorithm + ")";

    /// <summary>Why resolvers take what it signs as not signed; null where they support it.</summary>
    public static string? WhyNot(byte algorithm) => s_algorithms.TryGetValue(algorithm, out (string Name, string? Why) known) ? known.Why : Rare;

    public static string Digest(byte type) => s_digests.TryGetValue(type, out string? name) ? name : "type " + type;
}
