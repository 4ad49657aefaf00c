namespace MailDns.Formats;

/// <summary>
/// A zone of OctoDNS's YamlProvider. OctoDNS splits TXT itself, wants each semicolon escaped, and hands quotes and backslashes
/// on to providers that read them differently; texts with these are refused.
/// </summary>
internal sealed class OctoDnsFormatter : RecordFormatter
{
    private const string Target = "OctoDNS";

    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "  - ttl: " + set.Ttl + "\n    type: " + set.TypeName + "\n    "

        // A name has one CNAME, and OctoDNS wants it so (its ValueMixin does not look at "values").
        + (set.Type == DnsRecordType.Cname
            ? "value: " + Value(set, set.Data[0])
            : "values:\n" + string.Join("\n", set.Data.Select(data => "    - " + Value(set, data))));

    public override string Compose(IReadOnlyList<ZoneParts> zones)
    {
        // The provider refuses keys that are not in natural order (enforce_order).
        IEnumerable<string> names = zones[0].Sets
            .Select((set, i) => (Key: set.Name == "@" ? string.Empty : set.Name, Text: zones[0].Texts[i], set.Type))
            .GroupBy(part => part.Key, System.StringComparer.Ordinal)
            .OrderBy(group => group.Key, NaturalOrder.Instance)
            .Select(group => JsonText.Quote(group.Key) + ":\n" + string.Join("\n", group.Select(part => part.Text)));
        return "---\n" + string.Join("\n", names);
    }

    private static string Value(ExportSet set, RecordData data)
    {
        (RecordField Field, object Value)[] parts = RecordText.Fields(set.Type, data).ToArray();
        return data is TxtData txt ? JsonText.Quote(Text(set, txt.Text))
            : parts.Length == 1 ? Part(set, parts[0].Value)
            : string.Join("\n      ", parts
                .Select(part => (Name: part.Field.OctoDns ?? part.Field.Json, part.Value))
                .OrderBy(part => part.Name, System.StringComparer.Ordinal)
                .Select(part => part.Name + ": " + Part(set, part.Value)));
    }

    private static string Part(ExportSet set, object value) => value switch
    {
        DomainName name => JsonText.Quote(RecordText.Absolute(name)),
        _ when RecordText.IsNumber(value) => RecordText.Show(value),
        _ => JsonText.Quote(PlainText.Require(set, RecordText.Show(value), Target, "\"\\")),
    };

    private static string Text(ExportSet set, string text) =>
        text.Length > 0
            ? PlainText.Require(set, text, Target, "\"\\").Replace(";", "\\;")
            : throw new RecordExportException(RecordExportFault.Value, set.Place + ": OctoDNS takes no empty text.");
}
