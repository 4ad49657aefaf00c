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
