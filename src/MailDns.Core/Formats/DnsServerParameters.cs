using System.Collections.Specialized;

namespace MailDns.Formats;

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
