using System;
using System.Text;
using MailDns.Shell.Hosting;

namespace MailDns.Shell;

/// <summary>The entry point.</summary>
internal static class Program
{
    /// <summary>Runs one script or command.</summary>
    /// <param name="args">See <see cref="Usage"/>.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static int Main(string[] args)
    {
        // The engine would report usage on import; a shell made for tests and examples has nothing to report.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        ShellCulture.Apply();
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        ShellOptions options;
        try
        {
            options = ShellOptions.Parse(args);
        }
        catch (UsageException exception)
        {
            Console.Error.WriteLine($"maildns-shell: {exception.Message}");
            Console.Error.WriteLine(Usage.Short);
            return ExitCode.Usage;
        }

        if (options.Help)
        {
            Console.Out.WriteLine(Usage.Text);
            return ExitCode.Success;
        }

        using var runner = new ShellRunner(options);
        return runner.Run();
    }
}
