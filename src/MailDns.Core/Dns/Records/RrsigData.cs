namespace MailDns.Dns;

/// <summary>
/// RRSIG (RFC 4034 section 3): the signature of a record set. Whether it is right is for a resolver to find out; when it holds, and whose it is, is read
/// here. Zone files keep theirs as written: nothing is judged there.
/// </summary>
internal sealed class RrsigData(DnsRecordType covered, byte algorithm, byte labels, uint originalTtl, uint expiration, uint inception, ushort keyTag, DomainName signer, byte[] signature) : RecordData
{
    public static readonly RecordTypeDefinition Definition = new(DnsRecordType.Rrsig, Read, words => new UnknownData(words.Rest()));
    private static readonly DateTime s_epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public DnsRecordType Covered { get; } = covered;
    public byte Algorithm { get; } = algorithm;
    public byte Labels { get; } = labels;
    public uint OriginalTtl { get; } = originalTtl;

    /// <summary>Seconds since 1970 in 32 bits, by which it no longer holds.</summary>
    public uint Expiration { get; } = expiration;

    /// <summary>The same, before which it does not hold yet.</summary>
    public uint Inception { get; } = inception;

    public ushort KeyTag { get; } = keyTag;

    /// <summary>The zone whose key made it.</summary>
    public DomainName Signer { get; } = signer;

    public byte[] Signature { get; } = signature;

    /// <summary>The time that 32 bits mean, which is the nearest to now (RFC 4034 section 3.1.5, RFC 1982).</summary>
    public static DateTime TimeOf(uint seconds, DateTime now)
    {
        long current = (long)(now - s_epoch).TotalSeconds;
        return s_epoch.AddSeconds(current + unchecked((int)(seconds - (uint)current)));
    }

    public override void Write(WireWriter writer)
    {
        writer.UInt16((ushort)Covered);
        writer.UInt8(Algorithm);
        writer.UInt8(Labels);
        writer.UInt32(OriginalTtl);
        writer.UInt32(Expiration);
        writer.UInt32(Inception);
        writer.UInt16(KeyTag);
        writer.Name(Signer);
        writer.Octets(Signature);
    }

    public override string ToPresentation(bool octal = false) => string.Join(
        " ",
        DnsRecordTypes.Mnemonic(Covered),
        Algorithm,
        Labels,
        OriginalTtl,
        Expiration,
        Inception,
        KeyTag,
        Signer.ToPresentation(),
        Convert.ToBase64String(Signature));

    public override string ToString() => ToPresentation();

    private static RrsigData? Read(ref WireReader reader) =>
        reader.TryReadUInt16(out ushort covered)
        && reader.TryReadUInt8(out byte algorithm)
        && reader.TryReadUInt8(out byte labels)
        && reader.TryReadUInt32(out uint ttl)
        && reader.TryReadUInt32(out uint expiration)
        && reader.TryReadUInt32(out uint inception)
        && reader.TryReadUInt16(out ushort tag)
        && reader.TryReadName(out DomainName? signer)
        && reader.TryReadOctets(reader.Left, out byte[] signature)
            ? new RrsigData((DnsRecordType)covered, algorithm, labels, ttl, expiration, inception, tag, signer!, signature)
            : null;
}
