using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using MailDns.Dns;
using MailDns.Spf;

namespace MailDns.Benchmarks;

/// <summary>Optimize-SpfRecord: three includes, a and mx, kept or replaced by the addresses that they stand for.</summary>
[MemoryDiagnoser]
public class SpfFlattenBenchmarks
{
    private const string Text = "v=spf1 include:_spf.example.net include:spf.example.org include:mail.example.com a mx ~all";

    private readonly DomainName _domain = DomainName.FromDns("example.com");

    private readonly PrebuiltResolver _resolver = new PrebuiltResolver()
        .Txt("example.com", Text)
        .Txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/25 ip4:198.51.100.128/26 ip6:2001:db8:1::/48 ~all")
        .Txt("spf.example.org", "v=spf1 ip4:203.0.113.0/24 ip6:2001:db8:2::/48 -all")
        .Txt("mail.example.com", "v=spf1 a mx -all")
        .Address("example.com", "192.0.2.1")
        .Mx("example.com", 10, "mx1.example.com")
        .Address("mail.example.com", "192.0.2.25")
        .Mx("mail.example.com", 10, "mx1.example.com")
        .Address("mx1.example.com", "192.0.2.26");

    [GlobalSetup]
    public async Task VerifyAsync()
    {
        string flat = (await OptimizeAsync(flatten: true)).After;
        if (!flat.Contains("ip4:203.0.113.0/24", StringComparison.Ordinal) || flat.Contains("include", StringComparison.Ordinal))
            throw new InvalidOperationException("This is not flat: " + flat);
    }

    [Benchmark]
    public Task Flatten() => OptimizeAsync(flatten: true);

    [Benchmark]
    public Task Optimize() => OptimizeAsync(flatten: false);

    private Task<SpfOptimization> OptimizeAsync(bool flatten) => SpfOptimizer.OptimizeAsync(_domain, Text, flatten, _resolver, CancellationToken.None);
}
