using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Https;
using MailDns.MtaSts;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Https;

/// <summary>The policy over TLS and DNS of the loopback: what RFC 8461 section 3.3 forbids is refused by the real client.</summary>
public sealed class MtaStsPolicyFetchTests : IDisposable
{
    private const string Path = "/.well-known/mta-sts.txt";
    private const string Policy = "version: STSv1\r\nmode: enforce\r\nmx: mx.contoso.test\r\nmax_age: 604800\r\n";

    private readonly TlsServer _server = new("mta-sts.contoso.test");

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/plain; charset=utf-8", Policy, "")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/html", Policy, "MTASTS-CONTENT-TYPE=Warning")]
    [InlineData("HTTP/1.1 301 Moved\nLocation: https://mta-sts.contoso.test/b", "", "MTASTS-HTTPS=Fail")]
    [InlineData("HTTP/1.1 302 Found\nLocation: " + Path, "", "MTASTS-HTTPS=Fail")]
    [InlineData("HTTP/1.1 404 Not Found", "", "MTASTS-HTTPS=Fail")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 65537", "", "MTASTS-HTTPS=Fail")]
    [InlineData("HTTP/1.1 200 OK\nContent-Type: text/plain", "version: STSv1\n", "MTASTS-POLICY-SYNTAX=Fail")]
    public async Task The_policy_is_fetched_as_senders_do(string head, string body, string findings)
    {
        _server.Answer(Path, head, Encoding.ASCII.GetBytes(body));
        MtaStsStatus status = await ReadAsync("contoso.test");
        Assert.Equal(findings, string.Join(' ', status.Findings.Select(finding => finding.Id + "=" + finding.Status)));
        Assert.Equal(findings.Length == 0 ? Policy : status.Policy?.ToString(), status.Policy?.ToString());
        Assert.Single(_server.Requests);
    }

    // What another run is compared with: the record, the policy, and the days that the host's certificate has left.
    [Fact]
    public async Task What_passes_names_what_was_looked_at()
    {
        _server.Answer(Path, "HTTP/1.1 200 OK\nContent-Type: text/plain", Encoding.ASCII.GetBytes(Policy));
        MtaStsStatus status = await ReadAsync("contoso.test");
        CheckResult Result(string id) => status.Results.Single(result => result.Id == id);
        Assert.Equal("v=STSv1; id=1", Result("MTASTS-MISSING").Actual);
        Assert.Equal("version: STSv1; mode: enforce; mx: mx.contoso.test; max_age: 604800", Result("MTASTS-POLICY-SYNTAX").Actual);
        Assert.Equal(0, Result("MTASTS-HTTPS").DaysLeft);
        Assert.Null(Result("MTASTS-MODE").DaysLeft);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_none()
    {
        _server.Answer(Path, "HTTP/1.1 200 OK\nContent-Type: text/plain", Encoding.ASCII.GetBytes(Policy));
        MtaStsStatus status = await ReadAsync("fabrikam.test");
        Assert.Equal("MTASTS-HTTPS", Assert.Single(status.Findings).Id);
        Assert.Null(status.Policy);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_loopback_address_is_not_asked_unless_allowed()
    {
        MtaStsStatus status = await ReadAsync("contoso.test", allowPrivateAddress: false);
        Assert.Equal(CheckStatus.Unknown, status.Results.Single(result => result.Id == "MTASTS-HTTPS").Status);
        Assert.Empty(_server.Requests);
    }

    private async Task<MtaStsStatus> ReadAsync(string domain, bool allowPrivateAddress = true)
    {
        await using LoopbackDnsServer dns = LoopbackDnsServer.Start(new TestZone()
            .Txt("_mta-sts." + domain, "v=STSv1; id=1")
            .Txt("_smtp._tls." + domain, "v=TLSRPTv1; rua=mailto:t@contoso.test")
            .Mx(domain, 10, "mx.contoso.test")
            .A("mta-sts." + domain, IPAddress.Loopback.ToString()));
        using var ask = new Ask(ExchangeKind.Pooled);
        IDnsResolver resolver = ask.Resolver(5, 3, dns.EndPoint);
        var fetcher = new PortFetcher(new HttpsFetcher((host, token) => HostLookup.ResolveAsync(host, resolver, token), _server.Trust), _server.Port);
        return await MtaStsStatusReader.ReadAsync(DomainName.Parse(domain), resolver, new HttpsAccess(fetcher, allowPrivateAddress), CancellationToken.None);
    }

    /// <summary>The real client, at the test server's port in place of 443.</summary>
    private sealed class PortFetcher(HttpsFetcher inner, int port) : IHttpsFetcher
    {
        public Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken) => inner.FetchAsync(
            new HttpsRequest(new UriBuilder(request.Uri) { Port = port }.Uri)
            {
                MaxBytes = request.MaxBytes,
                MaxRedirects = request.MaxRedirects,
                Timeout = request.Timeout,
                AllowPrivateAddress = request.AllowPrivateAddress,
            },
            cancellationToken);
    }
}
