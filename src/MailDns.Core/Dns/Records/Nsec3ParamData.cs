namespace MailDns.Dns;

/// <summary>NSEC3PARAM (RFC 5155 section 4): how a zone hashes its names to prove which do not exist. Zone files keep theirs as written: nothing is judged there.</summary>
internal sealed class Nsec3ParamData(byte hash, byte flags, ushort iterations, byte[] salt) : RecordData
{
    public static readonly RecordTypeDefinition Definition = new(DnsRecordType.Nsec3Param, Read, words => new UnknownData(words.Rest()));

    public byte Hash { get; } = hash;
    public byte Flags { get; } = flags;

    /// <summary>How often the hash is taken again.</summary>
    public ushort Iterations { get; } = iterations;

    public byte[] Salt { get; } = salt;

    public override void Write(WireWriter writer)
    {
        writer.UInt8(Hash);
        writer.UInt8(Flags);
        writer.UInt16(Iterations);
        writer.UInt8((byte)Salt.Length);
        writer.Octets(Salt);
    }

    public override string ToPresentation(bool octal = false) => string.Join(" ", Hash, Flags, Iterations, Salt.Length == 0 ? "-" : Hex.Format(Salt));

    public override string ToString() => ToPresentation();

    private static Nsec3ParamData? Read(ref WireReader reader) =>
        reader.TryReadUInt8(out byte hash)
        && reader.TryReadUInt8(out byte flags)
        && reader.TryReadUInt16(out ushort iterations)
        && reader.TryReadUInt8(out byte length)
        && reader.TryReadOctets(length, out byte[] salt)
            ? new Nsec3ParamData(hash, flags, iterations, salt)
            : null;
}
