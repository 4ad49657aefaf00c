using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Sending;
using MailDns.TestSupport.Corpus;

namespace MailDns.Benchmarks;

/// <summary>What is read and judged of a domain, over the generated corpus, all answered in memory. Each is of one domain.</summary>
[MemoryDiagnoser]
public class DomainCheckBenchmarks
{
    private const int Count = 64;

    private DomainName[] _domains = [];
    private IDnsResolver _resolver = new PrebuiltResolver();

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        (_domains, _resolver) = CorpusInMemory.Create(Count);
        if (await WholeCheckAsync() < Count * 40)
            throw new InvalidOperationException("The checks do not give the results that are to be measured.");
        await DkimStatusAsync();
        await DmarcDiscoveryAsync();
    }

    /// <summary>The key at a selector, read and judged.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<int> DkimStatusAsync()
    {
        int keys = 0;
        foreach (DomainName domain in _domains)
            keys += (await DkimStatusReader.ReadAsync(domain, [SendingCorpus.Selector], _resolver, CancellationToken.None)).Count;
        return keys;
    }

    /// <summary>The tree walk of RFC 9989 and what follows from it.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<int> DmarcDiscoveryAsync()
    {
        int found = 0;
        foreach (DomainName domain in _domains)
            found += (await DmarcDiscovery.RunAsync(domain, new DmarcTreeWalker(_resolver), _resolver, suffixes: null, CancellationToken.None)).Selection.Record is null ? 0 : 1;
        return found;
    }

    /// <summary>All that Test-SendingDomain does but DNS and the pipeline, with the pipeline's cache.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public async Task<int> WholeCheckAsync()
    {
        var clock = Stopwatch.StartNew();
        var resolver = new AliasFollowingResolver(new CachingResolver(_resolver, () => clock.Elapsed));
        int results = 0;
        foreach (DomainName domain in _domains)
            results += (await SendingDomainChecker.CheckAsync(new SendingDomainRequest(domain) { Selectors = [SendingCorpus.Selector] }, resolver, CancellationToken.None)).Results.Count;
        return results;
    }
}
