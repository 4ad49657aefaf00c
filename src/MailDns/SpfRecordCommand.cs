using MailDns.Spf;
using MailDns.Text;

namespace MailDns;

/// <summary>Base of the cmdlets that take a domain's present SPF record and give the one to publish in its place.</summary>
public abstract class SpfRecordCommand : ResolvingCmdlet
{
    private SpfInput? _input;

    /// <summary>
    /// The present record: its text, a MailDns record, or an object of Get-DnsServerResourceRecord, Resolve-DnsName or
    /// Get-AzDnsRecordSet. Other TXT records of the same name are passed over. A domain, or an object that has one, is looked up.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The domain whose record is looked up; with -InputObject, whose record the text is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Domain", Position = 0)]
    [Parameter(ParameterSetName = "InputObject", Position = 0)]
    [Alias("DomainName")]
    [DomainArgument]
    public string? Domain { get; set; }

    /// <summary>The zone that contains the record; default: the zone of the existing record, or else the domain itself.</summary>
    [Parameter]
    public string? ZoneName { get; set; }

    /// <summary>Time to live; default: that of the present record, else one hour. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    public TimeSpan? TimeToLive { get; set; }

    /// <summary>True when the work looks up in any case.</summary>
    private protected virtual bool NeedsResolver => false;

    protected override void BeginProcessing()
    {
        try
        {
            DomainName? domain = string.IsNullOrEmpty(Domain) ? null : DomainName.Parse(Domain);
            _input = new SpfInput(domain, string.IsNullOrEmpty(ZoneName) ? null : DomainName.Parse(ZoneName), TimeToLive);
            if (ParameterSetName == "Domain" && domain is not null) _input.AddLive(domain);
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Domain));
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) Guard(() => _input!.Add(InputObject), InputObject);
    }

    protected override void EndProcessing()
    {
        foreach (DomainName owner in _input!.Owners)
            Guard(() => Write(_input.Source(owner), HasSource || NeedsResolver ? Resolver : null), owner.Text);

        foreach (DomainName domain in _input.Live)
        {
            Guard(
                () =>
                {
                    IDnsResolver resolver = Resolver;
                    Write(Await(token => SpfSource.ReadAsync(domain, _input.ZoneOf(domain), TimeToLive, resolver, token)), resolver);
                },
                domain.Text);
        }
    }

    /// <summary>Makes the objects to write for one record. A <see cref="CmdletMessage"/> among them goes to its stream.</summary>
    /// <param name="source">The present record.</param>
    /// <param name="resolver">Where to look up, if the user said so; null when only the record itself is to be looked at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private protected abstract Task<IReadOnlyList<object>> MakeAsync(SpfSource source, IDnsResolver? resolver, CancellationToken cancellationToken);

    /// <summary>Verbose lines, then warnings.</summary>
    private protected static IEnumerable<object> Messages(IEnumerable<string> details, IEnumerable<string> warnings) =>
        details.Select(CmdletMessage.Verbose).Concat(warnings.Select(CmdletMessage.Warning));

    private void Write(SpfSource source, IDnsResolver? resolver)
    {
        foreach (object item in Await(token => MakeAsync(source, resolver, token)))
        {
            if (item is CmdletMessage message)
                WriteMessage(message);
            else
                WriteObject(item);
        }
    }

    // One bad record is an error of its own; the others go on.
    private void Guard(Action work, object target)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            WriteError(ErrorRecords.From(exception, target));
        }
    }
}

/// <summary>
/// Gathers present records from the pipeline by their owner, so that a name's second SPF record is seen. Texts that are no
/// SPF records are passed over, as they come from Resolve-DnsName and Get-DnsServerResourceRecord with the one that is.
/// </summary>
/// <param name="domain">The owner of records that do not tell it.</param>
/// <param name="zone">The zone of the records to make; none: the one that a record tells, else its owner.</param>
/// <param name="timeToLive">Their time to live; none: the one that a record tells, else an hour.</param>
internal sealed class SpfInput(DomainName? domain, DomainName? zone, TimeSpan? timeToLive)
{
    private readonly DomainName? _zone = zone;
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
        return new SpfSource(owner, text, zone, timeToLive ?? record.TimeToLive ?? TimeSpan.FromHours(1), isLive: false);
    }

    // -Domain is the zone of a record that is named relative to it.
    private DomainName ZoneAbove(DomainName owner) => domain is not null && owner.IsSameOrBelow(domain) ? domain : owner;

    private static bool IsRecord(string text) => text.TrimStart().StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase);

    // Get-DnsServerResourceRecord tells the name in the zone but not the zone, unless Active Directory holds it.
    private DomainName OwnerInZone(object item, ExistingRecord record)
    {
        DomainName zone = _zone ?? domain ?? throw Ownerless(record);
        return PSObject.AsPSObject(item).Properties["HostName"]?.Value is string { Length: > 0 } host && host != "@"
            ? OwnerOf(host + "." + zone.Text)
            : domain ?? zone;
    }

    private static DomainName OwnerOf(string name) =>
        DomainName.TryParseRelative(name, out DomainName? owner, out string reason) ? owner! : throw new DomainNameException(name, reason);

    private static SpfRefusalException Ownerless(ExistingRecord record) =>
        new("The domain of the record " + PrintableText.Quote(record.Texts[0]) + " is not known: give its domain with -Domain.");
}

/// <summary>
/// A TXT record (or record set) that exists somewhere, read from whatever an administrator has at hand: a string, a MailDns
/// record or status object, Get-DnsServerResourceRecord, Resolve-DnsName, Get-AzDnsRecordSet, and copies of these from a job.
/// </summary>
internal sealed class ExistingRecord(string? fqdn, string? zoneName, TimeSpan? timeToLive, IReadOnlyList<string> texts)
{
    /// <summary>The owner's full name, where the object tells it.</summary>
    public string? Fqdn { get; } = fqdn;

    /// <summary>The zone, where the object tells it.</summary>
    public string? ZoneName { get; } = zoneName;

    public TimeSpan? TimeToLive { get; } = timeToLive;

    /// <summary>The texts, strings of one record joined; one an item of a record set.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;

    /// <summary>False where the object holds no text at all.</summary>
    public static bool TryRead(object? item, out ExistingRecord? record)
    {
        record = null;
        if (item is null) return false;

        var bag = new PropertyBag(item);
        if (bag.Item.BaseObject is string text)
        {
            record = new ExistingRecord(fqdn: null, zoneName: null, timeToLive: null, new[] { text });
            return true;
        }

        IReadOnlyList<string> texts = ReadTexts(bag);
        if (texts.Count == 0) return false;

        string? zone = bag.ZoneName;
        record = new ExistingRecord(OwnerOf(bag, zone), zone, bag.Ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : null, texts);
        return true;
    }

    private static string[] ReadTexts(PropertyBag item)
    {
        // Get-AzDnsRecordSet: Records[].Value, each a whole text. Get-DnsServerResourceRecord: RecordData.DescriptiveText.
        IEnumerable<object> records = item.List("Records") ?? new[] { item.Value("RecordData") ?? item.Item };
        return records.Select(ReadText).OfType<string>().ToArray();
    }

    // A status object's Record is its text.
    private static string? ReadText(object record)
    {
        var bag = new PropertyBag(record);
        try
        {
            return bag.Item.BaseObject as string ?? ((TxtData)bag.ReadData(DnsRecordType.Txt)).Text;
        }
        catch (FormatException)
        {
            return bag.Value("Record") as string;
        }
    }

    private static string? OwnerOf(PropertyBag item, string? zone)
    {
        if (item.Text("Fqdn") is { } fqdn) return fqdn;

        string? relative = item.Text("HostName") ?? (zone is null ? null : item.Text("Name"));
        if (relative is null)
        {
            // Resolve-DnsName gives the full name; a status object its domain.
            return item.Text("Name") ?? item.Text("Domain");
        }

        return zone is null ? null : relative == "@" ? zone : relative + "." + zone;
    }
}
