using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>
/// MailDns and its peers over one server, each client in a process of its own, in turn, several rounds; of each the best
/// round counts. What is printed are ratios of one run: they depend less on the machine than the figures do.
/// </summary>
internal static class Comparison
{
    private static readonly string[] s_header = ["client", "at a time", "domains/s", "CPU ms/domain", "queries/domain", "asked twice", "peak MB", "first ms", "wrong"];

    /// <summary>compare [DOMAINS] [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        int rounds = args.Length > 1 ? Program.Number(args[1]) : 3;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            await CompareAsync(count, rounds, folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CompareAsync(int count, int rounds, string folder)
    {
        string? peers = await MailauthPeer.InstallAsync();
        await using var server = await ServerProcess.StartAsync(count, seed: 1, Path.Combine(folder, "expected"));
        var settings = new List<Setting>
        {
            new("twelve", 100),
            new("twelve", 200),
            new("twelve", 300),
            new("twelve-dnsclient", 100),
            new("check", 128),
        };
        if (peers is not null)
            settings.AddRange([new("mailauth", 40), new("mailauth", 70), new("mailauth", 100), new("mailauth", 150)]);

        Console.WriteLine(FormattableString.Invariant($"{count} domains, answers after 20 to 50 ms, best of {rounds}; load {await LoadAsync()}"));
        Dictionary<Setting, Measure> clean = await RunAllAsync(settings, server, count, rounds, loss: 0, folder, peers);
        Print(clean);

        Console.WriteLine("1 % of the datagrams lost");
        Dictionary<Setting, Measure> lossy = await RunAllAsync(settings.Where(setting => setting.Kind is not "check").ToList(), server, count, 1, loss: 1, folder, peers);
        Print(lossy);

        Setting ours = Best(clean, "twelve");
        Console.WriteLine("one domain at a time (" + Math.Min(count, 200).ToString(CultureInfo.InvariantCulture) + " domains)");
        Measure serial = await MeasureAsync(new Setting("twelve", 1), server, Math.Min(count, 200), 0, folder, peers);
        Print(new() { [new Setting("twelve", 1)] = serial });

        Console.WriteLine();
        Ratio("domains a second against one at a time", clean[ours].Rate / serial.Rate, "at least 40");
        Ratio("throughput with 1 % loss against none", lossy[Best(lossy, "twelve")].Rate / clean[ours].Rate, "at least 0.4");
        if (peers is not null)
        {
            Setting theirs = Best(clean, "mailauth");
            Ratio("domains a second against mailauth's best", clean[ours].Rate / clean[theirs].Rate, "at least 3");
            Ratio("CPU a domain against mailauth's", clean[ours].Cpu / clean[theirs].Cpu, "at most 1.3");
        }
    }

    private static async Task<Dictionary<Setting, Measure>> RunAllAsync(List<Setting> settings, ServerProcess server, int count, int rounds, int loss, string folder, string? peers)
    {
        var best = new Dictionary<Setting, Measure>();
        for (int round = 0; round < rounds; round++)
        {
            foreach (Setting setting in settings)
            {
                Measure measure = await MeasureAsync(setting, server, count, loss, folder, peers);
                if (!best.TryGetValue(setting, out Measure? before) || measure.Rate > before.Rate)
                    best[setting] = measure;
            }
        }

        return best;
    }

    private static async Task<Measure> MeasureAsync(Setting setting, ServerProcess server, int count, int loss, string folder, string? peers)
    {
        await server.TellAsync("clear");
        await server.TellAsync("delay 20 50");
        if (loss > 0)
            await server.TellAsync("loss " + loss.ToString(CultureInfo.InvariantCulture));
        string verdicts = Path.Combine(folder, "verdicts");
        RunResult result = setting.Kind is "mailauth"
            ? await MailauthPeer.RunAsync(peers!, server.Address, count, setting.Limit, verdicts)
            : await ChildProcess.RunAsync<RunResult>(ChildProcess.Own("run", setting.Kind, server.Address, Text(count), Text(setting.Limit), verdicts));
        ServerCounts counts = await server.CountsAsync();
        return new Measure(
            count / result.Seconds,
            result.CpuMilliseconds / count,
            (double)counts.Udp / count,
            counts.Repeats,
            result.PeakMegabytes,
            result.FirstMilliseconds,
            setting.Kind is "check" ? null : await WrongAsync(Path.Combine(folder, "expected"), verdicts));
    }

    private static async Task<int> WrongAsync(string expected, string found) =>
        (await File.ReadAllLinesAsync(expected)).Zip(await File.ReadAllLinesAsync(found)).Count(pair => pair.First != pair.Second);

    private static Setting Best(Dictionary<Setting, Measure> measures, string kind) =>
        measures.Where(pair => pair.Key.Kind == kind).MaxBy(pair => pair.Value.Rate).Key;

    private static void Print(Dictionary<Setting, Measure> measures)
    {
        Console.WriteLine("| " + string.Join(" | ", s_header) + " |");
        Console.WriteLine("|" + string.Concat(s_header.Select(_ => "---|")));
        foreach ((Setting setting, Measure measure) in measures)
        {
            string wrong = measure.Wrong is { } number ? Text(number) : "-";
            Console.WriteLine(FormattableString.Invariant(
                $"| {setting.Kind} | {setting.Limit} | {measure.Rate:F0} | {measure.Cpu:F2} | {measure.Queries:F2} | {measure.Repeats} | {measure.Peak:F0} | {measure.First:F0} | {wrong} |"));
        }
    }

    private static void Ratio(string what, double ratio, string aim) =>
        Console.WriteLine(FormattableString.Invariant($"{what}: {ratio:F2} ({aim})"));

    private static async Task<string> LoadAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Setting(string Kind, int Limit);

    private sealed record Measure(double Rate, double Cpu, double Queries, long Repeats, double Peak, double First, int? Wrong);
}
