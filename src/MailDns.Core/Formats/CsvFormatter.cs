namespace MailDns.Formats;

/// <summary>
/// RFC 4180, every cell in quotes. A cell that a spreadsheet would take for a formula (= + - @ first), or that begins with an
/// apostrophe, gets one apostrophe in front: taking one off where there is one gives the value back.
/// </summary>
internal sealed class CsvFormatter : RecordFormatter
{
    private const string LineEnd = "\r\n";
    private const string Header = "\"ZoneName\",\"Fqdn\",\"RecordType\",\"Ttl\",\"Value\"";

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) =>
        string.Join(LineEnd, set.Data.Select(data => string.Join(",", new[] { set.Zone.Text, set.Owner.Text, set.TypeName, set.Ttl.ToString(), Value(set, data) }.Select(Cell))));

    public override string Compose(IReadOnlyList<ZoneParts> zones) => Header + LineEnd + string.Join(LineEnd, zones.SelectMany(zone => zone.Texts));

    // TXT as a whole, without DNS quoting: what a form asks for. Control characters, tab and line ends among them, are refused.
    private static string Value(ExportSet set, RecordData data) => data switch
    {
        TxtData txt => PlainText.Require(set, txt.Text, "a table"),
        CaaData => RecordText.Of(data),
        _ => string.Join(" ", RecordText.Fields(set.Type, data).Select(part => RecordText.Show(part.Value))),
    };

    private static string Cell(string text)
    {
        string safe = text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\'') ? "'" + text : text;
        return "\"" + safe.Replace("\"", "\"\"") + "\"";
    }
}
