namespace MailDns.Publishing;

/// <summary>What a command of another module reported.</summary>
internal sealed class SessionCommandException(ErrorRecord error) : InvalidOperationException(error.ErrorDetails?.Message ?? error.Exception.Message, error.Exception)
{
    public string[] Ids { get; } = (error.FullyQualifiedErrorId ?? string.Empty).Split(',').Select(id => id.Trim()).ToArray();

    public ErrorCategory Category { get; } = error.CategoryInfo.Category;

    /// <summary>True for one of these codes of Windows DNS.</summary>
    public bool IsWin32(params int[] codes) => codes.Any(code => Ids.Contains("WIN32 " + code, StringComparer.OrdinalIgnoreCase));
}
