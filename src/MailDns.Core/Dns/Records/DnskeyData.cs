namespace MailDns.Dns;

/// <summary>DNSKEY (RFC 4034 section 2): a public key that signs a zone. Zone files keep theirs as written: nothing is judged there.</summary>
internal sealed class DnskeyData(ushort flags, byte protocol, byte algorithm, byte[] key) : RecordData
{
    public static readonly RecordTypeDefinition Definition = new(DnsRecordType.Dnskey, Read, words => new UnknownData(words.Rest()));
    private const int ZoneKeyFlag = 0x0100;
    private const int RevokedFlag = 0x0080;
    private const int EntryPointFlag = 0x0001;

    public ushort Flags { get; } = flags;
    public byte Protocol { get; } = protocol;
    public byte Algorithm { get; } = algorithm;
    public byte[] Key { get; } = key;

    /// <summary>True for a key that may sign the zone: the flag is set, the protocol is 3, and it is not revoked (RFC 4034 section 2.1, RFC 5011 section 2.1).</summary>
    public bool IsZoneKey => (Flags & ZoneKeyFlag) != 0 && (Flags & RevokedFlag) == 0 && Protocol == 3;

    /// <summary>SEP: the key that a DS record is meant to name (RFC 4034 section 2.1.1).</summary>
    public bool IsEntryPoint => (Flags & EntryPointFlag) != 0;

    /// <summary>What DS and RRSIG records name it by, not always alone (RFC 4034 appendix B).</summary>
    public ushort KeyTag
    {
        get
        {
            var writer = new WireWriter();
            Write(writer);
            byte[] octets = writer.ToArray();
            if (Algorithm == 1)
            {
                // RSA/MD5 (appendix B.1): the most significant 16 of the least significant 24 bits of the modulus.
                return octets.Length < 7 ? (ushort)0 : (ushort)((octets[octets.Length - 3] << 8) | octets[octets.Length - 2]);
            }

            uint sum = 0;
            for (int i = 0; i < octets.Length; i++)
                sum += (i & 1) == 0 ? (uint)octets[i] << 8 : octets[i];

            return (ushort)(sum + (sum >> 16));
        }
    }

    public override void Write(WireWriter writer)
    {
        writer.UInt16(Flags);
        writer.UInt8(Protocol);
        writer.UInt8(Algorithm);
        writer.Octets(Key);
    }

    public override string ToPresentation(bool octal = false) => string.Join(" ", Flags, Protocol, Algorithm, Convert.ToBase64String(Key));

    public override string ToString() => ToPresentation();

    private static DnskeyData? Read(ref WireReader reader) =>
        reader.TryReadUInt16(out ushort flags)
        && reader.TryReadUInt8(out byte protocol)
        && reader.TryReadUInt8(out byte algorithm)
        && reader.TryReadOctets(reader.Left, out byte[] key)
            ? new DnskeyData(flags, protocol, algorithm, key)
            : null;
}
