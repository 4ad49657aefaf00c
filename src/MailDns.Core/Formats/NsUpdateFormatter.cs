namespace MailDns.Formats;

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
