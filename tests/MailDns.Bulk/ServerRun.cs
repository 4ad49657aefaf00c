using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Tasks;
using MailDns.Resolver.Tests.Secure;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;

namespace MailDns.Bulk;

/// <summary>The corpus on a loopback server in a process of its own, steered by lines on standard input.</summary>
internal static class ServerRun
{
    /// <summary>serve DOMAINS SEED [EXPECTED-FILE]; then lines: delay MIN MAX, loss PERCENT, clear, counts, secure.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int count = Program.Number(args[0]);
        LoopbackDnsServer server = Start(count, Program.Number(args[1]), args.Length > 2 ? args[2] : null);
        await using (server)
        {
            Console.WriteLine(server.Address);
            using var authority = new TlsAuthority();
            X509Certificate2 certificate = authority.Issue(["localhost"]);
            await using SecureFront front = await SecureFront.StartAsync(server, certificate);
            while (await Console.In.ReadLineAsync() is { } line)
            {
                if (line is "secure")
                    Console.WriteLine($"tls://localhost:{front.TlsPort} https://localhost:{front.HttpsPort}/dns-query {certificate.Thumbprint}");
                else
                    Obey(server, line.Split(' '));
            }
        }

        return 0;
    }

    private static LoopbackDnsServer Start(int count, int seed, string? expectedFile)
    {
        SendingCorpus corpus = SendingCorpus.Generate(count, seed);
        if (expectedFile is not null)
            File.WriteAllLines(expectedFile, corpus.Domains.Select(TwelveQuestions.Expected));
        return LoopbackDnsServer.Start(corpus.Zone, new LoopbackDnsServerOptions { LogQueries = false, CountRepeats = true, ExpectedQuestions = 24 * count, Coalesce = true });
    }

    private static void Obey(LoopbackDnsServer server, string[] words)
    {
        switch (words[0])
        {
            case "delay":
                server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(Program.Number(words[1])), TimeSpan.FromMilliseconds(Program.Number(words[2]))));
                Console.WriteLine("done");
                break;
            case "loss":
                server.AddFault(DnsFault.Loss(double.Parse(words[1], CultureInfo.InvariantCulture) / 100));
                Console.WriteLine("done");
                break;
            case "clear":
                server.ClearFaults();
                server.ClearCounts();
                Console.WriteLine("done");
                break;
            default:
                Console.WriteLine(JsonSerializer.Serialize(new ServerCounts
                {
                    Udp = server.UdpQueries,
                    Tcp = server.TcpQueries,
                    Dropped = server.Dropped,
                    Repeats = server.Repeats,
                }));
                break;
        }
    }
}
