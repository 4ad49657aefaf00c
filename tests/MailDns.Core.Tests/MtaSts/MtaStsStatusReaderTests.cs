using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Https;
using MailDns.MtaSts;
using Xunit;

namespace MailDns.Core.Tests.MtaSts;

public class MtaStsStatusReaderTests
{
    private const string Record = "v=STSv1; id=1";
    private const string Policy = "version: STSv1\nmode: enforce\nmx: mx1.contoso.com\nmx: *.mail.example.net\nmax_age: 604800\n";

    // The fault, and the record that is offered (null: none is). The twin is the good record.
    [Theory]
    [InlineData("MTASTS-TXT-SYNTAX", "v=STSv1; id=1; junk", Record)]
    [InlineData("MTASTS-TXT-SYNTAX", "v=stsv1; id=1", Record)]
    [InlineData("MTASTS-ID", "v=STSv1; id=2026-01-01", null)]
    [InlineData("MTASTS-ID", "v=STSv1;", null)]
    public async Task A_fault_of_the_text_fires_and_the_twin_does_not(string id, string bad, string? corrected)
    {
        CheckResult result = Result(await Read(Good(bad)), id);
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal(corrected, (result.Record.SingleOrDefault() as TxtRecord)?.Value);
        Assert.Equal(CheckStatus.Pass, Result(await Read(Good(Record)), id).Status);
    }

    [Theory]
    [InlineData("MTASTS-POLICY-SYNTAX", "mode: enforce\nmx: mx1.contoso.com\nmx: *.mail.example.net\nmax_age: 604800", "Fail")]
    [InlineData("MTASTS-MODE", "version: STSv1\nmode: testing\nmx: mx1.contoso.com\nmx: *.mail.example.net\nmax_age: 604800", "Info")]
    [InlineData("MTASTS-MAX-AGE", "version: STSv1\nmode: enforce\nmx: mx1.contoso.com\nmx: *.mail.example.net\nmax_age: 86399", "Warning")]
    [InlineData("MTASTS-MAX-AGE", "version: STSv1\nmode: enforce\nmx: mx1.contoso.com\nmx: *.mail.example.net\nmax_age: 31557601", "Warning")]
    [InlineData("MTASTS-MX-MISMATCH", "version: STSv1\nmode: enforce\nmx: mx1.contoso.com\nmax_age: 604800", "Fail")]
    [InlineData("MTASTS-MX-MISMATCH", "version: STSv1\nmode: testing\nmx: *.contoso.com\nmx: *.example.net\nmax_age: 604800", "Fail")]
    [InlineData("MTASTS-MX-STALE", Policy + "mx: mx3.contoso.com", "Info")]
    public async Task A_fault_of_the_policy_fires_alone(string id, string policy, string status)
    {
        MtaStsStatus bad = await Read(Good(Record), FakeFetcher.Ok(policy));
        Assert.Equal(status, Result(bad, id).Status.ToString());
        Assert.DoesNotContain(bad.Findings, finding => finding.Id != id && finding.Id is not "MTASTS-MODE" and not "MTASTS-MX-STALE");
        Assert.Equal(CheckStatus.Pass, Result(await Read(Good(Record), FakeFetcher.Ok(Policy)), id).Status);
    }

    [Fact]
    public async Task A_field_that_occurs_twice_is_told_and_breaks_nothing()
    {
        MtaStsStatus record = await Read(Good(Record + "; id=2"), FakeFetcher.Ok(Policy));
        Assert.Equal(CheckStatus.Warning, Result(record, "MTASTS-DUPLICATE").Status);
        Assert.True(record.IsValid);
        Assert.Equal("1", record.Id);
        MtaStsStatus policy = await Read(Good(Record), FakeFetcher.Ok(Policy + "mode: none\n"));
        Assert.Equal(CheckStatus.Warning, Result(policy, "MTASTS-DUPLICATE").Status);
        Assert.Equal(MtaStsPolicyMode.Enforce, policy.Mode);
    }

    // Senders without an older policy go on as if there were no MTA-STS (RFC 8461 section 3.3): nothing is stopped.
    [Theory]
    [InlineData("<html><body>Welcome</body></html>")]
    [InlineData("{ \"version\": \"STSv1\", \"mode\": \"enforce\" }")]
    [InlineData("v\0e\0r\0s\0i\0o\0n\0:\0")]
    [InlineData("Version: STSv1\nMode: enforce\nMX: other.contoso.com\nmax_age: 604800\n")]
    [InlineData("version : STSv1\nmode : enforce\nmx : other.contoso.com\nmax_age : 604800\n")]
    [InlineData("version: STSv1\rmode: enforce\rmx: other.contoso.com\rmax_age: 604800\r")]
    [InlineData("version: STSv1\nmode: enforce\nmx: other.contoso.com\n")]
    [InlineData("")]
    public async Task A_policy_that_cannot_be_read_stops_no_mail(string policy)
    {
        MtaStsStatus status = await Read(Good(Record), FakeFetcher.Ok(policy));
        Assert.Equal(CheckStatus.Fail, Result(status, "MTASTS-POLICY-SYNTAX").Status);
        Assert.Equal(CheckStatus.NotApplicable, Result(status, "MTASTS-MX-MISMATCH").Status);
    }

    [Fact]
    public async Task All_is_well_and_every_check_has_one_result()
    {
        FakeFetcher fetcher = FakeFetcher.Ok(Policy);
        MtaStsStatus status = await Read(Good(Record), fetcher);
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal(("1", MtaStsPolicyMode.Enforce, 604800L), (status.Id, status.Mode, status.Policy!.MaxAge));
        Assert.Equal(["mx1.contoso.com", "a.mail.example.net"], status.MailExchange);
        Assert.Equal(MtaStsChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
        HttpsRequest request = Assert.Single(fetcher.Requests);
        Assert.Equal(("https://mta-sts.contoso.com/.well-known/mta-sts.txt", 0, 65536, false), (request.Uri.ToString(), request.MaxRedirects, request.MaxBytes, request.AllowPrivateAddress));
    }

    [Theory]
    [InlineData("HttpError", 404, "Fail")]
    [InlineData("Redirect", 302, "Fail")]
    [InlineData("TlsFailed", 0, "Fail")]
    [InlineData("TooLarge", 0, "Fail")]
    [InlineData("ProtocolError", 0, "Fail")]
    [InlineData("HttpError", 503, "Unknown")]
    [InlineData("TimedOut", 0, "Unknown")]
    [InlineData("ConnectFailed", 0, "Unknown")]
    [InlineData("AddressRefused", 0, "Unknown")]
    public async Task A_policy_that_is_not_there_is_an_error_and_one_not_reached_is_unknown(string failure, int code, string expected)
    {
        MtaStsStatus status = await Read(Good(Record), FakeFetcher.Failed(System.Enum.Parse<HttpsStatus>(failure), code));
        Assert.Equal(expected, Result(status, "MTASTS-HTTPS").Status.ToString());
        Assert.Equal(expected == "Fail" ? CheckStatus.NotApplicable : CheckStatus.Unknown, Result(status, "MTASTS-MX-MISMATCH").Status);
        Assert.Equal(expected == "Fail" ? false : null, status.IsValid);
    }

    [Theory]
    [InlineData("text/html", "Warning")]
    [InlineData(null, "Warning")]
    [InlineData("text/plain", "Pass")]
    public async Task The_media_type_is_text(string? type, string expected) =>
        Assert.Equal(expected, Result(await Read(Good(Record), FakeFetcher.Ok(Policy, type)), "MTASTS-CONTENT-TYPE").Status.ToString());

    [Fact]
    public async Task Without_https_nothing_is_said_of_the_policy()
    {
        MtaStsStatus status = await Read(Good(Record));
        Assert.All(MtaStsChecks.Policy, check => Assert.Equal(CheckStatus.NotApplicable, Result(status, check.Id).Status));
        Assert.True(status.IsValid);
    }

    [Fact]
    public async Task No_record_is_no_fault_and_two_are_one()
    {
        MtaStsStatus none = await Read(new TableResolver());
        Assert.Equal((CheckStatus.Info, CheckStatus.NotApplicable), (Result(none, "MTASTS-MISSING").Status, Result(none, "MTASTS-HOST-MISSING").Status));
        MtaStsStatus two = await Read(Good(Record).Txt("_mta-sts.contoso.com", "v=STSv1; id=2"));
        Assert.Equal((CheckStatus.Fail, null), (Result(two, "MTASTS-TXT-MULTIPLE").Status, two.Record));
        Assert.Equal(CheckStatus.Pass, Result(await Read(Good(Record).Txt("_mta-sts.contoso.com", "v=stsv1; id=2", "other")), "MTASTS-TXT-MULTIPLE").Status);
    }

    [Fact]
    public async Task The_host_needs_an_address_and_tls_reports_are_missed()
    {
        MtaStsStatus status = await Read(new TableResolver().Txt("_mta-sts.contoso.com", Record).Mx("contoso.com", 10, "mx1.contoso.com"), FakeFetcher.Ok(Policy));
        Assert.Equal((CheckStatus.Fail, CheckStatus.Warning), (Result(status, "MTASTS-HOST-MISSING").Status, Result(status, "MTASTS-NO-TLSRPT").Status));
        MtaStsStatus good = await Read(Good(Record));
        Assert.Equal((CheckStatus.Pass, CheckStatus.Pass), (Result(good, "MTASTS-HOST-MISSING").Status, Result(good, "MTASTS-NO-TLSRPT").Status));
    }

    [Theory]
    [InlineData("_mta-sts.contoso.com", "MTASTS-MISSING")]
    [InlineData("mta-sts.contoso.com", "MTASTS-HOST-MISSING")]
    [InlineData("mta-sts.contoso.com", "MTASTS-HTTPS")]
    [InlineData("_smtp._tls.contoso.com", "MTASTS-NO-TLSRPT")]
    public async Task A_failed_lookup_is_unknown(string name, string id)
    {
        MtaStsStatus status = await Read(Good(Record).FailName(name), FakeFetcher.Ok(Policy));
        Assert.Equal(CheckStatus.Unknown, Result(status, id).Status);
        Assert.Null(status.IsValid);
    }

    [Fact]
    public async Task A_failed_lookup_of_the_exchangers_is_unknown()
    {
        MtaStsStatus status = await Read(Good(Record).Fail("contoso.com", DnsRecordType.Mx, DnsResponseStatus.Timeout), FakeFetcher.Ok(Policy));
        Assert.Equal((CheckStatus.Unknown, CheckStatus.Unknown), (Result(status, "MTASTS-MX-MISMATCH").Status, Result(status, "MTASTS-MX-STALE").Status));
    }

    [Theory]
    [InlineData(true, "NotApplicable")]
    [InlineData(false, "Fail")]
    public async Task A_null_mx_takes_no_mail_and_no_mx_is_the_domain(bool nullMx, string expected)
    {
        TableResolver resolver = Hosts().Txt("_mta-sts.contoso.com", Record);
        resolver = nullMx ? resolver.Mx("contoso.com", 0, ".") : resolver.Address("contoso.com", "192.0.2.1");
        Assert.Equal(expected, Result(await Read(resolver, FakeFetcher.Ok(Policy)), "MTASTS-MX-MISMATCH").Status.ToString());
    }

    [Fact]
    public async Task Hostile_text_is_escaped()
    {
        MtaStsStatus status = await Read(Good("v=STSv1; id=\u001b[2J"), FakeFetcher.Ok("version: STSv1\nmode: \u001b[2J\nmx: a\u001b.example.com\nmax_age: 1"));
        Assert.DoesNotContain('\u001b', string.Concat(status.Results.Select(result => result.Message + result.Actual + result.Expected)) + status.Record + status.Policy + status.Id);
    }

    private static TableResolver Hosts() => new TableResolver()
        .Address("mta-sts.contoso.com", "192.0.2.10")
        .Txt("_smtp._tls.contoso.com", "v=TLSRPTv1; rua=mailto:t@contoso.com");

    private static TableResolver Good(string record) => Hosts()
        .Txt("_mta-sts.contoso.com", record)
        .Mx("contoso.com", 20, "a.mail.example.net")
        .Mx("contoso.com", 10, "mx1.contoso.com");

    private static CheckResult Result(MtaStsStatus status, string id) => status.Results.Single(result => result.Id == id);

    private static Task<MtaStsStatus> Read(TableResolver resolver, FakeFetcher? fetcher = null) =>
        Seen.In(MtaStsStatusReader.ReadAsync(DomainName.Parse("contoso.com"), resolver, fetcher?.Access(), CancellationToken.None));
}
