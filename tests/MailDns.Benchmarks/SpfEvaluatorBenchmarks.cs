using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using MailDns.Spf;

namespace MailDns.Benchmarks;

/// <summary>check_host() over a record with three includes: five terms with lookups, seven questions, all answered in memory.</summary>
[MemoryDiagnoser]
public class SpfEvaluatorBenchmarks
{
    private readonly PrebuiltResolver _resolver = new PrebuiltResolver()
        .Txt("example.com", "v=spf1 include:_spf.example.net include:spf.example.org include:mail.example.com ~all")
        .Txt("_spf.example.net", "v=spf1 ip4:198.51.100.0/25 ip4:198.51.100.128/26 ip6:2001:db8:1::/48 ~all")
        .Txt("spf.example.org", "v=spf1 ip4:203.0.113.0/24 ip6:2001:db8:2::/48 -all")
        .Txt("mail.example.com", "v=spf1 a mx -all")
        .Address("mail.example.com", "192.0.2.25")
        .Mx("mail.example.com", 10, "mx1.example.com")
        .Address("mx1.example.com", "192.0.2.26");

    private readonly SpfQuery _last = Query("192.0.2.26");
    private readonly SpfQuery _none = Query("192.0.2.99");

    /// <summary>The last mechanism of the last include matches.</summary>
    [Benchmark]
    public Task<SpfResult> Pass() => CheckAsync(_last);

    /// <summary>Nothing matches; ~all decides.</summary>
    [Benchmark]
    public Task<SpfResult> SoftFail() => CheckAsync(_none);

    [GlobalSetup]
    public async Task VerifyAsync()
    {
        // A benchmark of wrong results would measure nothing.
        if ((await Pass()).Result != SpfResultCode.Pass || (await SoftFail()).Result != SpfResultCode.SoftFail)
            throw new InvalidOperationException("The zone does not give the results that are to be measured.");
    }

    private static SpfQuery Query(string client) => SpfQuery.ForMailFrom(IPAddress.Parse(client), "user@example.com", "mail.example.com");

    private Task<SpfResult> CheckAsync(SpfQuery query) =>
        SpfEvaluator.CheckHostAsync(query, _resolver, SpfLimits.Default, CancellationToken.None, CancellationToken.None);
}
