using System;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using MailDns.Dkim;

namespace MailDns.Benchmarks;

/// <summary>A record with an RSA key of 2048 bits.</summary>
[MemoryDiagnoser]
public class DkimKeyParserBenchmarks
{
    private string _text = string.Empty;

    [GlobalSetup]
    public void MakeKey()
    {
        using var key = RSA.Create(2048);
        _text = "v=DKIM1; k=rsa; h=sha256; p=" + Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        _ = DkimKeyParser.Parse(_text);
    }

    [Benchmark]
    public object Read() => DkimKeyParser.Read(_text);
}
