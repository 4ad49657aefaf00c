namespace MailDns.Formats;

/// <summary>azurerm_dns_*_record. Azure takes a TXT value whole, without DNS quoting, and splits it itself.</summary>
internal sealed class TerraformAzure : TerraformResources
{
    private const string Target = "Azure DNS";

    public override string VariablePrefix => "resource_group_name";

    public override string VariableMeaning => "Resource group of the DNS zone";

    public override IEnumerable<TerraformResource> Describe(ExportSet set)
    {
        var lines = new List<string>
        {
            "resource_group_name = " + Reference,
            "zone_name           = " + HclText.Quote(set.Zone.Text),
            "name                = " + HclText.Quote(set.Name),
            "ttl                 = " + set.Ttl,
        };
        lines.AddRange(DataLines(set));
        yield return new TerraformResource("azurerm_dns_" + set.TypeName.ToLowerInvariant() + "_record", lines);
    }

    private static IEnumerable<string> DataLines(ExportSet set) => set.Type switch
    {
        DnsRecordType.Cname => new[] { "record = " + HclText.Quote(RecordText.Bare(((NameData)set.Data[0]).Target)) },
        DnsRecordType.A or DnsRecordType.Aaaa => List("records", set.Data.Select(data => data.ToString()!)),
        DnsRecordType.Ns => List("records", set.Data.Select(data => RecordText.Of(data))),
        DnsRecordType.Txt => set.Data.SelectMany(data => Record("value = " + HclText.Quote(AzDnsParameters.Text(set, (TxtData)data)))),
        DnsRecordType.Mx => set.Data.Cast<MxData>().SelectMany(mx => Record("preference = " + mx.Preference, "exchange   = " + HclText.Quote(RecordText.Bare(mx.Exchange)))),
        DnsRecordType.Caa => set.Data.Cast<CaaData>().SelectMany(caa => Record("flags = " + caa.Flags, "tag   = " + HclText.Quote(caa.Tag), "value = " + HclText.Quote(PlainText.Require(set, caa.Value, Target)))),
        _ => throw RecordExportException.OfType(set, "the Terraform provider of Azure", string.Empty),
    };

    private static IEnumerable<string> Record(params string[] lines) =>
        new[] { "record {" }.Concat(lines.Select(line => "  " + line)).Concat(new[] { "}" });
}
