using BenchmarkDotNet.Attributes;
using MailDns.Dmarc;

namespace MailDns.Benchmarks;

/// <summary>A record with every tag that domains commonly publish.</summary>
[MemoryDiagnoser]
public class DmarcParserBenchmarks
{
    [Benchmark]
    public object Read() => DmarcParser.Read(SampleRecords.Dmarc);
}
