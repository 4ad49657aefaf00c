using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Https;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class BimiLogoFetchTests
{
    private const string Logo = "https://contoso.com/logo.svg";
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\"><title>Contoso</title><rect width=\"96\" height=\"96\" fill=\"white\"/><circle r=\"20\"/></svg>";

    private static TableResolver Published => new TableResolver()
        .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")
        .Txt("default._bimi.contoso.com", "v=BIMI1; l=" + Logo + "; a=");

    [Fact]
    public async Task A_published_logo_is_judged()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(Encoding.UTF8.GetBytes(Svg), "image/svg+xml"));
        BimiStatus status = await ReadAsync(Published, fetcher);
        Assert.True(status.IsValid);
        Assert.All(BimiLogoChecks.All, check => Assert.Equal(CheckStatus.Pass, Of(status, check).Status));
        Assert.All(MarkCertificateChecks.All, check => Assert.Equal(CheckStatus.NotApplicable, Of(status, check).Status));
        HttpsRequest request = Assert.Single(fetcher.Requests);
        Assert.Equal((Logo, 1 << 20, false), (request.Uri.OriginalString, request.MaxBytes, request.AllowPrivateAddress));
    }

    [Theory]
    [InlineData("image/svg+xml", CheckStatus.Pass)]
    [InlineData("image/svg+xml+gzip", CheckStatus.Pass)]
    [InlineData("text/plain", CheckStatus.Warning)]
    [InlineData("application/octet-stream", CheckStatus.Warning)]
    [InlineData(null, CheckStatus.Warning)]
    public async Task The_media_type_is_judged(string? type, CheckStatus expected)
    {
        BimiStatus status = await ReadAsync(Published, new CannedFetcher(HttpsResponse.Ok(Encoding.UTF8.GetBytes(Svg), type)));
        Assert.Equal(expected, Of(status, BimiLogoChecks.MediaType).Status);
        Assert.True(status.IsValid);
    }

    [Theory]
    [InlineData(0, CheckStatus.Pass)]
    [InlineData(1, CheckStatus.Warning)]
    [InlineData(3, CheckStatus.Warning)]
    public async Task A_redirect_is_a_finding(int redirects, CheckStatus expected)
    {
        BimiStatus status = await ReadAsync(Published, new CannedFetcher(HttpsResponse.Ok(Encoding.UTF8.GetBytes(Svg), "image/svg+xml", redirects)));
        Assert.Equal(expected, Of(status, BimiLogoChecks.Redirect).Status);
    }

    [Fact]
    public async Task A_faulty_logo_fails_the_status()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(Encoding.UTF8.GetBytes(Svg.Replace("tiny-ps", "tiny", StringComparison.Ordinal)), null));
        BimiStatus status = await ReadAsync(Published, fetcher);
        Assert.False(status.IsValid);
        Assert.Equal(CheckStatus.Fail, Of(status, BimiLogoChecks.Profile).Status);
    }

    [Fact]
    public async Task A_missing_logo_is_a_failure()
    {
        BimiStatus status = await ReadAsync(Published, new CannedFetcher(HttpsResponse.Failed(HttpsStatus.HttpError, "HTTP 404", 404)));
        Assert.Equal((CheckStatus.Fail, Logo + " was not fetched: HTTP 404."), (Of(status, BimiLogoChecks.Unreachable).Status, Of(status, BimiLogoChecks.Unreachable).Message));
        Assert.Equal(CheckStatus.NotApplicable, Of(status, BimiLogoChecks.Title).Status);
        Assert.False(status.IsValid);
    }

    [Theory]
    [InlineData(HttpsStatus.TimedOut, 0)]
    [InlineData(HttpsStatus.LookupFailed, 0)]
    [InlineData(HttpsStatus.ConnectFailed, 0)]
    [InlineData(HttpsStatus.AddressRefused, 0)]
    [InlineData(HttpsStatus.HttpError, 503)]
    public async Task A_failed_fetch_is_unknown(object failure, int code)
    {
        BimiStatus status = await ReadAsync(Published, new CannedFetcher(HttpsResponse.Failed((HttpsStatus)failure, "why", code)));
        Assert.All(BimiLogoChecks.All, check => Assert.Equal(CheckStatus.Unknown, Of(status, check).Status));
        Assert.Null(status.IsValid);
    }

    [Theory]
    [InlineData("v=BIMI1; l=; a=")]
    [InlineData("v=BIMI1; l=http://contoso.com/logo.svg")]
    [InlineData("v=spf1 -all")]
    public async Task Without_a_logo_nothing_is_fetched(string record)
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok([], null));
        BimiStatus status = await ReadAsync(new TableResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject").Txt("default._bimi.contoso.com", record), fetcher);
        Assert.Empty(fetcher.Requests);
        Assert.All(BimiLogoChecks.All, check => Assert.Equal(CheckStatus.NotApplicable, Of(status, check).Status));
    }

    [Fact]
    public async Task A_failed_lookup_of_the_record_leaves_the_logo_unknown()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok([], null));
        BimiStatus status = await ReadAsync(new TableResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject").FailName("default._bimi.contoso.com"), fetcher);
        Assert.Empty(fetcher.Requests);
        Assert.All(BimiLogoChecks.All, check => Assert.Equal(CheckStatus.Unknown, Of(status, check).Status));
    }

    [Fact]
    public async Task An_unknown_organization_leaves_the_logo_unknown()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok([], null));
        BimiStatus status = await ReadAsync(new TableResolver().FailName("_dmarc.contoso.com"), fetcher);
        Assert.All(BimiLogoChecks.All, check => Assert.Equal(CheckStatus.Unknown, Of(status, check).Status));
    }

    [Fact]
    public async Task Without_the_switch_the_logo_has_no_results()
    {
        BimiStatus status = await Seen.In(BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", Published, CancellationToken.None));
        Assert.DoesNotContain(status.Results, result => result.Id.StartsWith("BIMI-SVG", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_published_mark_certificate_is_judged_with_the_logo()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(MarkSamples.Svg, "image/svg+xml"), HttpsResponse.Ok(Chain(), "application/x-pem-file"));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher, MarkSamples.Authority);
        Assert.True(status.IsValid);
        Assert.All(MarkCertificateChecks.All.Where(check => check != MarkCertificateChecks.Revocation), check => Assert.Equal(CheckStatus.Pass, Of(status, check).Status));
        Assert.Equal(CheckStatus.Info, Of(status, MarkCertificateChecks.Revocation).Status);
        Assert.Equal(MarkCertificateKind.Verified, status.Certificate!.Kind);
        Assert.Equal(Evidence, fetcher.Requests[1].Uri.OriginalString);
    }

    [Fact]
    public async Task Another_published_logo_fails()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok([.. MarkSamples.Svg, 10], "image/svg+xml"), HttpsResponse.Ok(Chain(), null));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher, MarkSamples.Authority);
        Assert.Equal(CheckStatus.Fail, Of(status, MarkCertificateChecks.Logo).Status);
        Assert.False(status.IsValid);
    }

    [Fact]
    public async Task Without_roots_the_status_is_not_valid_and_the_chain_unknown()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(MarkSamples.Svg, "image/svg+xml"), HttpsResponse.Ok(Chain(), null));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher);
        CheckResult chain = Of(status, MarkCertificateChecks.Chain);
        Assert.Equal((CheckStatus.Unknown, null), (chain.Status, status.IsValid));
        Assert.Contains("-RootCertificatePath", chain.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpsStatus.HttpError, 404, CheckStatus.Fail, CheckStatus.NotApplicable)]
    [InlineData(HttpsStatus.TlsFailed, 0, CheckStatus.Fail, CheckStatus.NotApplicable)]
    [InlineData(HttpsStatus.Redirect, 302, CheckStatus.Fail, CheckStatus.NotApplicable)]
    [InlineData(HttpsStatus.TimedOut, 0, CheckStatus.Unknown, CheckStatus.Unknown)]
    [InlineData(HttpsStatus.HttpError, 503, CheckStatus.Unknown, CheckStatus.Unknown)]
    public async Task A_certificate_that_is_not_there_is_told_from_one_that_is_not_known(object failure, int code, CheckStatus fetch, CheckStatus rest)
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(MarkSamples.Svg, "image/svg+xml"), HttpsResponse.Failed((HttpsStatus)failure, "why", code));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher, MarkSamples.Authority);
        Assert.Equal(fetch, Of(status, MarkCertificateChecks.Fetch).Status);
        Assert.All(MarkCertificateChecks.All.Where(check => check != MarkCertificateChecks.Fetch), check => Assert.Equal(rest, Of(status, check).Status));
        Assert.Null(status.Certificate);
    }

    [Theory]
    [InlineData(HttpsStatus.TimedOut, 0, CheckStatus.Unknown)]
    [InlineData(HttpsStatus.HttpError, 404, CheckStatus.NotApplicable)]
    public async Task A_logo_that_was_not_fetched_is_not_compared(object failure, int code, CheckStatus expected)
    {
        var fetcher = new CannedFetcher(HttpsResponse.Failed((HttpsStatus)failure, "why", code), HttpsResponse.Ok(Chain(), null));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher, MarkSamples.Authority);
        Assert.Equal(expected, Of(status, MarkCertificateChecks.Logo).Status);
        Assert.Equal(CheckStatus.Pass, Of(status, MarkCertificateChecks.Chain).Status);
    }

    [Fact]
    public async Task A_redirected_certificate_is_a_warning()
    {
        var fetcher = new CannedFetcher(HttpsResponse.Ok(MarkSamples.Svg, "image/svg+xml"), HttpsResponse.Ok(Chain(), null, redirects: 2));
        BimiStatus status = await ReadAsync(WithEvidence, fetcher, MarkSamples.Authority);
        Assert.Equal((CheckStatus.Warning, true), (Of(status, MarkCertificateChecks.Redirect).Status, status.IsValid));
    }

    [Theory]
    [InlineData("https://contoso.com/vmc.pem", CheckStatus.Pass)]
    [InlineData("https://contoso.com/VMC.PEM?x=1", CheckStatus.Pass)]
    [InlineData("https://contoso.com/vmc.cer", CheckStatus.Warning)]
    [InlineData("", CheckStatus.Pass)]
    public async Task The_name_of_the_certificates_file_is_judged(string evidence, CheckStatus expected)
    {
        TableResolver resolver = new TableResolver().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject").Txt("default._bimi.contoso.com", "v=BIMI1; l=" + Logo + "; a=" + evidence);
        BimiStatus status = await Seen.In(BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", resolver, CancellationToken.None));
        Assert.Equal(expected, Of(status, BimiChecks.EvidenceType).Status);
    }

    private const string Evidence = "https://contoso.com/vmc.pem";

    private static TableResolver WithEvidence => new TableResolver()
        .Txt("_dmarc.contoso.com", "v=DMARC1; p=reject")
        .Txt("default._bimi.contoso.com", "v=BIMI1; l=" + Logo + "; a=" + Evidence);

    private static byte[] Chain() => Encoding.ASCII.GetBytes(MarkSamples.Authority.Chain(MarkSamples.Settings));

    private static CheckResult Of(BimiStatus status, CheckDefinition check) => status.Results.Single(result => result.Id == check.Id);

    private static Task<BimiStatus> ReadAsync(TableResolver resolver, CannedFetcher fetcher, params MarkAuthority[] roots) =>
        Seen.In(BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", resolver, new BimiLogoFetch(fetcher, allowPrivateAddress: false, MarkSamples.Trust(roots)), CancellationToken.None));

    private sealed class CannedFetcher(HttpsResponse response, HttpsResponse? evidence = null) : IHttpsFetcher
    {
        public List<HttpsRequest> Requests { get; } = [];

        public Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(evidence is not null && request.Uri.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal) ? evidence : response);
        }
    }
}
