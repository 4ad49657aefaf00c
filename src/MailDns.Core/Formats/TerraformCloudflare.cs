namespace MailDns.Formats;

/// <summary>cloudflare_dns_record (version 5 of the provider), one a record.</summary>
internal sealed class TerraformCloudflare : TerraformResources
{
    public override string VariablePrefix => "zone_id";

    public override string VariableMeaning => "Cloudflare zone ID of";

    public override IEnumerable<TerraformResource> Describe(ExportSet set)
    {
        foreach (RecordData data in set.Data)
        {
            var lines = new List<string>
            {
                "zone_id = " + Reference,
                "name    = " + HclText.Quote(set.Owner.Text),
                "type    = " + HclText.Quote(set.TypeName),
                "ttl     = " + CloudflareFormatter.Ttl(set),
            };
            lines.AddRange(DataLines(set, data));
            yield return new TerraformResource("cloudflare_dns_record", lines);
        }
    }

    private static IEnumerable<string> DataLines(ExportSet set, RecordData data)
    {
        if (data is MxData mx)
            return new[] { "content = " + HclText.Quote(RecordText.Bare(mx.Exchange)), "priority = " + mx.Preference };

        if (CloudflareFormatter.HasParts(set))
        {
            return new[] { "data = {" }
                .Concat(Aligned(RecordText.Fields(set.Type, data).Select(part => (part.Field.Json, CloudflareFormatter.Part(part.Value, HclText.Quote)))))
                .Concat(new[] { "}" });
        }

        string content = "content = " + HclText.Quote(CloudflareFormatter.Content(data));
        return CloudflareFormatter.IsProxiable(set) ? new[] { content, "proxied = false" } : new[] { content };
    }
}
