using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Https;
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
        HttpsRequest request = Assert.Single(fetcher.Requests);
        Assert.Equal((Logo, 1 << 20, false), (request.Uri.OriginalString, request.MaxBytes, request.AllowPrivateAddress));
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
        Assert.False(status.IsValid);
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
        BimiStatus status = await BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", Published, CancellationToken.None);
        Assert.DoesNotContain(status.Results, result => result.Id.StartsWith("BIMI-SVG", StringComparison.Ordinal));
    }

    private static CheckResult Of(BimiStatus status, CheckDefinition check) => status.Results.Single(result => result.Id == check.Id);

    private static Task<BimiStatus> ReadAsync(TableResolver resolver, CannedFetcher fetcher) =>
        BimiStatusReader.ReadAsync(DomainName.Parse("contoso.com"), "default", resolver, new BimiLogoFetch(fetcher, allowPrivateAddress: false), CancellationToken.None);

    private sealed class CannedFetcher(HttpsResponse response) : IHttpsFetcher
    {
        public List<HttpsRequest> Requests { get; } = [];

        public Task<HttpsResponse> FetchAsync(HttpsRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return Task.FromResult(response);
        }
    }
}
