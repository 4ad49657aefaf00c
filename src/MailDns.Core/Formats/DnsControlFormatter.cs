namespace MailDns.Formats;

/// <summary>dnsconfig.js: D_EXTEND adds to a domain that D() declares. DNSControl itself splits and quotes TXT.</summary>
internal sealed class DnsControlFormatter : RecordFormatter
{
    private const string Target = "DNSControl";
    private const byte Critical = 128;

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) => string.Join(",\n", set.Data.Select(data => Call(set, data)));

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        string.Join("\n\n", zones.Select(zone => "D_EXTEND(" + JsonText.Quote(zone.Zone.Text) + ",\n" + string.Join(",\n", zone.Texts) + "\n);"));

    private static string Call(ExportSet set, RecordData data) =>
        "  " + set.TypeName + "(" + JsonText.Quote(set.Name) + ", " + Arguments(set, data) + ", TTL(" + set.Ttl + "))";

    private static string Arguments(ExportSet set, RecordData data) => data switch
    {
        // DNSControl's strings are Unicode: an octet beyond ASCII would become two.
        TxtData txt => JsonText.Quote(PlainText.Require(set, txt.Text, Target)),
        CaaData { Flags: 0 or Critical } caa => JsonText.Quote(caa.Tag) + ", " + JsonText.Quote(PlainText.Require(set, caa.Value, Target)) + (caa.Flags == Critical ? ", CAA_CRITICAL" : string.Empty),
        CaaData caa => throw new RecordExportException(RecordExportFault.Value, set.Place + ": DNSControl knows the CAA flags 0 and 128, not " + caa.Flags + "."),
        _ => string.Join(", ", RecordText.Fields(set.Type, data).Select(part => part.Value switch
        {
            DomainName name => JsonText.Quote(RecordText.Absolute(name)),
            { } value when RecordText.IsNumber(value) => RecordText.Show(value),
            _ => JsonText.Quote(RecordText.Show(part.Value)),
        })),
    };
}
