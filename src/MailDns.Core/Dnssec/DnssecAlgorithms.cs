namespace MailDns.Dnssec;

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
