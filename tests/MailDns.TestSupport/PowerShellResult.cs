namespace MailDns.TestSupport;

/// <summary>How a process of PowerShell ended.</summary>
public sealed record PowerShellResult(int ExitCode, string Output, string Error);
