namespace MailDns.Formats;

/// <summary>The records of one name and type of a zone (RFC 2181 section 5).</summary>
internal sealed class ExportSet(DomainName zone, DomainName owner, DnsRecordType type)
{
    private readonly List<RecordData> _data = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public DomainName Zone { get; } = zone;

    public DomainName Owner { get; } = owner;

    public DnsRecordType Type { get; } = type;

    /// <summary>TXT, CNAME, MX and so on.</summary>
    public string TypeName => DnsRecordTypes.Mnemonic(Type);

    /// <summary>The owner relative to the zone, "@" at its apex.</summary>
    public string Name => Owner.RelativeTo(Zone);

    /// <summary>The owner with a trailing dot.</summary>
    public string AbsoluteName => Owner.Text + ".";

    /// <summary>For messages: type and name.</summary>
    public string Place => TypeName + " at " + Owner;

    /// <summary>The lowest of the records: the records of a set have one time to live (RFC 2181 section 5.2).</summary>
    public uint Ttl { get; private set; } = uint.MaxValue;

    public IReadOnlyList<RecordData> Data => _data;

    /// <summary>Takes a record; the same data twice is once (RFC 2181 section 5).</summary>
    public void Add(uint ttl, RecordData data)
    {
        Ttl = Math.Min(Ttl, ttl);
        if (_seen.Add(RecordText.Of(data))) _data.Add(data);
    }
}
