using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Integration.Tests.Formats;
using MailDns.Integration.Tests.Publishing;
using MailDns.Resolver;
using MailDns.Resolver.Tests;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Servers;

/// <summary>BIND's own DNS over TLS and over HTTPS: the table of <see cref="AnswerTable"/>, and what a wrong certificate or path gives over both.</summary>
public sealed class BindSecureTests : IDisposable
{
    private readonly TlsAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    // A row at a time, and all rows at once over one connection that is still to be opened, many times each.
    [BindTheory]
    [InlineData("tls", "localhost")]
    [InlineData("tls", "127.0.0.1")]
    [InlineData("https", "localhost")]
    [InlineData("https", "127.0.0.1")]
    public async Task Answers_are_those_of_the_table(string transport, string host)
    {
        using RealDnsServer server = RealDnsServer.TryStart(ResolverZone.Create().ToZoneText(), "named", _authority.Issue(["localhost", "127.0.0.1"]))!;
        using var ask = new Ask(ExchangeKind.Pooled);
        string address = transport is "tls" ? $"tls://{host}:{server.TlsPort}" : $"https://{host}:{server.HttpsPort}/dns-query";
        object[][] rows = AnswerTable.Rows.Select(row => (object[])row).ToArray();
        IDnsResolver resolver = Resolver(address);
        using (var owner = (IDisposable)resolver)
        {
            foreach (object[] row in rows)
                AnswerTable.Verify(ask, await QueryAsync(resolver, (string)row[0], (string)row[1]), (string)row[0], (string)row[2], (string[])row[3]);
        }

        IDnsResolver fresh = Resolver(address);
        using var other = (IDisposable)fresh;
        object[][] many = Enumerable.Repeat(rows, 40).SelectMany(one => one).ToArray();
        DnsResponse[] answers = await Task.WhenAll(many.Select(row => QueryAsync(fresh, (string)row[0], (string)row[1])));
        foreach ((object[] row, DnsResponse answer) in many.Zip(answers))
            AnswerTable.Verify(ask, answer, (string)row[0], (string)row[2], (string[])row[3]);
    }

    [BindFact]
    public async Task A_certificate_for_another_name_is_no_answer()
    {
        using RealDnsServer server = RealDnsServer.TryStart(ResolverZone.Create().ToZoneText(), "named", _authority.Issue(["dns.example"]))!;
        foreach (string address in new[] { $"tls://localhost:{server.TlsPort}", $"https://localhost:{server.HttpsPort}/dns-query" })
        {
            IDnsResolver resolver = Resolver(address);
            using var owner = (IDisposable)resolver;
            DnsResponse answer = await QueryAsync(resolver, "example.com", "SOA");
            Assert.Equal(DnsResponseStatus.Unreachable, answer.Status);
            Assert.Contains("certificate or TLS is not valid", answer.Detail!, StringComparison.Ordinal);
        }
    }

    // BIND serves DNS at one path only: any other is a 404, never an answer.
    [BindFact]
    public async Task Another_path_is_not_found()
    {
        using RealDnsServer server = RealDnsServer.TryStart(ResolverZone.Create().ToZoneText(), "named", _authority.Issue(["localhost"]))!;
        IDnsResolver resolver = Resolver($"https://localhost:{server.HttpsPort}/elsewhere");
        using var owner = (IDisposable)resolver;
        DnsResponse answer = await QueryAsync(resolver, "example.com", "SOA");
        Assert.True(answer.IsFailure);
        Assert.Contains("HTTP 404", answer.Detail!, StringComparison.Ordinal);
    }

    private IDnsResolver Resolver(string server)
    {
        Assert.True(ServerAddress.TryParse(server, out ServerAddress? address, out string reason), reason);
        return ((IDnsResolverFactory)new DnsClientResolverFactory()).Create(new DnsClientOptions { Secure = address, Timeout = TimeSpan.FromSeconds(60), Validate = _authority.Trust });
    }

    private static Task<DnsResponse> QueryAsync(IDnsResolver resolver, string name, string type)
    {
        Assert.True(DnsRecordTypes.TryParse(type, out DnsRecordType parsed));
        Assert.True(DomainName.TryParseDns(name, out DomainName? asked));
        return resolver.QueryAsync(new DnsQuestion(asked!, parsed), CancellationToken.None);
    }
}
