using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>DNS over TLS and over HTTPS against UDP: the same server, zone and delays, in turn; rates, and verdicts that differ.</summary>
internal static class SecureRun
{
    private static readonly string[] s_kinds = ["twelve", "check"];

    /// <summary>secure [DOMAINS] [ROUNDS] [AT-A-TIME].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = args.Length > 0 ? Program.Number(args[0]) : 10_000;
        int rounds = args.Length > 1 ? Program.Number(args[1]) : 1;
        int limit = args.Length > 2 ? Program.Number(args[2]) : 100;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            string expected = Path.Combine(folder, "expected");
            await using var server = await ServerProcess.StartAsync(count, seed: 1, expected);
            string[] secure = (await server.TellAsync("secure")).Split(' ');
            (string Name, string Address)[] ways = [("UDP", server.Address), ("TLS", secure[0] + "#" + secure[2]), ("HTTPS", secure[1] + "#" + secure[2])];
            await server.TellAsync("delay 20 50");
            Console.WriteLine(FormattableString.Invariant($"{count} domains, {limit} at a time, answers after 20 to 50 ms, best of {rounds}"));
            foreach (string kind in s_kinds)
            {
                double udp = 0;
                string reference = kind is "twelve" ? expected : Path.Combine(folder, "check-UDP");
                foreach ((string name, string address) in ways)
                {
                    string verdicts = Path.Combine(folder, kind + "-" + name);
                    RunResult? best = null;
                    for (int round = 0; round < rounds; round++)
                    {
                        RunResult result = await ChildProcess.RunAsync<RunResult>(ChildProcess.Own("run", kind, address, Text(count), Text(limit), verdicts));
                        best = best is null || result.Seconds < best.Seconds ? result : best;
                    }

                    double rate = count / best!.Seconds;
                    udp = udp is 0 ? rate : udp;
                    int wrong = (await File.ReadAllLinesAsync(reference)).Zip(await File.ReadAllLinesAsync(verdicts)).Count(pair => pair.First != pair.Second);
                    Console.WriteLine(FormattableString.Invariant($"{kind} over {name}: {rate:F0} domains/s, {rate / udp:F2} of UDP's, CPU {best.CpuMilliseconds / count:F2} ms/domain, peak {best.PeakMegabytes:F0} MB, {wrong} verdicts differ"));
                }
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
