using BenchmarkDotNet.Attributes;
using MailDns.Dmarc;

namespace MailDns.Benchmarks;

/// <summary>A record with every tag that domains commonly publish.</summary>
[MemoryDiagnoser]
public class DmarcParserBenchmarks
{
    private const string Text = "v=DMARC1; p=quarantine; sp=reject; adkim=s; aspf=r; pct=100; fo=1; rua=mailto:dmarc@example.com,mailto:reports@example.net!10m; ruf=mailto:forensic@example.com";

    [Benchmark]
    public object Read() => DmarcParser.Read(Text);
}
