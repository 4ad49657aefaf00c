using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>What importing MailDns costs beside a binary module that holds nothing and beside PSReadLine, in turn, each time in a fresh process.</summary>
internal static class ImportCost
{
    /// <summary>import [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? Program.Number(args[0]) : 15;
        var empty = new List<Cost>();
        var line = new List<Cost>();
        var ours = new List<Cost>();
        for (int round = 0; round < rounds; round++)
        {
            empty.Add(await EngineProcess.RunAsync<Cost>("import.ps1", EngineProcess.EmptyManifest));
            line.Add(await EngineProcess.RunAsync<Cost>("import.ps1", "PSReadLine"));
            ours.Add(await EngineProcess.RunAsync<Cost>("import.ps1", EngineProcess.Manifest));
        }

        Print("an empty binary module", empty);
        Print("PSReadLine", line);
        Print("MailDns", ours);
        Compare("an empty binary module", ours, empty);
        Compare("PSReadLine", ours, line);
        return 0;
    }

    private static void Compare(string what, List<Cost> ours, List<Cost> theirs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"median against that of {what}: {Median(ours, cost => cost.Wall) / Median(theirs, cost => cost.Wall):F2} in time, {Median(ours, cost => cost.Cpu) / Median(theirs, cost => cost.Cpu):F2} in CPU time"));

    private static void Print(string what, List<Cost> costs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: median {Median(costs, cost => cost.Wall):F0} ms ({costs.Min(cost => cost.Wall):F0} to {costs.Max(cost => cost.Wall):F0}), CPU {Median(costs, cost => cost.Cpu):F0} ms, {costs.Count} imports"));

    private static double Median(List<Cost> costs, Func<Cost, double> pick) => costs.Select(pick).Order().ElementAt(costs.Count / 2);

    private sealed class Cost
    {
        public double Wall { get; init; }

        public double Cpu { get; init; }
    }
}
