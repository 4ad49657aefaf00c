namespace MailDns.Formats;

/// <summary>Input of nsupdate(1): one update message a zone (RFC 2136).</summary>
internal sealed class NsUpdateFormatter : RecordFormatter
{
    public override bool IsPerZone => false;

    public override string Write(ExportSet set) =>
        string.Join("\n", set.Data.Select(data => "update add " + set.AbsoluteName + " " + set.Ttl + " IN " + set.TypeName + " " + RecordText.Of(data)));

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        string.Join("\n", zones.Select(zone => "zone " + zone.Zone.Text + ".\n" + string.Join("\n", zone.Texts) + "\nsend"));
}
