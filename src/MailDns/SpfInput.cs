using MailDns.Spf;
using MailDns.Text;

namespace MailDns;

/// <summary>
/// Gathers present records from the pipeline by their owner, so that a name's second SPF record is seen. Texts that are no
/// SPF records are passed over, as they come from Resolve-DnsName and Get-DnsServerResourceRecord with the one that is.
/// </summary>
/// <param name="domain">The owner of records that do not tell it.</param>
/// <param name="zone">The zone of the records to make; none: the one that a record tells, else its owner.</param>
/// <param name="timeToLive">Their time to live; none: the one that a record tells, else an hour.</param>
internal sealed class SpfInput(DomainName? domain, DomainName? zone, TimeSpan? timeToLive)
{
    private readonly DomainName? _domain = domain;
    private readonly DomainName? _zone = zone;
    private readonly TimeSpan? _timeToLive = timeToLive;
    private readonly List<DomainName> _order = new();
    private readonly Dictionary<DomainName, List<string>> _texts = new();
    private readonly Dictionary<DomainName, ExistingRecord> _first = new();
    private readonly List<DomainName> _live = new();

    /// <summary>The domains whose record is to be looked up.</summary>
    public IReadOnlyList<DomainName> Live => _live;

    /// <summary>The names that have records here.</summary>
    public IReadOnlyList<DomainName> Owners => _order;

    public DomainName ZoneOf(DomainName owner) => _zone ?? owner;

    /// <summary>Takes a record, or a domain to look up.</summary>
    /// <exception cref="DomainNameException">It is neither.</exception>
    /// <exception cref="SpfRefusalException">Whose record it is is not known.</exception>
    public void Add(object item)
    {
        object value = PSObject.AsPSObject(item).BaseObject;

        // As dig prints it, or with the quotes of a word processor.
        if (value is string pasted && !IsRecord(pasted) && IsRecord(PastedText.Clean(pasted)))
            item = value = PastedText.Clean(pasted);

        if ((value is string text && !IsRecord(text)) || !ExistingRecord.TryRead(item, out ExistingRecord? record))
        {
            AddLive(DomainName.Parse((string)new DomainArgumentAttribute().Transform(engineIntrinsics: null!, item)));
            return;
        }

        DomainName owner = record!.Fqdn is null ? OwnerInZone(item, record) : OwnerOf(record.Fqdn);
        if (!_texts.TryGetValue(owner, out List<string>? texts))
        {
            _order.Add(owner);
            _texts[owner] = texts = new List<string>();
        }

        texts.AddRange(record.Texts);
        if (!_first.ContainsKey(owner) && record.Texts.Any(SpfParser.IsSpfRecord)) _first[owner] = record;
    }

    public void AddLive(DomainName domain)
    {
        if (!_live.Contains(domain)) _live.Add(domain);
    }

    /// <summary>The record of a name.</summary>
    /// <exception cref="SpfRefusalException">The name has none, or more than one.</exception>
    public SpfSource Source(DomainName owner)
    {
        string text = SpfSource.Select(owner, _texts[owner]);
        ExistingRecord record = _first[owner];
        DomainName zone = _zone ?? (record.ZoneName is null ? ZoneAbove(owner) : OwnerOf(record.ZoneName));
        return new SpfSource(owner, text, zone, _timeToLive ?? record.TimeToLive ?? TimeSpan.FromHours(1), isLive: false);
    }

    // -Domain is the zone of a record that is named relative to it.
    private DomainName ZoneAbove(DomainName owner) => _domain is not null && owner.IsSameOrBelow(_domain) ? _domain : owner;

    private static bool IsRecord(string text) => text.TrimStart().StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase);

    // Get-DnsServerResourceRecord tells the name in the zone but not the zone, unless Active Directory holds it.
    private DomainName OwnerInZone(object item, ExistingRecord record)
    {
        DomainName zone = _zone ?? _domain ?? throw Ownerless(record);
        return PSObject.AsPSObject(item).Properties["HostName"]?.Value is string { Length: > 0 } host && host != "@"
            ? OwnerOf(host + "." + zone.Text)
            : _domain ?? zone;
    }

    private static DomainName OwnerOf(string name) =>
        DomainName.TryParseRelative(name, out DomainName? owner, out string reason) ? owner! : throw new DomainNameException(name, reason);

    private static SpfRefusalException Ownerless(ExistingRecord record) =>
        new("The domain of the record " + PrintableText.Quote(record.Texts[0]) + " is not known: give its domain with -Domain.");
}
