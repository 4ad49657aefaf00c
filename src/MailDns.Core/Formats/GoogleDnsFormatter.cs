namespace MailDns.Formats;

/// <summary>The YAML of gcloud dns record-sets import, one document a set. The import refuses a set that exists already, so nothing is lost by it.</summary>
internal sealed class GoogleDnsFormatter : RecordFormatter
{
    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "---\nkind: \"dns#resourceRecordSet\"\nname: " + JsonText.Quote(set.AbsoluteName) + "\nrrdatas:\n"
        + string.Concat(set.Data.Select(data => "- " + JsonText.Quote(RecordText.Of(data)) + "\n"))
        + "ttl: " + set.Ttl + "\ntype: " + JsonText.Quote(set.TypeName);

    public override string Compose(IReadOnlyList<ZoneParts> zones) => string.Join("\n", zones[0].Texts);
}
