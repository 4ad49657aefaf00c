namespace MailDns.Formats;

/// <summary>
/// Terraform resources, one a set (Cloudflare: one a record), each named after its record. What only the account knows, a
/// zone's id or resource group, is a variable a zone.
/// </summary>
internal sealed class TerraformFormatter(TerraformProvider provider) : RecordFormatter
{
    private readonly TerraformResources _resources = TerraformResources.For(provider);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) =>
        string.Join("\n\n", _resources.Describe(set).Select(resource => Block(set, resource)).ToArray());

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        string.Join("\n\n", zones.Select(zone => Variable(zone.Zone) + "\n\n" + string.Join("\n\n", zone.Texts)));

    private string Variable(DomainName zone) =>
        "variable " + HclText.Quote(VariableName(zone)) + " {\n"
        + "  description = " + HclText.Quote(_resources.VariableMeaning + " " + zone.Text) + "\n"
        + "  type        = string\n}";

    private string VariableName(DomainName zone) => _resources.VariablePrefix + "_" + Identifier(zone.Text);

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
