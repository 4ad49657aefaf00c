using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Certificates;
using MailDns.Core.Tests.Support;
using MailDns.Crypto;
using MailDns.Dns;
using MailDns.Https;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Https;

/// <summary>Logo and mark certificate over real TLS, from a record to its status.</summary>
public sealed class MarkCertificateFetchTests : IDisposable
{
    private static readonly byte[] s_svg = Encoding.UTF8.GetBytes(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\"><title>Contoso</title><rect width=\"96\" height=\"96\" fill=\"white\"/><circle r=\"20\"/></svg>");

    private readonly TlsServer _server = new();
    private readonly MarkAuthority _authority = new();

    public void Dispose()
    {
        _authority.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Logo_and_certificate_that_belong_together_are_valid()
    {
        Serve("/logo.svg", "image/svg+xml", s_svg);
        Serve("/vmc.pem", "application/x-pem-file", Chain(s_svg));
        BimiStatus status = await ReadAsync(trusted: true);
        Assert.True(status.IsValid);
        Assert.Equal("VMC of Contoso Ltd, valid until 2027-02-01", status.Certificate?.ToString());
        Assert.Equal("BIMI-VMC-REVOCATION", Assert.Single(status.Findings).Id);
    }

    [Fact]
    public async Task Another_logo_fails_and_an_unknown_root_is_unknown()
    {
        Serve("/logo.svg", "image/svg+xml", [.. s_svg, 10]);
        Serve("/vmc.pem", "application/x-pem-file", Chain(s_svg));
        BimiStatus status = await ReadAsync(trusted: false);
        Assert.False(status.IsValid);
        Assert.Equal(CheckStatus.Fail, Of(status, "BIMI-VMC-LOGO"));
        Assert.Equal(CheckStatus.Unknown, Of(status, "BIMI-VMC-CHAIN"));
    }

    [Fact]
    public async Task Redirects_are_followed_and_told_three_at_most_and_never_out_of_https()
    {
        Serve("/logo.svg", "image/svg+xml", s_svg);
        Serve("/vmc.pem", "application/x-pem-file", Chain(s_svg));
        _server.Answer("/moved/logo.svg", "HTTP/1.1 301 Moved\nLocation: /logo.svg", []);
        _server.Answer("/loop/vmc.pem", "HTTP/1.1 302 Found\nLocation: /loop/vmc.pem", []);
        _server.Answer("/plain/vmc.pem", "HTTP/1.1 302 Found\nLocation: http://host.test/vmc.pem", []);

        BimiStatus loop = await ReadAsync(trusted: true, "/moved/logo.svg", "/loop/vmc.pem");
        Assert.Equal((CheckStatus.Warning, CheckStatus.Pass), (Of(loop, "BIMI-SVG-REDIRECT"), Of(loop, "BIMI-SVG-PROFILE")));
        Assert.Equal(CheckStatus.Fail, Of(loop, "BIMI-VMC-FETCH"));
        Assert.Equal(4, _server.Requests.Count(request => request.StartsWith("GET /loop/", StringComparison.Ordinal)));

        BimiStatus plain = await ReadAsync(trusted: true, "/logo.svg", "/plain/vmc.pem");
        Assert.Equal((CheckStatus.Pass, CheckStatus.Fail), (Of(plain, "BIMI-SVG-REDIRECT"), Of(plain, "BIMI-VMC-FETCH")));
    }

    [Fact]
    public async Task A_wrong_media_type_is_a_warning()
    {
        Serve("/logo.svg", "text/xml", s_svg);
        Serve("/vmc.pem", "text/plain", Chain(s_svg));
        BimiStatus status = await ReadAsync(trusted: true);
        Assert.Equal((CheckStatus.Warning, true), (Of(status, "BIMI-SVG-MEDIA-TYPE"), status.IsValid));
    }

    [Fact]
    public async Task An_endless_certificate_is_left()
    {
        Serve("/logo.svg", "image/svg+xml", s_svg);
        Serve("/vmc.pem", "text/plain", new byte[MarkCertificateFetch.MaxBytes + 1]);
        Assert.Equal(CheckStatus.Fail, Of(await ReadAsync(trusted: true), "BIMI-VMC-FETCH"));
    }

    private static CheckStatus Of(BimiStatus status, string id) => status.Results.Single(result => result.Id == id).Status;

    private byte[] Chain(byte[] svg) => Encoding.ASCII.GetBytes(_authority.Chain(new MarkSettings { Logotype = MarkLogotype.Of(svg) }));

    private void Serve(string path, string type, byte[] body) => _server.Answer(path, "HTTP/1.1 200 OK\nContent-Type: " + type, body);

    private Task<BimiStatus> ReadAsync(bool trusted, string logo = "/logo.svg", string evidence = "/vmc.pem")
    {
        ICertificateReader reader = new CertificateReader();
        TableResolver resolver = new TableResolver()
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")
            .Txt("default._bimi.contoso.com", "v=BIMI1; l=" + _server.Address(logo) + "; a=" + _server.Address(evidence));
        var fetcher = new HttpsFetcher((_, _) => Task.FromResult(new[] { IPAddress.Loopback }), _server.Trust);
        var trust = new MarkCertificateTrust(
            reader,
            trusted ? reader.Read(Encoding.ASCII.GetBytes(MarkAuthority.Pem(_authority.Root))) : [],
            new DateTime(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc));
        return BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", resolver, new BimiLogoFetch(fetcher, allowPrivateAddress: true, trust), CancellationToken.None);
    }
}
