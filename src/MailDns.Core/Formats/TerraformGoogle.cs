namespace MailDns.Formats;

/// <summary>google_dns_record_set.</summary>
internal sealed class TerraformGoogle : TerraformResources
{
    public override string VariablePrefix => "managed_zone";

    public override string VariableMeaning => "Name of the managed zone of";

    public override IEnumerable<TerraformResource> Describe(ExportSet set)
    {
        var lines = new List<string>
        {
            "managed_zone = " + Reference,
            "name         = " + HclText.Quote(set.AbsoluteName),
            "type         = " + HclText.Quote(set.TypeName),
            "ttl          = " + set.Ttl,
        };
        lines.AddRange(List("rrdatas", set.Data.Select(data => RecordText.Of(data))));
        yield return new TerraformResource("google_dns_record_set", lines);
    }
}
