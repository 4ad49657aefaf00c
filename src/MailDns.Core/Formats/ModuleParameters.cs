using System.Collections.Specialized;

namespace MailDns.Formats;

/// <summary>Parameters of New-AzDnsRecordSet, one table a record set, whose DnsRecords are tables for New-AzDnsRecordConfig.</summary>
internal static class AzDnsParameters
{
    /// <summary>Most characters of a TXT record in Azure DNS; 1024 in the national clouds.</summary>
    private const int MaxText = 4096;
    private const string Target = "Azure DNS";

    /// <param name="records">In any order.</param>
    /// <param name="resourceGroupName">Put into each table where it is given.</param>
    /// <param name="errors">Takes the sets that are left out.</param>
    public static IReadOnlyList<OrderedDictionary> Create(IEnumerable<ResourceRecord> records, string? resourceGroupName, ICollection<RecordExportError> errors)
    {
        var tables = new List<OrderedDictionary>();
        foreach (ExportSet set in ExportSets.Group(records, errors))
        {
            try
            {
                tables.Add(Table(set, resourceGroupName));
            }
            catch (RecordExportException exception)
            {
                errors.Add(new RecordExportError(set.Owner.Text, exception));
            }
        }

        return tables;
    }

    /// <summary>The text as Azure DNS takes it: whole and unquoted.</summary>
    /// <exception cref="RecordExportException">It is empty, too long, or not printable ASCII.</exception>
    public static string Text(ExportSet set, TxtData txt)
    {
        if (txt.Text.Length is 0 or > MaxText)
        {
            throw new RecordExportException(
                txt.Text.Length == 0 ? RecordExportFault.Value : RecordExportFault.Length,
                set.Place + ": the text has " + txt.Text.Length + " characters; Azure DNS takes 1 to " + MaxText + ".");
        }

        return PlainText.Require(set, txt.Text, Target);
    }

    private static OrderedDictionary Table(ExportSet set, string? resourceGroupName)
    {
        var table = new OrderedDictionary { { "Name", set.Name }, { "ZoneName", set.Zone.Text } };
        if (!string.IsNullOrEmpty(resourceGroupName)) table.Add("ResourceGroupName", resourceGroupName);

        table.Add("RecordType", set.TypeName);
        table.Add("Ttl", set.Ttl);
        table.Add("DnsRecords", set.Data.Select(data => Config(set, data)).ToArray());
        return table;
    }

    private static OrderedDictionary Config(ExportSet set, RecordData data)
    {
        var config = new OrderedDictionary();
        foreach ((RecordField field, object value) in RecordText.Fields(set.Type, data))
        {
            string name = field.Azure
                ?? throw RecordExportException.OfType(set, "New-AzDnsRecordConfig, as far as MailDns knows it,", ": use the portal or az network dns record-set");
            config.Add(name, data is TxtData txt ? Text(set, txt) : RecordText.IsNumber(value) ? value : PlainText.Require(set, RecordText.Show(value), Target));
        }

        return config;
    }
}

/// <summary>Parameters of Add-DnsServerResourceRecord for one record.</summary>
internal static class DnsServerParameters
{
    /// <summary>Most characters of -DescriptiveText.</summary>
    public const int MaxText = 254;

    /// <exception cref="RecordExportException">The cmdlet cannot add the record.</exception>
    public static OrderedDictionary Create(ResourceRecord record)
    {
        var set = new ExportSet(record.Zone, record.Owner, record.DnsType);
        set.Add(record.Ttl, record.Data);
        ExportNames.Check(set);
        var table = new OrderedDictionary { { "ZoneName", record.ZoneName }, { "Name", record.Name }, { "TimeToLive", record.TimeToLive } };
        if (record.TypeDefinition.DnsServerSwitch is not { } type)
        {
            // The cmdlet has no set for it: the unknown type of RFC 3597, data in hexadecimal.
            var writer = new WireWriter();
            record.Data.Write(writer);
            table.Add("Type", (ushort)record.DnsType);
            table.Add("RecordData", Hex.Format(writer.ToArray()));
            return table;
        }

        table.Add(type, value: true);
        foreach ((RecordField field, object value) in RecordText.Fields(record.DnsType, record.Data))
        {
            table.Add(field.DnsServer, Value(set, record.Data, field, value));
        }

        return table;
    }

    private static object Value(ExportSet set, RecordData data, RecordField field, object value) => data is TxtData txt ? Text(set, txt)
        : field.Words.Count == 0 ? value is DomainName name ? RecordText.Bare(name) : value
        : (byte)value < field.Words.Count ? field.Words[(byte)value]
        : throw new RecordExportException(
            RecordExportFault.Value,
            set.Place + ": Add-DnsServerResourceRecord -" + set.TypeName + " has no name for the " + field.DnsServer + " " + value + " of " + data + ".");

    private static string Text(ExportSet set, TxtData txt)
    {
        if (txt.Text.Length > MaxText)
        {
            string remedy = set.Name.Contains("._domainkey")
                ? "Ask the platform for an alias (New-DkimRecord -CnameTarget), which needs no long text; or use "
                : "Use ";
            throw new RecordExportException(
                RecordExportFault.Length,
                set.Place + ": Add-DnsServerResourceRecord takes no text over " + MaxText + " characters, and this has " + txt.Text.Length + ". " + remedy
                + "ConvertTo-DnsRecordText -Format DnsCmd (each string an argument of its own), -Format NsUpdate where the zone allows dynamic updates, or -Format Zone for a zone kept in a file, then dnscmd /ZoneReload.");
        }

        return txt.Text.Length == 0
            ? throw new RecordExportException(RecordExportFault.Value, set.Place + ": Add-DnsServerResourceRecord takes no empty text.")
            : PlainText.Require(set, txt.Text, "Add-DnsServerResourceRecord", "\"");
    }
}
