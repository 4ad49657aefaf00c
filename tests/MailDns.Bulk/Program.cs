using System;
using System.Globalization;
using System.Threading.Tasks;

namespace MailDns.Bulk;

internal static class Program
{
    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Task<int> Main(string[] args) => args switch
    {
        ["serve", .. string[] rest] => ServerRun.RunAsync(rest),
        ["run", .. string[] rest] => ClientRun.RunAsync(rest),
        ["compare", .. string[] rest] => Comparison.RunAsync(rest),
        _ => HelpAsync(),
    };

    private static async Task<int> HelpAsync()
    {
        await Console.Error.WriteLineAsync("""
            compare [DOMAINS] [ROUNDS]   MailDns and its peers in turn over one loopback server, and the ratios
            serve DOMAINS SEED [FILE]    only the server; lines on standard input: delay MIN MAX, loss PERCENT, clear, counts
            run KIND SERVER DOMAINS LIMIT [FILE]
                                         only one client: twelve, twelve-dnsclient, check, check-dnsclient
            """);
        return 2;
    }
}
