using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Https;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>Transport security as the check of a whole domain tells it, and the tracking host's certificate.</summary>
public class TransportTests
{
    private const string Resolver = "192.0.2.53";

    [Theory]
    [InlineData("contoso.com .", "DNS-DNSSEC-UNSIGNED", "Pass", "says that it validated")]
    [InlineData(".", "DNS-DNSSEC-UNSIGNED", "Info", "so the zone is not signed")]
    [InlineData("", "DNS-DNSSEC-UNSIGNED", "Info", "validates nothing")]
    [InlineData("contoso.com .", "DNS-DNSSEC-BOGUS", "Pass", "")]
    [InlineData("", "DNS-DNSSEC-BOGUS", "NotApplicable", Resolver)]
    public async Task Dnssec_is_the_resolvers_word_under_its_name(string validated, string id, string status, string message)
    {
        CheckResult result = Result(await Check(Zone().By(Resolver, validated.Split(' ', StringSplitOptions.RemoveEmptyEntries))), id);
        Assert.Equal(status, result.Status.ToString());
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.True(id.EndsWith("BOGUS", StringComparison.Ordinal) || result.Message.Contains(Resolver, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contoso.com", "Soa")]
    [InlineData("_dmarc.contoso.com", "Txt")]
    [InlineData("_25._tcp.mx.example.net", "Tlsa")]
    public async Task Bogus_data_is_an_error_and_what_needs_it_is_unknown(string name, string mnemonic)
    {
        DnsRecordType type = Enum.Parse<DnsRecordType>(mnemonic);
        IReadOnlyList<CheckResult> results = await Check(Zone().Fail(name, type, DnsResponseStatus.Bogus).By(Resolver, "."));
        CheckResult bogus = Result(results, "DNS-DNSSEC-BOGUS");
        Assert.Equal((CheckStatus.Fail, Resolver), (bogus.Status, bogus.Actual));
        Assert.Contains(name, bogus.Message, StringComparison.Ordinal);
        Assert.Contains(results, result => result.Status == CheckStatus.Unknown);
        Assert.NotEqual(CheckStatus.Fail, Result(await Check(Zone().Fail(name, type, DnsResponseStatus.ServerFailure).By(Resolver, ".")), "DNS-DNSSEC-BOGUS").Status);
    }

    [Fact]
    public async Task Without_a_resolver_nothing_is_said_of_dnssec()
    {
        IReadOnlyList<CheckResult> results = await Check(Zone());
        Assert.Equal((CheckStatus.NotApplicable, CheckStatus.NotApplicable), (Result(results, "DNS-DNSSEC-BOGUS").Status, Result(results, "DNS-DNSSEC-UNSIGNED").Status));
    }

    [Fact]
    public async Task A_domain_check_holds_every_area()
    {
        TableResolver zone = Zone()
            .Txt("_mta-sts.contoso.com", "v=STSv1; id=1").Address("mta-sts.contoso.com", "192.0.2.7")
            .Add("_25._tcp.mx.example.net", DnsRecordType.Tlsa, new TlsaData(1, 1, 1, new string('a', 64)))
            .Add("contoso.com", DnsRecordType.Caa, new CaaData(0, "issue", ";"))
            .By(Resolver, ".");
        FakeFetcher fetcher = FakeFetcher.Failed(HttpsStatus.TlsFailed);
        IReadOnlyList<CheckResult> results = await Check(zone, fetcher);
        Assert.Equal(
            "MTASTS-NO-TLSRPT=Warning MTASTS-HTTPS=Fail TLSRPT-MISSING=Info DANE-INSECURE=Fail DANE-USAGE=Warning CAA-ISSUEMAIL=Info CAA-BLOCKS-MTASTS=Warning TRACK-CAA=Warning TRACK-TLS=Warning",
            string.Join(' ', "MTASTS-NO-TLSRPT MTASTS-HTTPS TLSRPT-MISSING DANE-INSECURE DANE-USAGE CAA-ISSUEMAIL CAA-BLOCKS-MTASTS TRACK-CAA TRACK-TLS".Split(' ').Select(id => id + "=" + Result(results, id).Status)));
        Assert.Equal(["https://mta-sts.contoso.com/.well-known/mta-sts.txt", "https://trk.contoso.com/"], fetcher.Requests.Select(request => request.Uri.ToString()).Order());
        Assert.Equal(CheckStatus.NotApplicable, Result(await Check(zone), "TRACK-TLS").Status);
    }

    [Theory]
    [InlineData("HttpError", 404, "Pass")]
    [InlineData("Redirect", 301, "Pass")]
    [InlineData("TooLarge", 0, "Pass")]
    [InlineData("TlsFailed", 0, "Warning")]
    [InlineData("ConnectFailed", 0, "Unknown")]
    [InlineData("TimedOut", 0, "Unknown")]
    public async Task Any_answer_over_https_proves_the_certificate(string status, int code, string expected)
    {
        FakeFetcher fetcher = FakeFetcher.Failed(Enum.Parse<HttpsStatus>(status), code);
        Assert.Equal(expected, Result(await Check(Zone(), fetcher), "TRACK-TLS").Status.ToString());
        Assert.Equal(CheckStatus.Pass, Result(await Check(Zone(), fetcher), "TRACK-CAA").Status);
    }

    private static TableResolver Zone() => new TableResolver()
        .Mx("contoso.com", 10, "mx.example.net")
        .Address("mx.example.net", "192.0.2.1")
        .Cname("trk.contoso.com", "trk.example.net")
        .Address("trk.example.net", "192.0.2.2");

    private static CheckResult Result(IReadOnlyList<CheckResult> results, string id) => results.Single(result => result.Id == id);

    private static async Task<IReadOnlyList<CheckResult>> Check(TableResolver resolver, FakeFetcher? fetcher = null)
    {
        var request = new SendingDomainRequest(DomainName.Parse("contoso.com"))
        {
            TrackingHost = DomainName.Parse("trk.contoso.com"),
            Https = fetcher is null ? null : _ => fetcher.Access(),
        };
        return (await Seen.In(SendingDomainChecker.CheckAsync(request, resolver, CancellationToken.None))).Results;
    }
}
