namespace MailDns.Formats;

/// <summary>A change batch of ChangeResourceRecordSets. UPSERT creates a set or replaces it whole.</summary>
internal sealed class Route53Formatter : RecordFormatter
{
    /// <summary>Longest Value of a ResourceRecord, escapes and quotes included.</summary>
    private const int MaxValue = 4000;

    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "    {\n      \"Action\": \"UPSERT\",\n      \"ResourceRecordSet\": {\n"
        + "        \"Name\": " + JsonText.Quote(set.AbsoluteName) + ",\n"
        + "        \"Type\": " + JsonText.Quote(set.TypeName) + ",\n"
        + "        \"TTL\": " + set.Ttl + ",\n"
        + "        \"ResourceRecords\": [\n"
        + string.Join(",\n", set.Data.Select(data => "          { \"Value\": " + JsonText.Quote(Value(set, data)) + " }"))
        + "\n        ]\n      }\n    }";

    /// <summary>At a host's name stand values of others (proofs of ownership, other exchanges); an attribute name (RFC 8552) is the record's own.</summary>
    public override string? Warn(ZoneParts zone)
    {
        string[] shared = zone.Sets
            .Where(set => set.Type is DnsRecordType.Txt or DnsRecordType.Mx or DnsRecordType.Caa && !set.Owner.Labels.Any(label => label[0] == '_'))
            .Select(set => set.Place)
            .ToArray();
        return shared.Length == 0
            ? null
            : "UPSERT replaces a record set whole. Before applying it, make sure that every value to be kept is among these records: " + string.Join(", ", shared) + ".";
    }

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        "{\n  \"Comment\": " + JsonText.Quote("MailDns: " + zones[0].Zone.Text) + ",\n  \"Changes\": [\n" + string.Join(",\n", zones[0].Texts) + "\n  ]\n}";

    /// <summary>The record's value; octets that do not print are octal here.</summary>
    public static string Value(ExportSet set, RecordData data)
    {
        string value = RecordText.Of(data, octal: true);
        return value.Length <= MaxValue
            ? value
            : throw new RecordExportException(RecordExportFault.Length, set.Place + ": the value has " + value.Length + " characters; Route 53 takes " + MaxValue + ".");
    }
}
