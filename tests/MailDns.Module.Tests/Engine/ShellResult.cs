namespace MailDns.Module.Tests.Engine;

/// <summary>How a process of the shell ended.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
