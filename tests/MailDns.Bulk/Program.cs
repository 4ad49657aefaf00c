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
        ["loss", .. string[] rest] => LossRun.RunAsync(rest),
        ["secure", .. string[] rest] => SecureRun.RunAsync(rest),
        ["memory", .. string[] rest] => MemoryRun.RunAsync(rest),
        ["report", .. string[] rest] => ReportFileRun.RunAsync(rest),
        ["import", .. string[] rest] => ImportCost.RunAsync(rest),
        ["silent", .. string[] rest] => SilentRun.RunAsync(rest),
        ["first", .. string[] rest] => FirstCheck.RunAsync(rest),
        ["parse", .. string[] rest] => ParseComparison.RunAsync(rest),
        ["parse-run", .. string[] rest] => ParseComparison.RunOwnAsync(rest),
        ["messages", .. string[] rest] => MessageComparison.RunAsync(rest),
        ["messages-run", .. string[] rest] => MessageComparison.RunOwnAsync(rest),
        ["reports", .. string[] rest] => ReportsRun.RunAsync(rest),
        ["reports-run", .. string[] rest] => ReportsRun.RunOwnAsync(rest),
        ["physical", .. string[] rest] => PhysicalLimit.RunAsync(rest),
        ["physical-run", .. string[] rest] => PhysicalLimit.RunOwnAsync(rest),
        _ => HelpAsync(),
    };

    private static async Task<int> HelpAsync()
    {
        await Console.Error.WriteLineAsync("""
            compare [DOMAINS] [ROUNDS]   MailDns and its peers in turn over one loopback server, and the ratios
            loss [DOMAINS] [PERCENT]     verdicts and whole checks where datagrams are lost, against those without loss
            secure [DOMAINS] [ROUNDS] [AT-A-TIME]
                                         domains a second over TLS and HTTPS against UDP, and verdicts that differ
            memory [DOMAINS] [KIND...]   peak memory of whole pipelines in the engine over that many domains and a tenth of them: spf, quiet, check
            report [DOMAINS] [KIND...]   checks into a report's file: json, html, clixml, convert; peak memory, and time beside the check's
            import [ROUNDS]              Import-Module MailDns beside an empty binary module and PSReadLine, each time in a fresh process
            silent [DOMAINS]             a list of domains at a server that never answers, and at a port that refuses
            first [ROUNDS]               the first Test-SendingDomain of a session, over a zone file
            parse [DOMAINS] [ROUNDS]     the corpus' records through MailDns' parsers and mailauth's
            messages [ROUNDS]            signed messages of 4 KB, 100 KB and 25 MB through MailDns and mailauth
            reports [REPORTS] [ROWS] [ROUNDS]
                                         DMARC reports through Measure-DmarcReport's engine and through the bare XmlReader
            physical [DOMAINS]           dnsperf and MailDns' transport against NSD, where both are installed
            serve DOMAINS SEED [FILE]    only the server; lines on standard input: delay MIN MAX, loss PERCENT, clear, counts, secure
            run KIND SERVER DOMAINS LIMIT [FILE]
                                         only one client: twelve, twelve-dnsclient, check, check-dnsclient
            """);
        return 2;
    }
}
