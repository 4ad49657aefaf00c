using System;
using System.Collections.Generic;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Https;
using MailDns.Json;
using MailDns.Resolver.Tests.Support;
using MailDns.Sending;
using MailDns.Text;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Https;

/// <summary>Domain Connect discovery over TLS and DNS of the loopback.</summary>
public sealed class DomainConnectStatusTests : IDisposable
{
    private const string Head = "HTTP/1.1 200 OK\nContent-Type: application/json";
    private const string Settings = "/dc/v2/contoso.test/settings";
    private const string Template = "/api/v2/domainTemplates/providers/p.example/services/mail";
    private const string Good = """{"providerId":"dns.example","providerName":"DNS","providerDisplayName":"DNS Host","urlAPI":"https://dc.contoso.test/api","urlSyncUX":"https://panel.dns.example/dc","urlControlPanel":"https://panel.dns.example/%domain%","nameServers":["ns1.contoso.test"],"new":1}""";

    private static readonly IJsonTextReader s_json = new NewtonsoftJsonReader();

    private readonly TlsServer _server = new("dc.contoso.test");

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_host_its_panel_and_the_link_are_told()
    {
        Answer(Settings, Good);
        Answer(Template, "{}");
        DomainConnectStatus status = await ReadAsync("news.contoso.test", Unsigned(), [KeyValuePair.Create("k", "a b/+")]);
        Assert.Equal(("contoso.test", true, "DNS Host", "dns.example"), (status.ZoneName, status.IsSupported, status.DnsProvider, status.DnsProviderId));
        Assert.Equal("https://panel.dns.example/contoso.test", status.ControlPanelUri);
        Assert.True(status.SupportsTemplate);
        Assert.Equal("https://panel.dns.example/dc/v2/domainTemplates/providers/p.example/services/mail/apply?domain=contoso.test&host=news&k=a%20b%2F%2B", status.ApplyUri);
        Assert.Empty(status.Detail);
    }

    [Theory]
    [InlineData(Good, "HTTP/1.1 404 Not Found", false, "p.example.mail", "")]
    [InlineData(Good, "HTTP/1.1 503 Busy", null, "p.example.mail", "could not be asked")]
    public async Task A_template_that_is_not_there_has_no_link(string settings, string head, bool? supports, string id, string detail)
    {
        Answer(Settings, settings);
        _server.Answer(Template, head, []);
        DomainConnectStatus status = await ReadAsync("contoso.test", Unsigned(), []);
        Assert.Equal((supports, id), (status.SupportsTemplate, status.Template));
        Assert.Null(status.ApplyUri);
        Assert.Contains(detail, string.Join(" ", status.Detail), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"providerId\":\"a\"}", "lack one of")]
    [InlineData("[", "not JSON")]
    [InlineData("{\"providerId\":\"a\",\"providerName\":\"b\",\"urlAPI\":\"http://dc.contoso.test\"}", "lack one of")]
    public async Task Wrong_settings_are_said(string settings, string detail)
    {
        Answer(Settings, settings);
        DomainConnectStatus status = await ReadAsync("contoso.test", null, []);
        Assert.Null(status.DnsProvider);
        Assert.Contains(detail, string.Join(" ", status.Detail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_template_has_no_link()
    {
        Answer(Settings, Good);
        Answer(Template, "{}");
        DomainConnectStatus status = await ReadAsync("contoso.test", Unsigned() with { SyncPubKeyDomain = "p.example" }, [KeyValuePair.Create("k", "x")]);
        Assert.True(status.SupportsTemplate);
        Assert.Null(status.ApplyUri);
        Assert.Contains("signed", Assert.Single(status.Detail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loopback_address_is_not_asked_unless_allowed()
    {
        DomainConnectStatus status = await ReadAsync("contoso.test", null, [], allowPrivateAddress: false);
        Assert.Null(status.DnsProvider);
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("https://evil.test/x")]
    [InlineData("evil.test/x?y=1")]
    [InlineData("user@evil.test")]
    [InlineData("127.0.0.1/x")]
    public async Task A_record_that_is_not_authority_and_path_is_left_alone(string text)
    {
        DomainConnectStatus status = await ReadAsync("contoso.test", null, [], record: text);
        Assert.False(status.IsSupported);
        Assert.Empty(_server.Requests);
    }

    private static DomainConnectTemplate Unsigned() => DomainConnectReader.Read(
        s_json.Read("""{"providerId":"p.example","providerName":"P","serviceId":"mail","serviceName":"M","records":[{"type":"TXT","host":"@","data":"%k%","ttl":60}]}""", "t.json"), "t.json");

    private void Answer(string path, string body) => _server.Answer(path, Head, Encoding.UTF8.GetBytes(body));

    private async Task<DomainConnectStatus> ReadAsync(string domain, DomainConnectTemplate? template, IReadOnlyList<KeyValuePair<string, string>> values, bool allowPrivateAddress = true, string record = "dc.contoso.test/dc")
    {
        await using LoopbackDnsServer dns = LoopbackDnsServer.Start(new TestZone()
            .Txt("_domainconnect.contoso.test", record)
            .A("news.contoso.test", "192.0.2.1")
            .Zone("contoso.test")
            .A("dc.contoso.test", IPAddress.Loopback.ToString()));
        using var ask = new Ask(ExchangeKind.Pooled);
        IDnsResolver resolver = ask.Resolver(5, 3, dns.EndPoint);
        var fetcher = new LoopbackFetcher(new HttpsFetcher((host, token) => HostLookup.ResolveAsync(host, resolver, token), _server.Trust), _server.Port);
        return await DomainConnectStatusReader.ReadAsync(DomainName.Parse(domain), template, values, [], resolver, new HttpsAccess(fetcher, allowPrivateAddress), s_json, CancellationToken.None);
    }

    /// <summary>The real client, at the test server's port in place of 443.</summary>
    private sealed class LoopbackFetcher(HttpsFetcher inner, int port) : IHttpsFetcher
    {
        public Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken) => inner.FetchAsync(
            new HttpsRequest(new UriBuilder(request.Uri) { Port = port }.Uri) { MaxBytes = request.MaxBytes, MaxRedirects = request.MaxRedirects, Timeout = request.Timeout, AllowPrivateAddress = request.AllowPrivateAddress },
            cancellationToken);
    }
}
