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

    private static IEnumerable<string> DataLines(ExportSet set)
    {
        RecordTypeDefinition? type = RecordTypes.Find(set.Type);
        if (type is null || type.Fields.Any(field => field.Azure is null))
            throw RecordExportException.OfType(set, "the Terraform provider of Azure", string.Empty);

        return set.Type switch
        {
            DnsRecordType.Cname => new[] { "record = " + HclText.Quote(RecordText.Show(type.Fields[0].Value(set.Data[0]))) },
            DnsRecordType.Txt => set.Data.SelectMany(data => Record(new[] { ("value", HclText.Quote(AzDnsParameters.Text(set, (TxtData)data))) })),
            _ when type.Fields.Count == 1 => List("records", set.Data.Select(data => RecordText.Of(data))),
            _ => set.Data.SelectMany(data => Record(RecordText.Fields(set.Type, data).Select(part =>
                (part.Field.Json, RecordText.IsNumber(part.Value) ? RecordText.Show(part.Value) : HclText.Quote(PlainText.Require(set, RecordText.Show(part.Value), Target)))))),
        };
    }

    private static IEnumerable<string> Record(IEnumerable<(string Name, string Value)> arguments) =>
        new[] { "record {" }.Concat(Aligned(arguments)).Concat(new[] { "}" });
}
