namespace MailDns.Dns;

/// <summary>The register of record types: a line a type. All others are kept as <see cref="UnknownData"/>.</summary>
internal static class RecordTypes
{
    private static readonly RecordTypeDefinition[] s_all =
    {
        ARecord.Definition,
        AaaaRecord.Definition,
        CnameRecord.Definition,
        NsRecord.Definition,
        PtrRecord.Definition,
        MxRecord.Definition,
        TxtRecord.Definition,
        SrvRecord.Definition,
        TlsaRecord.Definition,
        CaaRecord.Definition,
        SoaData.Definition,
        DsData.Definition,
        DnskeyData.Definition,
        RrsigData.Definition,
        Nsec3ParamData.Definition,
        new(DnsRecordType.Dname, NameData.Read, NameData.Parse),
        new(DnsRecordType.Spf, TxtData.Read, TxtData.Parse),
    };

    private static readonly Dictionary<DnsRecordType, RecordTypeDefinition> s_byNumber = s_all.ToDictionary(type => type.Number);

    /// <summary>The types in a fixed order.</summary>
    public static IReadOnlyList<RecordTypeDefinition> All => s_all;

    /// <summary>What is known of a type; null for one that is not read.</summary>
    public static RecordTypeDefinition? Find(DnsRecordType type) => s_byNumber.TryGetValue(type, out RecordTypeDefinition? found) ? found : null;

    /// <summary>RDATA in wire form, all of what the reader has left; null where it is none of the type.</summary>
    public static RecordData? Read(DnsRecordType type, ref WireReader reader)
    {
        if (Find(type) is not { } definition)
            return reader.TryReadOctets(reader.Left, out byte[] octets) ? new UnknownData(octets) : null;

        RecordData? data = definition.Read(ref reader);
        return reader.Left == 0 ? data : null;
    }

    /// <summary>The record that users pipe; null for a type that has no class.</summary>
    /// <exception cref="DomainNameException">A name cannot be the record's: an alias at the apex, an owner outside the zone.</exception>
    /// <exception cref="ArgumentException">The data cannot be the record's.</exception>
    public static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose) => Find(record.Type)?.Make?.Invoke(record, zone, purpose);
}
