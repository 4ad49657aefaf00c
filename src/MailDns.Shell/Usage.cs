namespace MailDns.Shell;

/// <summary>The help texts of the command line.</summary>
internal static class Usage
{
    public const string Short =
        "usage: MailDns.Shell [options] SCRIPT.ps1 [arguments] | [options] -Command TEXT... (--help tells more)";

    public const string Text = """
        MailDns.Shell: runs one PowerShell script or command with MailDns imported,
        on machines that have .NET but no PowerShell.

        usage:
          MailDns.Shell [options] SCRIPT.ps1 [-Name value | -Switch | value]...
          MailDns.Shell [options] -File SCRIPT.ps1 [arguments]...
          MailDns.Shell [options] -Command TEXT...      (the rest, joined by spaces; - reads standard input)

        options:
          -Module PATH      import this module (a .psd1, .psm1 or .dll, or a folder with one .psd1) in
                            place of the MailDns.psd1 found above the shell or the current folder;
                            may be given several times
          -NoModule         import nothing
          -Width N          columns of the output (default: the terminal, else COLUMNS, else 120)
          -ErrorView VIEW   Concise (default), Normal (with position and error id) or Category
          -NonInteractive   never ask, even on a terminal
          -Help, --help     this text

        exit code:
          the script's own `exit N`; 0 otherwise; 1 after a terminating error that nobody
          caught, a parse error or a failed import; 64 for a wrong command line; 130 after Ctrl+C.
          Output goes to standard output; errors, warnings, verbose and debug texts go to
          standard error. Colours are dropped when redirected or when NO_COLOR is set.

        What it is:
          the engine of PowerShell 7.6 (System.Management.Automation), so the language, the
          pipeline, parameter binding, help and views are the real ones, with its own 48
          cmdlets (Get-Command, Get-Help, ForEach-Object, Where-Object, Import-Module...).

        What it is not:
          PowerShell. There is no prompt, no profile, no remoting set-up and no gallery. The
          cmdlets of Microsoft.PowerShell.Utility and .Management are not there; these
          stand in, each with the parameters that scripts around MailDns need and no more:
            Write-Output Write-Host Write-Warning Write-Error Write-Verbose Write-Debug
            Select-Object Sort-Object Group-Object Measure-Object Get-Member New-Object
            Format-Table Format-List Out-String ConvertTo-Json Export-Clixml Import-Clixml
            Get-Content Set-Content Join-Path Split-Path Test-Path Resolve-Path Get-Date
          `Get-Command NAME -Syntax` tells what each takes. They live in this shell only:
          the module never sees them. Where PowerShell is installed, use PowerShell.
        """;
}
