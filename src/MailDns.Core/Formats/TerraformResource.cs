namespace MailDns.Formats;

/// <summary>A resource without its label.</summary>
internal sealed class TerraformResource(string type, IReadOnlyList<string> lines)
{
    public string Type { get; } = type;

    /// <summary>The arguments, not indented. Strings are quoted.</summary>
    public IReadOnlyList<string> Lines { get; } = lines;
}
