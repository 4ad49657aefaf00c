using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Benchmarks;
using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.MtaSts;
using MailDns.Sending;
using MailDns.TestSupport.Corpus;
using MailDns.TlsRpt;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Resolver.Tests.Bulk;

/// <summary>
/// What an operation allocates: the same on every machine, busy or not. A bound is what was measured and a quarter more, so
/// that a regression fails. Debug builds allocate more (their asynchronous methods are classes), so they have bounds of
/// their own.
/// </summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Domains = 64;

    private static readonly WireWriter s_writer = new();

    private static readonly Dictionary<string, Action> s_operations = new(StringComparer.Ordinal)
    {
        ["SPF parse"] = () => SpfParser.Parse(SampleRecords.Spf),
        ["DMARC parse"] = () => DmarcParser.Parse(SampleRecords.Dmarc),
        ["DKIM parse"] = () => DkimKeyParser.Parse(SampleRecords.Dkim),
        ["BIMI parse"] = () => BimiParser.Parse(SampleRecords.Bimi),
        ["MTA-STS parse"] = () => MtaStsParser.Parse(SampleRecords.MtaSts),
        ["MTA-STS policy parse"] = () => MtaStsPolicyParser.Parse(SampleRecords.MtaStsPolicy),
        ["TLS-RPT parse"] = () => TlsRptParser.Parse(SampleRecords.TlsRpt),
        ["query written"] = () => WireSamples.Write(s_writer),
        ["answer matched"] = () => WireSamples.IsMatch(),
        ["TXT read"] = () => WireSamples.Read(WireSamples.Txt, WireSamples.TxtQuestion),
        ["MX read"] = () => WireSamples.Read(WireSamples.Mx, WireSamples.MxQuestion),
        ["NXDOMAIN read"] = () => WireSamples.Read(WireSamples.NxDomain, WireSamples.TxtQuestion),
    };

    private readonly ITestOutputHelper _output;

    public AllocationTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData("SPF parse", 870, 830)]
    [InlineData("DMARC parse", 3900, 3900)]
    [InlineData("DKIM parse", 11000, 10500)]
    [InlineData("BIMI parse", 2900, 2870)]
    [InlineData("MTA-STS parse", 1260, 1220)]
    [InlineData("MTA-STS policy parse", 5100, 4930)]
    [InlineData("TLS-RPT parse", 3900, 3790)]
    [InlineData("query written", 0, 0)]
    [InlineData("answer matched", 0, 0)]
    [InlineData("TXT read", 990, 990)]
    [InlineData("MX read", 1140, 1140)]
    [InlineData("NXDOMAIN read", 480, 480)]
    public void An_operation_allocates_no_more_than(string operation, int debug, int release) =>
        Check(operation, PerOperation(s_operations[operation], 500), debug, release);

    [Theory]
    [InlineData("spf", 550, 550)]
    [InlineData("dmarc", 1000, 1000)]
    public void A_record_of_the_corpus_allocates_no_more_than(string kind, int debug, int release)
    {
        // The records as they come, faulty and long ones too.
        string start = kind is "spf" ? "v=spf1 " : "v=DMARC1";
        SendingCorpus corpus = SendingCorpus.Generate(400);
        string[] texts = [.. corpus.Zone.Records.Where(record => record.Type is 16).Select(Text).Where(text => text.StartsWith(start, StringComparison.Ordinal))];
        Assert.InRange(texts.Length, 100, int.MaxValue);
        Check(kind, PerOperation(
            () =>
            {
                foreach (string text in texts)
                {
                    if (kind is "spf")
                        _ = SpfParser.TryParse(text, out _, out _);
                    else
                        _ = DmarcParser.Read(text);
                }
            },
            5) / texts.Length, debug, release);
    }

    [Fact]
    public void A_typical_SPF_record_costs_less_than_a_kilobyte() =>
        Assert.InRange(PerOperation(s_operations["SPF parse"], 500), 1, 1023);

    [Theory]
    [InlineData("whole check", 410_000, 240_000)]
    [InlineData("DKIM status", 52_000, 33_500)]
    [InlineData("DMARC discovery", 10_200, 8_900)]
    public void A_domain_allocates_no_more_than(string what, int debug, int release)
    {
        (DomainName[] domains, IDnsResolver resolver) = CorpusInMemory.Create(Domains);
        Check(what, PerOperation(
            () =>
            {
                var clock = Stopwatch.StartNew();
                var cached = new AliasFollowingResolver(new CachingResolver(resolver, () => clock.Elapsed));
                foreach (DomainName domain in domains)
                {
                    ReadAsync(what, domain, cached).GetAwaiter().GetResult();
                }
            },
            3,
            () => GC.GetTotalAllocatedBytes(precise: true)) / Domains, debug, release);
    }

    [Fact]
    public void More_is_seen_as_more()
    {
        // The twin: what would pass a bound if nothing were counted.
        Assert.InRange(PerOperation(() => GC.KeepAlive(new byte[5000]), 500), 5000, 5100);
        Assert.Equal(0, PerOperation(() => { }, 500));
    }

    private static Task ReadAsync(string what, DomainName domain, IDnsResolver resolver) => what switch
    {
        "DKIM status" => DkimStatusReader.ReadAsync(domain, [SendingCorpus.Selector], resolver, CancellationToken.None),
        "DMARC discovery" => DmarcDiscovery.RunAsync(domain, new DmarcTreeWalker(resolver), resolver, suffixes: null, CancellationToken.None),
        _ => SendingDomainChecker.CheckAsync(new SendingDomainRequest(domain) { Selectors = [SendingCorpus.Selector] }, resolver, CancellationToken.None),
    };

    /// <summary>Octets of one of many, in the best of several rounds: what is made once is not counted.</summary>
    /// <param name="operation">What is measured.</param>
    /// <param name="count">How often.</param>
    /// <param name="allocated">The octets so far; null for those of this thread, which sees nothing of work on others.</param>
    private static long PerOperation(Action operation, int count, Func<long>? allocated = null)
    {
        allocated ??= GC.GetAllocatedBytesForCurrentThread;
        long best = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = allocated();
            for (int i = 0; i < count; i++)
                operation();
            best = Math.Min(best, (allocated() - before) / count);
        }

        return best;
    }

    private void Check(string what, long found, int debug, int release)
    {
#if DEBUG
        int bound = debug;
#else
        int bound = release;
#endif
        _output.WriteLine(FormattableString.Invariant($"{what}: {found} B, bound {bound} B ({debug} and {release})"));
        Assert.InRange(found, 0, bound);
    }

    private static string Text(TestSupport.TestRecord record)
    {
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < record.Data.Length; i += record.Data[i] + 1)
            text.Append(System.Text.Encoding.Latin1.GetString(record.Data, i + 1, record.Data[i]));
        return text.ToString();
    }
}

/// <summary>Alone: what other tests allocate at the same time would be counted.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;
