namespace MailDns.Formats;

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
