using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>The peak working set of whole pipelines in the engine, over a list and one of ten times the length.</summary>
internal static class MemoryRun
{
    private static readonly string[] s_kinds = ["spf", "quiet", "check"];

    /// <summary>memory [DOMAINS] [KIND...]: that many, and a tenth of them.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 100_000;
        string[] kinds = args.Length > 1 ? args[1..] : s_kinds;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(count, seed: 1, Path.Combine(folder, "expected"));
            foreach (string kind in kinds)
            {
                Result small = await MeasureAsync(kind, server, count / 10, folder);
                Result large = await MeasureAsync(kind, server, count, folder);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{kind}: peak {large.PeakMegabytes} MB against {small.PeakMegabytes} MB: {(double)large.PeakMegabytes / small.PeakMegabytes:F2} (at most 1.5, and below 250 MB)"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Result> MeasureAsync(string kind, ServerProcess server, int count, string folder)
    {
        string names = Path.Combine(folder, "names");
        await File.WriteAllLinesAsync(names, Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"d{i}.com")));
        await server.TellAsync("clear");
        await server.TellAsync("delay 20 50");
        Result result = await EngineProcess.RunAsync<Result>("memory.ps1", EngineProcess.Manifest, names, server.Address, kind);
        if (kind is not "check" && result.Count != count)
            throw new InvalidOperationException($"{result.Count} results of {count} domains.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, {count} domains: {result.Count} results in {result.Seconds} s, peak working set {result.PeakMegabytes} MB, heap at the end {result.HeapMegabytes} MB, CPU {(double)result.CpuMilliseconds / count:F2} ms a domain"));
        return result;
    }

    private sealed class Result
    {
        public long Seconds { get; init; }

        public long Count { get; init; }

        public long PeakMegabytes { get; init; }

        public long HeapMegabytes { get; init; }

        public long CpuMilliseconds { get; init; }
    }
}
