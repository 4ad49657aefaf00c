using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using MailDns.Dmarc;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;

namespace MailDns.Bulk;

/// <summary>
/// The records of a corpus through MailDns' parsers and mailauth's, in turn, in one thread each. A second is one of the
/// processor's for all that the process does, collecting garbage too: so other work on the machine counts for little.
/// </summary>
internal static class ParseComparison
{
    private const double Seconds = 1;

    /// <summary>parse [DOMAINS] [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        int rounds = args.Length > 1 ? Program.Number(args[1]) : 5;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            string file = Path.Combine(folder, "records.json");
            (string[] spf, string[] dmarc) = Records(count);
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { spf, dmarc }));
            string? peers = await MailauthPeer.InstallAsync();
            await CompareAsync("spf", "SPF", file, spf.Length, rounds, peers, "at least 4");
            await CompareAsync("dmarc", "DMARC", file, dmarc.Length, rounds, peers, "no aim");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>parse-run KIND FILE: only MailDns.</summary>
    public static async Task<int> RunOwnAsync(string[] args)
    {
        Dictionary<string, string[]> records = JsonSerializer.Deserialize<Dictionary<string, string[]>>(await File.ReadAllTextAsync(args[1]))!;
        string[] texts = records[args[0]];
        Func<string, bool> parse = args[0] is "spf" ? text => SpfParser.TryParse(text, out _, out _) : IsDmarc;
        int refused = texts.Count(text => !parse(text));
        Measure(texts, parse, Seconds / 2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        double rate = Measure(texts, parse, Seconds, out long done);
        double octets = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / done;
        Console.WriteLine(JsonSerializer.Serialize(new ParseResult { Rate = rate, Octets = octets, Refused = refused }));
        return 0;
    }

    private static bool IsDmarc(string text)
    {
        // mailauth's parser does not throw either: it gives what it could read.
        return DmarcParser.Read(text).Policy is not null;
    }

    private static double Measure(string[] texts, Func<string, bool> parse, double seconds) => Measure(texts, parse, seconds, out _);

    private static double Measure(string[] texts, Func<string, bool> parse, double seconds, out long done)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        done = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            foreach (string text in texts)
                parse(text);
            done += texts.Length;
        }

        return done / (Environment.CpuUsage.TotalTime - started).TotalSeconds;
    }

    private static async Task CompareAsync(string kind, string what, string file, int count, int rounds, string? peers, string aim)
    {
        string[] peerKinds = peers is null ? [] : kind is "spf" ? ["spf", "terms"] : [kind];
        var ours = new List<ParseResult>();
        Dictionary<string, List<ParseResult>> theirs = peerKinds.ToDictionary(peer => peer, _ => new List<ParseResult>(), StringComparer.Ordinal);
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await ChildProcess.RunAsync<ParseResult>(ChildProcess.Own("parse-run", kind, file)));
            foreach (string peer in peerKinds)
                theirs[peer].Add(await ChildProcess.RunAsync<ParseResult>(ChildProcess.Start("node", Path.Combine(AppContext.BaseDirectory, "peers", "parse.js"), peers!, peer, file)));
        }

        Print(what + ", MailDns", ours, count, string.Create(CultureInfo.InvariantCulture, $", {ours[0].Octets:F0} B a record"));
        foreach ((string peer, List<ParseResult> results) in theirs)
        {
            string name = what + ", mailauth" + (peer is "terms" ? ", terms that are split already" : string.Empty);
            Print(name, results, count, string.Empty);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  best against best {ours.Max(result => result.Rate) / results.Max(result => result.Rate):F1}, median against median {Median(ours) / Median(results):F1} ({aim})"));
        }
    }

    private static void Print(string who, List<ParseResult> results, int count, string more) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{who}: best {results.Max(result => result.Rate):N0} records a CPU second, median {Median(results):N0}{more}; {results[0].Refused} of {count} refused"));

    private static double Median(List<ParseResult> results) => results.Select(result => result.Rate).Order().ElementAt(results.Count / 2);

    private static (string[] Spf, string[] Dmarc) Records(int count)
    {
        string[] texts = [.. SendingCorpus.Generate(count).Zone.Records.Where(record => record.Type == (int)DnsType.TXT).Select(Text)];
        return ([.. texts.Where(text => text.StartsWith("v=spf1 ", StringComparison.Ordinal))], [.. texts.Where(text => text.StartsWith("v=DMARC1", StringComparison.Ordinal))]);
    }

    private static string Text(TestRecord record)
    {
        var text = new StringBuilder();
        for (int i = 0; i < record.Data.Length; i += record.Data[i] + 1)
            text.Append(Encoding.Latin1.GetString(record.Data, i + 1, record.Data[i]));
        return text.ToString();
    }

    private sealed class ParseResult
    {
        public double Rate { get; init; }

        public double Octets { get; init; }

        public int Refused { get; init; }
    }
}
