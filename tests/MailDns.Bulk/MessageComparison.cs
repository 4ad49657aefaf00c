using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;
using System.Text.Json;
using MailDns.Dns;
using MailDns.Messages;
using MailDns.Sending;
using MailDns.TestSupport;

namespace MailDns.Bulk;

/// <summary>
/// Signed messages through MailDns and mailauth, in turn, in one thread each, with keys and policies from memory. A second is one of the
/// processor's. Memory is what is allocated a message, and the peak of the process over what it has before the first message.
/// </summary>
internal static class MessageComparison
{
    private const double Seconds = 2;

    private static readonly (string Name, int Octets, string Canonicalization)[] s_kinds =
    [
        ("4 KB", 4 << 10, "relaxed/relaxed"),
        ("100 KB", 100 << 10, "relaxed/relaxed"),
        ("25 MB", 25 << 20, "relaxed/relaxed"),
    ];

    /// <summary>messages [ROUNDS].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = args.Length > 0 ? Program.Number(args[0]) : 3;
        string folder = Directory.CreateTempSubdirectory("maildns-bulk-").FullName;
        try
        {
            using var signer = MailSigner.Rsa("example.com", "s", 2048);
            await File.WriteAllTextAsync(Path.Combine(folder, "zone.json"), JsonSerializer.Serialize(new Dictionary<string, string>
            {
                [signer.KeyName] = signer.KeyRecord,
                ["_dmarc.example.com"] = "v=DMARC1; p=reject",
                ["example.com"] = "v=spf1 ip4:192.0.2.10 -all",
            }));
            string? peers = await MailauthPeer.InstallAsync();
            foreach ((string name, int octets, string canonicalization) in s_kinds)
            {
                string file = Path.Combine(folder, octets + ".eml");
                await File.WriteAllTextAsync(file, signer.Sign(Message(octets), new SigningOptions { Canonicalization = canonicalization }), Encoding.Latin1);
                await CompareAsync(name, file, Path.Combine(folder, "zone.json"), rounds, peers);
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>messages-run FILE ZONE: only MailDns.</summary>
    public static async Task<int> RunOwnAsync(string[] args)
    {
        var zone = new MemoryZone(JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(args[1]))!);
        string file = args[0];
        long length = new FileInfo(file).Length;

        // What running this code at all takes is known once a message of another size went through.
        string small = Path.Combine(Path.GetDirectoryName(file)!, "small.eml");
        await File.WriteAllTextAsync(small, "From: a@example.com\r\nSubject: x\r\n\r\nhello\r\n");
        await ProveAsync(small, zone);
        using var process = Process.GetCurrentProcess();
        long before = Peak(process);
        string verdict = await ProveAsync(file, zone);
        long peak = Peak(process) - before;
        await MeasureAsync(file, zone, Seconds / 2);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        (double rate, long done) = await MeasureAsync(file, zone, Seconds);
        double octets = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / done;
        Console.WriteLine(JsonSerializer.Serialize(new MessageResult { Rate = rate, Octets = octets, FirstPeak = peak, Length = length, Peak = Peak(process), Verdict = verdict }));
        return 0;
    }

    private static async Task<(double Rate, long Done)> MeasureAsync(string file, MemoryZone zone, double seconds)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan started = Environment.CpuUsage.TotalTime;
        long done = 0;
        do
        {
            await ProveAsync(file, zone);
            done++;
        }
        while (clock.Elapsed.TotalSeconds < seconds);
        return (done / (Environment.CpuUsage.TotalTime - started).TotalSeconds, done);
    }

    private static async Task<string> ProveAsync(string file, MemoryZone zone)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        var request = new MessageRequest { IPAddress = System.Net.IPAddress.Parse("192.0.2.10"), Sender = "a@example.com", Helo = "mail.example.com", Now = DateTimeOffset.UtcNow, Ed25519 = () => throw new NotSupportedException() };
        MailMessageResult result = await MessageProof.ProveAsync(stream, request, new PlatformRequest(), zone, CancellationToken.None, CancellationToken.None);
        return $"{result.Dkim.FirstOrDefault()?.Result} {result.Spf?.Result} {result.DmarcResult}".ToLowerInvariant();
    }

    private static long Peak(Process process)
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    }

    private static async Task CompareAsync(string name, string file, string zone, int rounds, string? peers)
    {
        var ours = new List<MessageResult>();
        var theirs = new List<MessageResult>();
        for (int round = 0; round < rounds; round++)
        {
            ours.Add(await ChildProcess.RunAsync<MessageResult>(ChildProcess.Own("messages-run", file, zone)));
            if (peers is not null)
            {
                string script = Path.Combine(AppContext.BaseDirectory, "peers", "messages.js");
                MessageResult memory = await ChildProcess.RunAsync<MessageResult>(ChildProcess.Start("node", "--expose-gc", "--min-semi-space-size=1024", "--max-semi-space-size=1024", script, peers, file, zone, "memory"));
                theirs.Add((await ChildProcess.RunAsync<MessageResult>(ChildProcess.Start("node", script, peers, file, zone))) with { Octets = memory.Octets });
            }
        }

        Print(name + ", MailDns", ours);
        if (theirs.Count == 0)
            return;
        Print(name + ", mailauth", theirs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  best against best {ours.Max(result => result.Rate) / theirs.Max(result => result.Rate):F1}, median against median {Median(ours) / Median(theirs):F1} (at least 2); memory a message 1/{theirs.Min(result => result.Octets) / ours.Min(result => result.Octets):F0} (at most 1/10)"));
        if (ours[0].Verdict != theirs[0].Verdict)
            Console.WriteLine("  the verdicts differ: " + ours[0].Verdict + " and " + theirs[0].Verdict);
    }

    private static void Print(string who, List<MessageResult> results) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{who}: best {results.Max(result => result.Rate):N1} messages a CPU second ({results.Max(result => result.Rate) * results[0].Length / 1e6:N1} MB), median {Median(results):N1}; {results.Min(result => result.Octets) / 1024:N0} KB a message; the first adds {results.Min(result => result.FirstPeak) / 1048576.0:N1} MB to the process, whose peak is {results.Min(result => result.Peak) / 1048576.0:N0} MB; {results[0].Verdict}"));

    private static double Median(List<MessageResult> results) => results.Select(result => result.Rate).Order().ElementAt(results.Count / 2);

    // Text with white space to canonicalize, then base64 as of attachments.
    private static string Message(int octets)
    {
        var text = new StringBuilder("From: Ann <a@example.com>\r\nTo: Bob <b@example.net>\r\nSubject: a message of some length, folded\r\n  once\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n");
        for (int i = 0; i < 10; i++)
            text.Append("X-Header-").Append(i).Append(": some value that servers write, number ").Append(i).Append("\r\n");
        text.Append("\r\n--b\r\nContent-Type: text/plain\r\n\r\n");
        var random = new Random(1);
        while (text.Length < octets / 4)
            text.Append("Some words  of text with spaces, and  a line  that ends in one \r\n");
        text.Append("\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        var line = new byte[57];
        while (text.Length < octets)
        {
            random.NextBytes(line);
            text.Append(Convert.ToBase64String(line)).Append("\r\n");
        }

        return text.Append("--b--\r\n").ToString();
    }

    private sealed record MessageResult
    {
        public double Rate { get; init; }

        public double Octets { get; init; }

        public long FirstPeak { get; init; }

        public long Peak { get; init; }

        public long Length { get; init; }

        public string Verdict { get; init; } = string.Empty;
    }

    /// <summary>TXT records from memory.</summary>
    private sealed class MemoryZone(Dictionary<string, string> texts) : IDnsResolver
    {
        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) => Task.FromResult(
            question.Type == DnsRecordType.Txt && texts.TryGetValue(question.Name.Text, out string? text)
                ? DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.Txt, 300, new TxtData(text))])
                : DnsResponse.NxDomain(question));
    }
}
