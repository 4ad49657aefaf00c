namespace MailDns.Shell;

/// <summary>The exit codes of the shell that are not the script's own.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A terminating error nobody caught, a parse error, or a module that does not import.</summary>
    public const int Failure = 1;

    /// <summary>EX_USAGE of sysexits.h: the command line itself is wrong.</summary>
    public const int Usage = 64;

    /// <summary>128 + SIGINT, what shells report after Ctrl+C.</summary>
    public const int Interrupted = 130;
}
