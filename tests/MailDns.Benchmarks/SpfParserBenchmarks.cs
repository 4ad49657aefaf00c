using BenchmarkDotNet.Attributes;
using MailDns.Spf;

namespace MailDns.Benchmarks;

/// <summary>A record as most domains publish it.</summary>
[MemoryDiagnoser]
public class SpfParserBenchmarks
{
    private const string Text = "v=spf1 include:_spf.google.com include:spf.protection.outlook.com ip4:203.0.113.0/24 a mx ~all";

    [Benchmark]
    public object Parse() => SpfParser.Parse(Text);
}
