namespace MailDns;

/// <summary>
/// A TXT record (or record set) that exists somewhere, read from whatever an administrator has at hand: a string, a MailDns
/// record or status object, Get-DnsServerResourceRecord, Resolve-DnsName, Get-AzDnsRecordSet, and copies of these from a job.
/// </summary>
internal sealed class ExistingRecord
{
    private ExistingRecord(string? fqdn, string? zoneName, TimeSpan? timeToLive, IReadOnlyList<string> texts)
    {
        Fqdn = fqdn;
        ZoneName = zoneName;
        TimeToLive = timeToLive;
        Texts = texts;
    }

    /// <summary>The owner's full name, where the object tells it.</summary>
    public string? Fqdn { get; }

    /// <summary>The zone, where the object tells it.</summary>
    public string? ZoneName { get; }

    public TimeSpan? TimeToLive { get; }

    /// <summary>The texts, strings of one record joined; one an item of a record set.</summary>
    public IReadOnlyList<string> Texts { get; }

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
