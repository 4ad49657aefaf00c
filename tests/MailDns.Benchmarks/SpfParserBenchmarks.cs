using BenchmarkDotNet.Attributes;
using MailDns.Spf;

namespace MailDns.Benchmarks;

/// <summary>A record as most domains publish it.</summary>
[MemoryDiagnoser]
public class SpfParserBenchmarks
{
    [Benchmark]
    public object Parse() => SpfParser.Parse(SampleRecords.Spf);
}
