using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>The first Test-SendingDomain of a session, nearly all of which is compilation, each time in a fresh process.</summary>
internal static class FirstCheck
{
    /// <summary>first [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? Program.Number(args[0]) : 11;
        string zone = Path.Combine(Path.GetDirectoryName(EngineProcess.Manifest)!, "examples", "zones", "example.com.zone");
        var results = new List<Result>();
        for (int round = 0; round < rounds; round++)
            results.Add(await EngineProcess.RunAsync<Result>("first.ps1", EngineProcess.Manifest, zone));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"first check: median {Median(results.Select(result => result.First)):F0} ms ({results.Min(result => result.First):F0} to {results.Max(result => result.First):F0}), second {Median(results.Select(result => result.Second)):F0} ms, {rounds} sessions"));
        return 0;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

    private sealed class Result
    {
        public double First { get; init; }

        public double Second { get; init; }
    }
}
