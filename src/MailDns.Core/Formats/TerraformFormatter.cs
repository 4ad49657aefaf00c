using System.Text;

namespace MailDns.Formats;

/// <summary>
/// Terraform resources, one a set (Cloudflare: one a record), each named after its record. What only the account knows, a
/// zone's id or resource group, is a variable a zone.
/// </summary>
internal sealed class TerraformFormatter : RecordFormatter
{
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    private TerraformResources Resources => field ??= TerraformResources.For(Provider);

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) =>
        string.Join("\n\n", Resources.Describe(set).Select(resource => Block(set, resource)).ToArray());

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        string.Join("\n\n", zones.Select(zone => Variable(zone.Zone) + "\n\n" + string.Join("\n\n", zone.Texts)));

    private string Variable(DomainName zone) =>
        "variable " + HclText.Quote(VariableName(zone)) + " {\n"
        + "  description = " + HclText.Quote(Resources.VariableMeaning + " " + zone.Text) + "\n"
        + "  type        = string\n}";

    private string VariableName(DomainName zone) => Resources.VariablePrefix + "_" + Identifier(zone.Text);

    private string Block(ExportSet set, TerraformResource resource)
    {
        string reference = "var." + VariableName(set.Zone);
        string lines = string.Concat(resource.Lines.Select(line => "  " + line.Replace(TerraformResources.Reference, reference) + "\n"));
        return "resource " + HclText.Quote(resource.Type) + " " + HclText.Quote(Label(set)) + " {\n" + lines + "}";
    }

    private string Label(ExportSet set)
    {
        string label = "maildns_" + Identifier(set.Owner.Text) + "_" + set.TypeName.ToLowerInvariant();
        string unique = label;
        while (!_labels.Add(unique))
        {
            int number = _numbers.TryGetValue(label, out int last) ? last + 1 : 2;
            _numbers[label] = number;
            unique = label + "_" + number;
        }

        return unique;
    }

    // Letters, digits, underscores and hyphens are what an identifier may have.
    private static string Identifier(string name) => name.Replace('.', '_').Replace("*", "wildcard");
}

/// <summary>How one Terraform provider describes a record set.</summary>
internal abstract class TerraformResources
{
    /// <summary>Stands in a line for the zone's variable. No quoted text can hold it: a line feed is always escaped.</summary>
    public const string Reference = "\n";

    /// <summary>First part of the name of a zone's variable.</summary>
    public abstract string VariablePrefix { get; }

    /// <summary>What the variable holds, before the zone's name.</summary>
    public abstract string VariableMeaning { get; }

    public abstract IEnumerable<TerraformResource> Describe(ExportSet set);

    public static TerraformResources For(TerraformProvider provider) => provider switch
    {
        TerraformProvider.Aws => new TerraformAws(),
        TerraformProvider.Azure => new TerraformAzure(),
        TerraformProvider.Cloudflare => new TerraformCloudflare(),
        TerraformProvider.Google => new TerraformGoogle(),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    protected static IEnumerable<string> List(string name, IEnumerable<string> values)
    {
        yield return name + " = [";
        foreach (string value in values)
            yield return "  " + HclText.Quote(value) + ",";

        yield return "]";
    }

    /// <summary>The arguments of a block, indented, their signs in one column as terraform fmt has them.</summary>
    protected static IEnumerable<string> Aligned(IEnumerable<(string Name, string Value)> arguments)
    {
        (string Name, string Value)[] all = arguments.ToArray();
        int width = all.Max(argument => argument.Name.Length);
        return all.Select(argument => "  " + argument.Name.PadRight(width) + " = " + argument.Value);
    }
}

/// <summary>A resource without its label.</summary>
/// <param name="Lines">The arguments, not indented. Strings are quoted.</param>
internal sealed record TerraformResource(string Type, IReadOnlyList<string> Lines);

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

/// <summary>Quoted templates of HCL native syntax (Terraform): the escapes of its strings, and no interpolation.</summary>
internal static class HclText
{
    /// <summary>The text in double quotes; <c>${</c> and <c>%{</c>, which begin a template, are written so that they do not.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is '$' or '%' && i + 1 < value.Length && value[i + 1] == '{')
                AppendMarker(text, c, i > 0 && value[i - 1] == c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                JsonText.AppendUnicode(text, c);
        }

        return text.Append('"').ToString();
    }

    // $${ is a literal ${. After another dollar sign it would be read from the wrong one.
    private static void AppendMarker(StringBuilder text, char c, bool repeats)
    {
        if (repeats)
            JsonText.AppendUnicode(text, c);
        else
            text.Append(c).Append(c);
    }
}
