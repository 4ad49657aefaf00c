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
        "  - ttl: " + set.Ttl + "\n    type: " + set.TypeName + "\n    values:\n"
        + string.Join("\n", set.Data.Select(data => "    - " + Value(set, data)));

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

    private static string Value(ExportSet set, RecordData data) => data switch
    {
        TxtData txt => JsonText.Quote(Text(set, txt.Text)),
        MxData mx => "exchange: " + JsonText.Quote(RecordText.Absolute(mx.Exchange)) + "\n      preference: " + mx.Preference,
        CaaData caa => "flags: " + caa.Flags + "\n      tag: " + JsonText.Quote(caa.Tag) + "\n      value: " + JsonText.Quote(PlainText.Require(set, caa.Value, Target, "\"\\")),
        TlsaData tlsa => "certificate_association_data: " + JsonText.Quote(tlsa.AssociationData) + "\n      certificate_usage: " + tlsa.Usage
            + "\n      matching_type: " + tlsa.MatchingType + "\n      selector: " + tlsa.Selector,
        _ => JsonText.Quote(RecordText.Of(data)),
    };

    private static string Text(ExportSet set, string text) =>
        text.Length > 0
            ? PlainText.Require(set, text, Target, "\"\\").Replace(";", "\\;")
            : throw new RecordExportException(RecordExportFault.Value, set.Place + ": OctoDNS takes no empty text.");
}
