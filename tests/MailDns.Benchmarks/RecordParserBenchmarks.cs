using BenchmarkDotNet.Attributes;
using MailDns.Bimi;
using MailDns.MtaSts;
using MailDns.TlsRpt;

namespace MailDns.Benchmarks;

/// <summary>The shorter records as domains publish them, from text to the object.</summary>
[MemoryDiagnoser]
public class RecordParserBenchmarks
{
    [Benchmark]
    public object Bimi() => BimiParser.Parse(SampleRecords.Bimi);

    [Benchmark]
    public object MtaSts() => MtaStsParser.Parse(SampleRecords.MtaSts);

    [Benchmark]
    public object MtaStsPolicy() => MtaStsPolicyParser.Parse(SampleRecords.MtaStsPolicy);

    [Benchmark]
    public object TlsRpt() => TlsRptParser.Parse(SampleRecords.TlsRpt);
}
