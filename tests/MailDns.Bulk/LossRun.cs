using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>What lost datagrams change: verdicts against the generator's, and whole checks against the same without loss.</summary>
internal static class LossRun
{
    /// <summary>loss [DOMAINS] [PERCENT].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        int percent = args.Length > 1 ? Program.Number(args[1]) : 1;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            string expected = Path.Combine(folder, "expected");
            await using var server = await ServerProcess.StartAsync(count, seed: 1, expected);
            Console.WriteLine(FormattableString.Invariant($"{count} domains, answers after 20 to 50 ms, {percent} % of the datagrams lost"));
            await MeasureAsync(server, "twelve", count, percent, folder, expected);
            await MeasureAsync(server, "twelve-dnsclient", count, percent, folder, expected);
            string clean = Path.Combine(folder, "clean");
            await RunAsync(server, "check", count, 0, clean);
            await MeasureAsync(server, "check", count, percent, folder, clean);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(ServerProcess server, string kind, int count, int percent, string folder, string expected)
    {
        string found = Path.Combine(folder, "found");
        (RunResult result, ServerCounts counts) = await RunAsync(server, kind, count, percent, found);
        List<(string Expected, string Found)> pairs = [.. (await File.ReadAllLinesAsync(expected)).Zip(await File.ReadAllLinesAsync(found))];
        int wrong = pairs.Count(pair => pair.Expected != pair.Found);
        int failed = pairs.Count(pair => IsFailure(pair.Found) && !IsFailure(pair.Expected));
        Console.WriteLine(FormattableString.Invariant(
            $"{kind}: {failed} false TempErrors or Unknowns, {wrong} wrong verdicts; {count / result.Seconds:F0} domains/s, {counts.Dropped} answers lost, {(double)counts.Udp / count:F2} queries/domain"));
        foreach ((string e, string f) in pairs.Where(pair => pair.Expected != pair.Found).Take(5))
            Console.WriteLine("  expected " + e + ", found " + f);
    }

    private static bool IsFailure(string verdict) =>
        verdict.Contains("temperror", StringComparison.Ordinal) || verdict.Contains("=Unknown", StringComparison.Ordinal);

    private static async Task<(RunResult Result, ServerCounts Counts)> RunAsync(ServerProcess server, string kind, int count, int percent, string file)
    {
        await server.TellAsync("clear");
        await server.TellAsync("delay 20 50");
        if (percent > 0)
            await server.TellAsync("loss " + percent.ToString(CultureInfo.InvariantCulture));
        RunResult result = await ChildProcess.RunAsync<RunResult>(ChildProcess.Own("run", kind, server.Address, count.ToString(CultureInfo.InvariantCulture), "100", file));
        return (result, await server.CountsAsync());
    }
}
