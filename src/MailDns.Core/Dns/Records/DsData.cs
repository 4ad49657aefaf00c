using System.Security.Cryptography;

namespace MailDns.Dns;

/// <summary>DS (RFC 4034 section 5): the parent zone names a key of this zone by its digest. Zone files keep theirs as written: nothing is judged there.</summary>
internal sealed class DsData(ushort keyTag, byte algorithm, byte digestType, byte[] digest) : RecordData
{
    public static readonly RecordTypeDefinition Definition = new(DnsRecordType.Ds, Read, words => new UnknownData(words.Rest()));

    public ushort KeyTag { get; } = keyTag;

    public byte Algorithm { get; } = algorithm;

    public byte DigestType { get; } = digestType;

    public byte[] Digest { get; } = digest;

    /// <summary>The DS record of a key (RFC 4034 section 5.1.4); null for a digest that is not known here.</summary>
    public static DsData? Of(DomainName zone, DnskeyData key, byte digestType)
    {
        var writer = new WireWriter();
        writer.Name(zone);
        key.Write(writer);
        byte[] octets = writer.ToArray();
#pragma warning disable CA5350 // What a parent zone has published is compared as it is (RFC 9905)
        using HashAlgorithm? hash = digestType switch
        {
            1 => SHA1.Create(),
            2 => SHA256.Create(),
            4 => SHA384.Create(),
            _ => null,
        };
#pragma warning restore CA5350
        return hash is null ? null : new DsData(key.KeyTag, key.Algorithm, digestType, hash.ComputeHash(octets));
    }

    /// <summary>True where it names that key of the zone; null where its digest is not known here.</summary>
    public bool? Names(DomainName zone, DnskeyData key) =>
        key.KeyTag != KeyTag || key.Algorithm != Algorithm ? false : Of(zone, key, DigestType) is { } own ? own.Digest.SequenceEqual(Digest) : null;

    public override void Write(WireWriter writer)
    {
        writer.UInt16(KeyTag);
        writer.UInt8(Algorithm);
        writer.UInt8(DigestType);
        writer.Octets(Digest);
    }

    public override string ToPresentation(bool octal = false) => string.Join(" ", KeyTag, Algorithm, DigestType, Hex.Format(Digest));

    public override string ToString() => ToPresentation();

    private static DsData? Read(ref WireReader reader) =>
        reader.TryReadUInt16(out ushort tag)
        && reader.TryReadUInt8(out byte algorithm)
        && reader.TryReadUInt8(out byte digestType)
        && reader.TryReadOctets(reader.Left, out byte[] digest)
        && digest.Length > 0
            ? new DsData(tag, algorithm, digestType, digest)
            : null;
}
