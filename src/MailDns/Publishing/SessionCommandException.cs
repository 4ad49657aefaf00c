namespace MailDns.Publishing;

/// <summary>What a command of another module reported.</summary>
internal sealed class SessionCommandException : InvalidOperationException
{
    public SessionCommandException(ErrorRecord error)
        : base(error.ErrorDetails?.Message ?? error.Exception.Message, error.Exception)
    {
        // "WIN32 9711,Add-DnsServerResourceRecord" or "PreconditionFailed,Set-AzDnsRecordSet"; implicit remoting and CDXML may add more.
        Ids = (error.FullyQualifiedErrorId ?? string.Empty).Split(',').Select(id => id.Trim()).ToArray();
        Category = error.CategoryInfo.Category;
    }

    public string[] Ids { get; }

    public ErrorCategory Category { get; }

    /// <summary>True for one of these codes of Windows DNS.</summary>
    public bool IsWin32(params int[] codes) => codes.Any(code => Ids.Contains("WIN32 " + code, StringComparer.OrdinalIgnoreCase));
}
