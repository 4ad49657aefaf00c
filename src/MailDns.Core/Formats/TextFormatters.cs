namespace MailDns.Formats;

/// <summary>Zone file lines (RFC 1035 section 5.1), one a record, names relative to $ORIGIN, data absolute.</summary>
internal sealed class ZoneFormatter : RecordFormatter
{
    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        string.Join("\n", set.Data.Select(data => set.Name + " " + set.Ttl + " IN " + set.TypeName + " " + RecordText.Of(data)));

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        "$ORIGIN " + zones[0].Zone.Text + ".\n" + string.Join("\n", zones[0].Texts);
}

/// <summary>Input of nsupdate(1): one update message a zone (RFC 2136).</summary>
internal sealed class NsUpdateFormatter : RecordFormatter
{
    public override bool IsPerZone => false;

    public override string Write(ExportSet set) =>
        string.Join("\n", set.Data.Select(data => "update add " + set.AbsoluteName + " " + set.Ttl + " IN " + set.TypeName + " " + RecordText.Of(data)));

    // nsupdate refuses an address or an exchange at a name with an underscore, and with it the whole script: its own check of host names,
    // which DNS does not have (RFC 2181 section 11).
    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        (zones.SelectMany(zone => zone.Sets).Any(FailsCheck) ? "check-names off\n" : string.Empty)
        + string.Join("\n", zones.Select(zone => "zone " + zone.Zone.Text + ".\n" + string.Join("\n", zone.Texts) + "\nsend"));

    private static bool FailsCheck(ExportSet set) =>
        (set.Type is DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.Mx && set.Owner.Text.IndexOf('_') >= 0)
        || set.Data.Any(data => RecordText.Fields(set.Type, data).Any(part => part.Value is DomainName name
            && set.Type is DnsRecordType.Mx or DnsRecordType.Ns or DnsRecordType.Srv or DnsRecordType.Ptr && name.Text.IndexOf('_') >= 0));
}

/// <summary>
/// dnscmd /RecordAdd. Every argument that is not a number or a type is in double quotes, where cmd.exe leaves &amp; | &lt; &gt; ^ alone
/// and PowerShell leaves @ and *. What either of them still reads inside quotes is refused: the quote and the backslash,
/// % (no form of it is the same at the prompt and in a batch file), ! (delayed expansion), $ and the backtick.
/// </summary>
internal sealed class DnsCmdFormatter : RecordFormatter
{
    private const string Target = "dnscmd";
    private const string Refused = "\"\\%!$`";

    // cmd.exe takes no longer line.
    private const int MaxLine = 8191;

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) => string.Join("\r\n", set.Data.Select(data => Line(set, data)));

    public override string Compose(IReadOnlyList<ZoneParts> zones) => string.Join("\r\n", zones.SelectMany(zone => zone.Texts));

    private static string Line(ExportSet set, RecordData data)
    {
        string line = "dnscmd /RecordAdd \"" + set.Zone.Text + "\" \"" + set.Name + "\" " + set.Ttl + " " + set.TypeName + " " + Arguments(set, data);
        return line.Length <= MaxLine
            ? line
            : throw new RecordExportException(RecordExportFault.Length, set.Place + ": the command line would have " + line.Length + " characters; cmd.exe takes " + MaxLine + ".");
    }

    private static string Arguments(ExportSet set, RecordData data) => data is TxtData txt
        ? string.Join(" ", txt.Strings.Select(text => "\"" + Check(set, text) + "\""))
        : string.Join(" ", RecordText.Fields(set.Type, data).Select(part => part.Value switch
        {
            DomainName name => "\"" + RecordText.Absolute(name) + "\"",
            string => throw RecordExportException.OfType(set, Target, "; ConvertTo-DnsServerParameter makes parameters for Add-DnsServerResourceRecord"),
            _ => RecordText.Show(part.Value),
        }));

    // Windows PowerShell drops an empty argument on its way to a program.
    private static string Check(ExportSet set, string text) =>
        text.Length > 0
            ? PlainText.Require(set, text, Target, Refused)
            : throw new RecordExportException(RecordExportFault.Value, set.Place + ": an empty text cannot be an argument of dnscmd.");
}

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
