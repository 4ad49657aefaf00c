using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver;
using MailDns.Resolver.Pooled;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;

namespace MailDns.Bulk;

/// <summary>How many queries a second this machine can serve and ask at all, and what part of them MailDns' transport reaches.</summary>
internal static partial class PhysicalLimit
{
    private static readonly int[] s_widths = [10, 100, 500];

    /// <summary>physical [DOMAINS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        if (!HasTool("dnsperf", "-h"))
        {
            Console.WriteLine("skipped: no dnsperf (Debian package dnsperf)");
            return 0;
        }

        SendingCorpus corpus = SendingCorpus.Generate(count);
        const string Apex = ". 3600 IN SOA ns.invalid. hostmaster.invalid. 1 7200 3600 1209600 300\n. 3600 IN NS ns.invalid.\n";
        using RealDnsServer? server = RealDnsServer.TryStart(Apex + corpus.Zone.ToZoneText(), "nsd");
        if (server is null)
        {
            Console.WriteLine("skipped: no nsd (Debian package nsd)");
            return 0;
        }

        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, Questions(count));
            foreach (int width in s_widths)
                await CompareAsync(server, file, width);
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>physical-run SERVER FILE LIMIT: the same questions by MailDns' transport, without a cache.</summary>
    public static async Task<int> RunOwnAsync(string[] args)
    {
        DnsQuestion[] questions = [.. (await File.ReadAllLinesAsync(args[1])).Select(Read)];
        using var resolver = new DnsClientResolver(new DnsClientOptions { Servers = [IPEndPoint.Parse(args[0])] }, new PooledExchange());
        int limit = Program.Number(args[2]);
        int next = -1;
        long failed = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, limit).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < questions.Length; i = Interlocked.Increment(ref next))
            {
                if ((await resolver.QueryAsync(questions[i], CancellationToken.None)).IsFailure)
                    Interlocked.Increment(ref failed);
            }
        })));
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new OwnResult
        {
            Rate = questions.Length / clock.Elapsed.TotalSeconds,
            Failed = failed,
            CpuMicroseconds = process.TotalProcessorTime.TotalMicroseconds / questions.Length,
        }));
        return 0;
    }

    private static async Task CompareAsync(RealDnsServer server, string file, int width)
    {
        string[] options = ["-s", "127.0.0.1", "-p", Text(server.EndPoint.Port), "-d", file, "-n", "1", "-q", Text(width)];
        string report = await ChildProcess.RunAsync(ChildProcess.Start("dnsperf", options));
        double limit = double.Parse(RateLine().Match(report).Groups["rate"].Value, CultureInfo.InvariantCulture);
        OwnResult own = await ChildProcess.RunAsync<OwnResult>(ChildProcess.Own("physical-run", server.Address, file, Text(width)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{width} outstanding: dnsperf {limit:N0} queries/s, MailDns {own.Rate:N0} ({100 * own.Rate / limit:F0} %), {own.CpuMicroseconds:F0} microseconds of CPU each with start-up, {own.Failed} failed"));
    }

    private static IEnumerable<string> Questions(int count)
    {
        for (int i = 0; i < count; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"d{i}.com");
            foreach (string type in new[] { "TXT", "MX", "A", "AAAA", "NS" })
                yield return name + " " + type;
            foreach (string label in new[] { "_dmarc", SendingCorpus.Selector + "._domainkey", "default._bimi", "_mta-sts", "_smtp._tls" })
                yield return label + "." + name + " TXT";
            yield return "click." + name + " CNAME";
            yield return "bounce." + name + " CNAME";
        }
    }

    private static DnsQuestion Read(string line)
    {
        string[] words = line.Split(' ');
        return DnsRecordTypes.TryParse(words[1], out DnsRecordType type)
            ? new DnsQuestion(DomainName.FromDns(words[0]), type)
            : throw new FormatException(line);
    }

    private static bool HasTool(string program, string option)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, option) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit(5000);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Queries per second:\s+(?<rate>[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RateLine();

    private sealed class OwnResult
    {
        public double Rate { get; init; }

        public long Failed { get; init; }

        public double CpuMicroseconds { get; init; }
    }
}
