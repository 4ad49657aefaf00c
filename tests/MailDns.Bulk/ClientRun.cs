using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver;
using MailDns.Resolver.Pooled;
using MailDns.Sending;

namespace MailDns.Bulk;

/// <summary>One measured run of MailDns in a process of its own.</summary>
internal static class ClientRun
{
    /// <summary>run KIND SERVER DOMAINS LIMIT [VERDICT-FILE].</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        (string kind, string server, int count, int limit) = (args[0], args[1], Program.Number(args[2]), Program.Number(args[3]));
        IDnsExchange? exchange = server.Contains("://", StringComparison.Ordinal) ? null : kind.EndsWith("dnsclient", StringComparison.Ordinal) ? new DnsClientExchange() : new PooledExchange();
        IDnsResolver network = exchange is null ? Secure(server) : new DnsClientResolver(new DnsClientOptions { Servers = [IPEndPoint.Parse(server)] }, exchange);
        using var owner = (IDisposable)network;
        var clock = Stopwatch.StartNew();
        var resolver = new AliasFollowingResolver(new CachingResolver(network, () => clock.Elapsed));
        bool isWhole = kind.StartsWith("check", StringComparison.Ordinal);
        string[] verdicts = args.Length > 4 ? new string[count] : [];
        long first = 0;
        int next = -1;
        long allocated = GC.GetTotalAllocatedBytes();
        var firstDone = new TaskCompletionSource();
        async Task WorkAsync()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                DomainName domain = DomainName.FromDns("d" + i.ToString(System.Globalization.CultureInfo.InvariantCulture) + ".com");
                string verdict = isWhole
                    ? await CheckWholeAsync(domain, resolver)
                    : await TwelveQuestions.CheckAsync(domain, resolver, CancellationToken.None);
                if (verdicts.Length > 0)
                    verdicts[i] = verdict;
                if (Interlocked.CompareExchange(ref first, clock.ElapsedTicks, 0) is 0)
                    firstDone.TrySetResult();
            }
        }

        // The readers begin as gently (ReadWindow).
        Task[] begun = [.. Enumerable.Range(0, Math.Min(limit, 32)).Select(_ => Task.Run(WorkAsync))];
        await Task.WhenAny(firstDone.Task, Task.Delay(150));
        await Task.WhenAll([.. begun, .. Enumerable.Range(begun.Length, limit - begun.Length).Select(_ => Task.Run(WorkAsync))]);
        double seconds = clock.Elapsed.TotalSeconds;
        if (verdicts.Length > 0)
            await File.WriteAllLinesAsync(args[4], verdicts);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new RunResult
        {
            Seconds = seconds,
            FirstMilliseconds = first * 1000.0 / Stopwatch.Frequency,
            CpuMilliseconds = process.TotalProcessorTime.TotalMilliseconds,
            PeakMegabytes = process.PeakWorkingSet64 / 1048576.0,
        }));
        string sockets = exchange is PooledExchange pooled
            ? $"; sent {pooled.Counters.Sent}, sockets {pooled.Counters.Sockets}, wrong id {pooled.Counters.WrongId}, wrong question {pooled.Counters.WrongQuestion}"
            : string.Empty;
        await Console.Error.WriteLineAsync($"{(GC.GetTotalAllocatedBytes() - allocated) / count / 1024.0:F1} KB a domain; collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}, {GC.GetTotalPauseDuration().TotalMilliseconds:F0} ms; compiled {System.Runtime.JitInfo.GetCompiledMethodCount()} methods, {System.Runtime.JitInfo.GetCompilationTime().TotalMilliseconds:F0} ms{sockets}");
        return 0;
    }

    // Its certificate's thumbprint comes after its address.
    private static IDnsResolver Secure(string server)
    {
        string[] parts = server.Split('#');
        return ServerAddress.TryParse(parts[0], out ServerAddress? address, out string reason)
            ? ((IDnsResolverFactory)new DnsClientResolverFactory()).Create(new DnsClientOptions
            {
                Secure = address,
                Validate = (_, certificate, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && certificate?.GetCertHashString() == parts[1],
            })
            : throw new ArgumentException(reason);
    }

    private static async Task<string> CheckWholeAsync(DomainName domain, IDnsResolver resolver)
    {
        var request = new SendingDomainRequest(domain) { Selectors = [TestSupport.Corpus.SendingCorpus.Selector] };
        return string.Join(' ', (await SendingDomainChecker.CheckAsync(request, resolver, CancellationToken.None)).Results
            .Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable))
            .Select(result => result.Id + "=" + result.Status));
    }
}
