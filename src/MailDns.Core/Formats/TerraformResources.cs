namespace MailDns.Formats;

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
