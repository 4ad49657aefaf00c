using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Https;
using Xunit;

namespace MailDns.Resolver.Tests.Https;

public sealed class HttpsFetcherTests : IDisposable
{
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("<svg/>");

    private readonly TlsServer _server = new();
    private int _lookups;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_document_is_fetched()
    {
        _server.Answer("/a.svg?x=1", "HTTP/1.1 200 OK\nContent-Type: image/svg+xml; charset=utf-8\nContent-Length: 6", s_body);
        HttpsResponse response = await FetchAsync(_server.Address("/a.svg?x=1"));
        Assert.Equal((HttpsStatus.Ok, 200, "image/svg+xml", string.Empty), (response.Status, response.StatusCode, response.MediaType, response.Detail));
        Assert.Equal(s_body, response.Content);
        string request = Assert.Single(_server.Requests);
        Assert.StartsWith("GET /a.svg?x=1 HTTP/1.1\r\nHost: host.test:" + _server.Port + "\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", request, StringComparison.OrdinalIgnoreCase);
    }

    // head, body, the status and the document or what the detail says
    [Theory]
    [InlineData("HTTP/1.1 200 OK", "abc", "Ok", "abc")]
    [InlineData("HTTP/1.0 200", "abc", "Ok", "abc")]
    [InlineData("HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length: 3", "abc", "Ok", "abc")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "2;x=y\r\nab\r\n1\r\nc\r\n0\r\n\r\n", "Ok", "abc")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "zz\r\n", "ProtocolError", "A chunk has no length")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "2\r\nabc\r\n", "ProtocolError", "does not end where")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "2\r\nab\r\n", "ProtocolError", "cut off")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "FFFFFFFF\r\n", "TooLarge", "more than 100 bytes")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: gzip", "x", "ProtocolError", "transfer coding")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 4", "abc", "ProtocolError", "cut off")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 101", "abc", "TooLarge", "more than 100 bytes")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: -1", "abc", "ProtocolError", "The length ")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 3\nContent-Length: 4", "abc", "ProtocolError", "The length ")]
    [InlineData("HTTP/1.1 404 Not Found", "abc", "HttpError", "HTTP 404")]
    [InlineData("HTTP/1.1 503 Busy", "", "HttpError", "HTTP 503")]
    [InlineData("HTTP/1.1 206 Partial", "abc", "HttpError", "HTTP 206")]
    [InlineData("SSH-2.0-x", "", "ProtocolError", "no valid HTTP")]
    [InlineData("HTTP/1.1 200 OK\nno header", "abc", "ProtocolError", "A header is not valid")]
    [InlineData("HTTP/1.1 302 Found\nLocation: /b\x1b", "", "Redirect", "a redirect to")]
    public async Task An_answer_is_read_within_bounds(string head, string body, string status, string text)
    {
        _server.Answer("/", head, Encoding.ASCII.GetBytes(body));
        HttpsResponse response = await FetchAsync(_server.Address("/"), maxBytes: 100);
        Assert.Equal(status, response.Status.ToString());
        Assert.Contains(text, response.Status == HttpsStatus.Ok ? Encoding.ASCII.GetString(response.Content) : response.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', response.Detail);
    }

    [Fact]
    public async Task An_endless_document_is_left()
    {
        _server.Answer("/", async (stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n"), token);
            while (true)
                await stream.WriteAsync(new byte[4096], token);
        });
        Assert.Equal(HttpsStatus.TooLarge, (await FetchAsync(_server.Address("/"))).Status);
    }

    [Fact]
    public async Task An_endless_header_is_left()
    {
        _server.Answer("/", async (stream, token) =>
        {
            while (true)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 4096)), token);
        });
        Assert.Equal(HttpsStatus.ProtocolError, (await FetchAsync(_server.Address("/"))).Status);
    }

    [Fact]
    public async Task A_slow_server_is_left()
    {
        _server.Answer("/", (_, token) => Task.Delay(Timeout.Infinite, token));
        HttpsResponse response = await FetchAsync(_server.Address("/"), timeout: TimeSpan.FromMilliseconds(500));
        Assert.Equal((HttpsStatus.TimedOut, true), (response.Status, response.IsUnknown));
    }

    [Fact]
    public async Task Cancellation_is_no_status()
    {
        using var stop = new CancellationTokenSource();
        _server.Answer("/", (_, token) =>
        {
            stop.Cancel();
            return Task.Delay(Timeout.Infinite, token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Fetcher().FetchAsync(new HttpsRequest(_server.Address("/")) { AllowPrivateAddress = true }, stop.Token));
    }

    [Fact]
    public async Task A_redirect_is_followed_only_where_allowed_and_only_to_https()
    {
        _server.Answer("/a", "HTTP/1.1 301 Moved\nLocation: /b", []);
        _server.Answer("/b", "HTTP/1.1 200 OK", s_body);
        _server.Answer("/loop", "HTTP/1.1 307 x\nLocation: /loop", []);
        _server.Answer("/plain", "HTTP/1.1 302 x\nLocation: http://host.test/b", []);
        Assert.Equal(HttpsStatus.Redirect, (await FetchAsync(_server.Address("/a"))).Status);
        Assert.Single(_server.Requests);
        Assert.Equal(HttpsStatus.Ok, (await FetchAsync(_server.Address("/a"), redirects: 1)).Status);
        Assert.Equal(HttpsStatus.Redirect, (await FetchAsync(_server.Address("/loop"), redirects: 3)).Status);
        Assert.Equal(HttpsStatus.NotHttps, (await FetchAsync(_server.Address("/plain"), redirects: 3)).Status);
    }

    [Theory]
    [InlineData("http://host.test/")]
    [InlineData("ftp://host.test/")]
    [InlineData("https://user:secret@host.test/")]
    public async Task Only_plain_https_is_asked(string address)
    {
        Assert.Equal(HttpsStatus.NotHttps, (await FetchAsync(new Uri(address))).Status);
        Assert.Equal(0, _lookups);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_ends_it()
    {
        _server.Answer("/", "HTTP/1.1 200 OK", s_body);
        var fetcher = new HttpsFetcher((_, _) => Task.FromResult(new[] { IPAddress.Loopback }), validate: null);
        HttpsResponse response = await fetcher.FetchAsync(new HttpsRequest(_server.Address("/")) { AllowPrivateAddress = true }, CancellationToken.None);
        Assert.Equal((HttpsStatus.TlsFailed, false), (response.Status, response.IsUnknown));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_certificate_for_another_name_ends_it()
    {
        _server.Answer("/", "HTTP/1.1 200 OK", s_body);
        Assert.Equal(HttpsStatus.TlsFailed, (await FetchAsync(_server.Address("/", "other.test"))).Status);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_private_address_is_refused_before_any_connection()
    {
        _server.Answer("/", "HTTP/1.1 200 OK", s_body);
        foreach (Uri address in new[] { _server.Address("/"), _server.Address("/", "127.0.0.1") })
        {
            HttpsResponse response = await Fetcher().FetchAsync(new HttpsRequest(address), CancellationToken.None);
            Assert.Equal((HttpsStatus.AddressRefused, true), (response.Status, response.IsUnknown));
            Assert.Contains("127.0.0.1 is not a public address", response.Detail, StringComparison.Ordinal);
        }

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task The_host_is_looked_up_once()
    {
        _server.Answer("/", "HTTP/1.1 200 OK", s_body);
        Assert.Equal(HttpsStatus.Ok, (await FetchAsync(_server.Address("/"))).Status);
        Assert.Equal(1, _lookups);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "NoAddress", false)]
    [InlineData(SocketError.TryAgain, "LookupFailed", true)]
    public async Task A_failed_lookup_is_no_absence(SocketError error, string status, bool unknown)
    {
        var fetcher = new HttpsFetcher((_, _) => Task.FromException<IPAddress[]>(new SocketException((int)error)), validate: null);
        HttpsResponse response = await fetcher.FetchAsync(new HttpsRequest(new Uri("https://host.test/")), CancellationToken.None);
        Assert.Equal((status, unknown), (response.Status.ToString(), response.IsUnknown));
    }

    [Fact]
    public async Task A_closed_port_is_no_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        HttpsResponse response = await FetchAsync(new Uri("https://host.test:" + port + "/"));
        Assert.Equal((HttpsStatus.ConnectFailed, true), (response.Status, response.IsUnknown));
    }

    private HttpsFetcher Fetcher() => new(
        (_, _) =>
        {
            _lookups++;
            return Task.FromResult(new[] { IPAddress.Loopback });
        },
        _server.Trust);

    private Task<HttpsResponse> FetchAsync(Uri address, int maxBytes = 1000, int redirects = 0, TimeSpan? timeout = null) => Fetcher().FetchAsync(
        new HttpsRequest(address) { AllowPrivateAddress = true, MaxBytes = maxBytes, MaxRedirects = redirects, Timeout = timeout ?? TimeSpan.FromSeconds(30) },
        CancellationToken.None);
}
