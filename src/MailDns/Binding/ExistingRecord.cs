using System.Collections;
using System.Text;

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
        if (item is null)
        {
            return false;
        }

        PSObject wrapped = PSObject.AsPSObject(item);
        if (wrapped.BaseObject is string text)
        {
            record = new ExistingRecord(fqdn: null, zoneName: null, timeToLive: null, new[] { text });
            return true;
        }

        IReadOnlyList<string> texts = ReadTexts(wrapped);
        if (texts.Count == 0)
        {
            return false;
        }

        string? zone = ZoneOf(wrapped);
        record = new ExistingRecord(OwnerOf(wrapped, zone), zone, TimeToLiveOf(wrapped), texts);
        return true;
    }

    private static IReadOnlyList<string> ReadTexts(PSObject item)
    {
        // Get-AzDnsRecordSet: Records[].Value, each a whole text.
        if (Property(item, "Records") is IEnumerable records and not string)
        {
            return ReadAll(records);
        }

        // Get-DnsServerResourceRecord: RecordData.DescriptiveText.
        if (Property(item, "RecordData") is { } data && Text(PSObject.AsPSObject(data), "DescriptiveText") is { } descriptive)
        {
            return new[] { descriptive };
        }

        // MailDns records and status objects.
        foreach (string name in new[] { "Value", "DescriptiveText", "Record" })
        {
            if (Text(item, name) is { } value)
            {
                return new[] { value };
            }
        }

        // Resolve-DnsName: Strings of one record.
        return Property(item, "Strings") is IEnumerable strings and not string
            ? new[] { Concat(strings) }
            : Array.Empty<string>();
    }

    private static IReadOnlyList<string> ReadAll(IEnumerable records)
    {
        var texts = new List<string>();
        foreach (object? record in records)
        {
            if (record is null)
            {
                continue;
            }

            PSObject wrapped = PSObject.AsPSObject(record);
            string? text = wrapped.BaseObject as string ?? Text(wrapped, "Value");
            if (text is not null)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static string Concat(IEnumerable strings)
    {
        var builder = new StringBuilder();
        foreach (object? part in strings)
        {
            builder.Append(part);
        }

        return builder.ToString();
    }

    private static string? ZoneOf(PSObject item)
    {
        if (Text(item, "ZoneName") is { } zone)
        {
            return zone;
        }

        // An Active Directory integrated zone tells its name only so: DC=@,DC=contoso.com,cn=MicrosoftDNS,...
        string? distinguished = Text(item, "DistinguishedName");
        if (distinguished is null)
        {
            return null;
        }

        string[] parts = distinguished.Split(',');
        return parts.Length > 2 && parts[1].StartsWith("DC=", StringComparison.OrdinalIgnoreCase) ? parts[1].Substring(3) : null;
    }

    private static string? OwnerOf(PSObject item, string? zone)
    {
        if (Text(item, "Fqdn") is { } fqdn)
        {
            return fqdn;
        }

        string? relative = Text(item, "HostName") ?? (zone is null ? null : Text(item, "Name"));
        if (relative is null)
        {
            // Resolve-DnsName gives the full name; a status object its domain.
            return Text(item, "Name") ?? Text(item, "Domain");
        }

        return zone is null ? null : relative == "@" ? zone : relative + "." + zone;
    }

    private static TimeSpan? TimeToLiveOf(PSObject item)
    {
        object? value = Property(item, "TimeToLive") ?? Property(item, "Ttl");
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        return value switch
        {
            TimeSpan span => span,
            uint or int or long => TimeSpan.FromSeconds(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private static object? Property(PSObject item, string name) => item.Properties[name]?.Value;

    private static string? Text(PSObject item, string name) =>
        Property(item, name) is { } value && (value as string ?? (value as PSObject)?.BaseObject as string) is { Length: > 0 } text ? text : null;
}
