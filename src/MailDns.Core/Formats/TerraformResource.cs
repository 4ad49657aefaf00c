namespace MailDns.Formats;

/// <summary>A resource without its label.</summary>
internal sealed class TerraformResource
{
    public TerraformResource(string type, IReadOnlyList<string> lines)
    {
        Type = type;
        Lines = lines;
    }

    public string Type { get; }

    /// <summary>The arguments, not indented. Strings are quoted.</summary>
    public IReadOnlyList<string> Lines { get; }
}
