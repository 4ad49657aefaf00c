using System;
using BenchmarkDotNet.Attributes;
using MailDns.Dns;
using MailDns.Resolver;

namespace MailDns.Benchmarks;

/// <summary>DNS messages: a query written, an answer read and judged.</summary>
[MemoryDiagnoser]
public class WireBenchmarks
{
    private readonly WireWriter _writer = new();

    [Benchmark]
    public int WriteQuery() => WireSamples.Write(_writer);

    [Benchmark]
    public bool MatchAnswer() => WireSamples.IsMatch();

    [Benchmark]
    public object ReadTxt() => WireSamples.Read(WireSamples.Txt, WireSamples.TxtQuestion);

    [Benchmark]
    public object ReadMx() => WireSamples.Read(WireSamples.Mx, WireSamples.MxQuestion);

    [Benchmark]
    public object ReadNxDomain() => WireSamples.Read(WireSamples.NxDomain, WireSamples.TxtQuestion);
}
