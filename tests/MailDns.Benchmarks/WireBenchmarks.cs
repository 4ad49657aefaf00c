using System;
using BenchmarkDotNet.Attributes;
using MailDns.Dns;
using MailDns.Resolver;
using MailDns.Resolver.Wire;

namespace MailDns.Benchmarks;

/// <summary>DNS messages: a query written, an answer read and judged.</summary>
[MemoryDiagnoser]
public class WireBenchmarks
{
    private readonly byte[] _buffer = new byte[WireQuery.MaxLength];

    [Benchmark]
    public int WriteQuery() => WireSamples.Write(_buffer);

    [Benchmark]
    public bool MatchAnswer() => WireMessage.IsFor(WireSamples.Txt, WireSamples.Name, DnsRecordType.Txt);

    [Benchmark]
    public object ReadTxt() => WireSamples.Read(WireSamples.Txt, WireSamples.TxtQuestion);

    [Benchmark]
    public object ReadMx() => WireSamples.Read(WireSamples.Mx, WireSamples.MxQuestion);

    [Benchmark]
    public object ReadNxDomain() => WireSamples.Read(WireSamples.NxDomain, WireSamples.TxtQuestion);
}
