using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>Whole checks into a report's file, beside the same checks whose results are dropped, each in a fresh process.</summary>
internal static class ReportFileRun
{
    private static readonly string[] s_kinds = ["json", "html", "clixml"];

    /// <summary>report [DOMAINS] [KIND...].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        string[] kinds = args.Length > 1 ? args[1..] : s_kinds;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(count, seed: 1, Path.Combine(folder, "expected"));
            string names = Path.Combine(folder, "names");
            await File.WriteAllLinesAsync(names, Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"d{i}.com")));
            Result check = await MeasureAsync("check", server, names, folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} domains checked, results dropped: {check.Seconds:F1} s, CPU {check.CpuSeconds:F1} s, peak {check.PeakMegabytes} MB"));
            foreach (string kind in kinds)
            {
                Result result = await MeasureAsync(kind, server, names, folder);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"and written as {kind}: {result.Seconds:F1} s, CPU {result.CpuSeconds:F1} s, peak {result.PeakMegabytes} MB, file {result.Megabytes:F1} MB; more than the check by {(result.Seconds - check.Seconds) / check.Seconds:F2} in time, {(result.CpuSeconds - check.CpuSeconds) / check.CpuSeconds:F2} in CPU time"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Result> MeasureAsync(string kind, ServerProcess server, string names, string folder)
    {
        await server.TellAsync("clear");
        await server.TellAsync("delay 20 50");
        return await EngineProcess.RunAsync<Result>("report.ps1", EngineProcess.Manifest, names, server.Address, kind, folder);
    }

    private sealed class Result
    {
        public double Seconds { get; init; }

        public long PeakMegabytes { get; init; }

        public double CpuSeconds { get; init; }

        public double Megabytes { get; init; }
    }
}
