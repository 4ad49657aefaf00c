namespace MailDns.Formats;

/// <summary>A resource without its label.</summary>
/// <param name="Lines">The arguments, not indented. Strings are quoted.</param>
internal sealed record TerraformResource(string Type, IReadOnlyList<string> Lines);
