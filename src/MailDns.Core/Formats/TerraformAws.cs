namespace MailDns.Formats;

/// <summary>aws_route53_record. The provider puts the outer quotes around a TXT value itself and takes them off when it reads; written here they would be a difference for ever.</summary>
internal sealed class TerraformAws : TerraformResources
{
    public override string VariablePrefix => "zone_id";

    public override string VariableMeaning => "Hosted zone ID of";

    public override IEnumerable<TerraformResource> Describe(ExportSet set)
    {
        var lines = new List<string>
        {
            "zone_id = " + Reference,
            "name    = " + HclText.Quote(set.Owner.Text),
            "type    = " + HclText.Quote(set.TypeName),
            "ttl     = " + set.Ttl,
        };
        lines.AddRange(List("records", set.Data.Select(data => Value(set, data))));
        yield return new TerraformResource("aws_route53_record", lines);
    }

    // The inner border of two strings is written as the provider's documentation has it, "" without a space.
    private static string Value(ExportSet set, RecordData data)
    {
        string value = Route53Formatter.Value(set, data);
        if (data is not TxtData txt) return value;

        string joined = string.Concat(txt.Strings.Select(text => PresentationText.Quote(new[] { text }, octal: true)));
        return joined.Substring(1, joined.Length - 2);
    }
}
