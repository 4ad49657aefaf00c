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

/// <summary>Reads RDATA in wire form, up to the reader's end; null where it is none of the type.</summary>
internal delegate RecordData? RecordDataReader(ref WireReader reader);

/// <summary>
/// All that is known of a record type, declared in the type's own file: both readers, and for the types that users pipe the class, its
/// named fields and the names that other modules and tools have for them.
/// </summary>
/// <param name="number">The type.</param>
/// <param name="read">Reads the wire form.</param>
/// <param name="parse">Reads the words of a zone file; what is left over is the caller's to refuse.</param>
internal sealed class RecordTypeDefinition(DnsRecordType number, RecordDataReader read, Func<ZoneWords, RecordData> parse)
{
    public DnsRecordType Number { get; } = number;
    public RecordDataReader Read { get; } = read;
    public Func<ZoneWords, RecordData> Parse { get; } = parse;

    /// <summary>In the order of the presentation form.</summary>
    public IReadOnlyList<RecordField> Fields { get; init; } = Array.Empty<RecordField>();

    /// <summary>The data from the properties of an object: MailDns's own, and those of the other modules.</summary>
    public Func<RecordFields, RecordData>? Bind { get; init; }

    /// <summary>The record that users pipe; throws what its constructor throws. Null for types that MailDns only reads.</summary>
    public Func<DnsRecord, DomainName, RecordPurpose, ResourceRecord>? Make { get; init; }

    /// <summary>The switch of Add-DnsServerResourceRecord; null where the cmdlet adds the type as an unknown one (RFC 3597).</summary>
    public string? DnsServerSwitch { get; init; }

    /// <summary>What a record of the type is for, where neither its text nor its name tells.</summary>
    public RecordPurpose Purpose { get; init; } = RecordPurpose.Other;
}

/// <summary>
/// A named part of RDATA. Its name is that of the public property; other modules and tools have their own for it, by which parameters are
/// made for them and their objects are read.
/// </summary>
/// <param name="name">The public property.</param>
/// <param name="value">A <see cref="DomainName"/>, a number, an address, or a text.</param>
internal sealed class RecordField(string name, Func<RecordData, object> value)
{
    public string Name { get; } = name;
    public Func<RecordData, object> Value { get; } = value;

    /// <summary>The parameter of Add-DnsServerResourceRecord and the property of what Get-DnsServerResourceRecord gives.</summary>
    public string DnsServer { get; init; } = name;

    /// <summary>The parameter of New-AzDnsRecordConfig; null where MailDns knows none.</summary>
    public string? Azure { get; init; }

    /// <summary>Cloudflare's name, and that of Terraform's providers.</summary>
    public string Json { get; init; } = string.Empty;

    /// <summary>OctoDNS's name, where it is another than <see cref="Json"/>.</summary>
    public string? OctoDns { get; init; }

    /// <summary>What Add-DnsServerResourceRecord calls the numbers from 0 on.</summary>
    public IReadOnlyList<string> Words { get; init; } = Array.Empty<string>();

    /// <summary>True for a name that may be the root: no exchange (RFC 7505), no service (RFC 2782).</summary>
    public bool AllowsRoot { get; init; }

    /// <summary>Properties of objects that are read besides: Resolve-DnsName's, Get-AzDnsRecordSet's.</summary>
    public IReadOnlyList<string> Others { get; init; } = Array.Empty<string>();

    /// <summary>By all its names, the public one first.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            yield return Name;
            yield return DnsServer;
            if (Azure is not null) yield return Azure;

            foreach (string other in Others)
                yield return other;
        }
    }
}

/// <summary>The properties of an object that some module gave for a record's data, by the names that a <see cref="RecordField"/> has.</summary>
/// <param name="get">The value of a property, unwrapped; null where there is none.</param>
internal sealed class RecordFields(Func<string, object?> get)
{
    /// <summary>The text, empty ones too.</summary>
    /// <exception cref="FormatException">The object does not have it.</exception>
    public string Text(RecordField field) => Convert.ToString(Require(field), CultureInfo.InvariantCulture) ?? string.Empty;

    public DomainName Name(RecordField field) => DomainName.FromDns(Text(field));

    public System.Net.IPAddress Address(RecordField field) => System.Net.IPAddress.Parse(Text(field));

    public ushort UInt16(RecordField field) => Convert.ToUInt16(Require(field), CultureInfo.InvariantCulture);

    /// <summary>A number of one octet, or the word for it.</summary>
    public byte UInt8(RecordField field)
    {
        string text = Text(field);
        for (int i = 0; i < field.Words.Count; i++)
        {
            if (string.Equals(field.Words[i], text, StringComparison.OrdinalIgnoreCase)) return (byte)i;
        }

        object value = Require(field);
        return value is Enum ? Convert.ToByte(value, CultureInfo.InvariantCulture) : byte.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>The strings of a property; null where there is none or it was not copied deep enough to tell.</summary>
    public string[]? Strings(string name) =>
        get(name) is System.Collections.IEnumerable items and not string ? items.Cast<object?>().Select(item => item?.ToString() ?? string.Empty).ToArray() : null;

    /// <summary>True where the property says so, also in a table's words.</summary>
    public bool Flag(string name) => string.Equals(get(name)?.ToString(), bool.TrueString, StringComparison.OrdinalIgnoreCase);

    /// <summary>The text where the object has it.</summary>
    public string? TextOrNull(RecordField field) => Find(field) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private object? Find(RecordField field) => field.Names.Select(get).FirstOrDefault(value => value is not null);

    private object Require(RecordField field) => Find(field) ?? throw new FormatException("The record has no " + field.Name + ".");
}
