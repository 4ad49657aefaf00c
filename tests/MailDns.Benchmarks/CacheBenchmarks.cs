using System;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using MailDns.Dns;

namespace MailDns.Benchmarks;

/// <summary>The pipeline's cache: a question whose answer is kept, and one that has to be asked.</summary>
[MemoryDiagnoser]
public class CacheBenchmarks
{
    private static readonly DnsQuestion s_question = new(DomainName.FromDns("example.com"), DnsRecordType.Txt);

    private readonly CachingResolver _hit = Create(CachingResolver.DefaultMaxBytes);

    // A cache of no size keeps nothing: every question is a miss.
    private readonly CachingResolver _miss = Create(maxBytes: 0);

    [Benchmark]
    public Task Hit() => _hit.QueryAsync(s_question, CancellationToken.None);

    [Benchmark]
    public Task Miss() => _miss.QueryAsync(s_question, CancellationToken.None);

    private static CachingResolver Create(long maxBytes) =>
        new(new PrebuiltResolver().Txt("example.com", SampleRecords.Spf), static () => TimeSpan.Zero, maxBytes);
}
