using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>What only the whole check can say, each with a twin that does not say it.</summary>
public sealed class SendingDomainCheckerTests
{
    [Theory]
    [InlineData(3600u, null)]
    [InlineData(86401u, "DNS-TTL-HIGH")]
    [InlineData(59u, "DNS-TTL-LOW")]
    [InlineData(60u, null)]
    [InlineData(86400u, null)]
    public async Task A_time_to_live_is_neither_too_long_nor_too_short(uint timeToLive, string? id)
    {
        IReadOnlyList<CheckResult> results = await CheckAsync(new FixedTtl(Domain(), timeToLive));
        Assert.Equal(id is null ? [] : [id], results.Where(result => result.Id.StartsWith("DNS-TTL-", StringComparison.Ordinal) && result.Status != CheckStatus.Pass).Select(result => result.Id));
    }

    [Fact]
    public async Task A_domain_that_does_not_exist_is_said_and_one_that_fails_is_unknown()
    {
        Assert.Equal(CheckStatus.Fail, StatusAssert.Single(await CheckAsync(new TableResolver().Txt("other.com", "x")), "DNS-NXDOMAIN").Status);
        Assert.Equal(CheckStatus.Unknown, StatusAssert.Single(await CheckAsync(new TableResolver().FailName("example.com")), "DNS-NXDOMAIN").Status);
        Assert.Equal(CheckStatus.Pass, StatusAssert.Single(await CheckAsync(Domain()), "DNS-NXDOMAIN").Status);
    }

    [Fact]
    public async Task A_failed_lookup_is_named()
    {
        CheckResult failed = StatusAssert.Single(await CheckAsync(Domain().FailName("_dmarc.example.com")), "DNS-LOOKUP-FAILED");
        Assert.Equal(CheckStatus.Unknown, failed.Status);
        Assert.Contains("_dmarc.example.com", failed.Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Pass, StatusAssert.Single(await CheckAsync(Domain()), "DNS-LOOKUP-FAILED").Status);
    }

    // A name outside the zone files is no failure of DNS, and was not answered either.
    [Fact]
    public async Task What_lies_outside_the_zone_files_is_not_said_to_be_answered()
    {
        CheckResult some = StatusAssert.Single(await CheckAsync(Domain().Fail("_dmarc.example.com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone)), "DNS-LOOKUP-FAILED");
        Assert.Equal((CheckStatus.Pass, "No lookup failed; 1 was outside the zone files given."), (some.Status, some.Message));
        IReadOnlyList<CheckResult> none = await CheckAsync(new ZoneFileResolver([ZoneFileParser.Parse("other.com. 60 IN TXT x", "other", DomainName.Parse("other.com"))]));
        Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(none, "DNS-LOOKUP-FAILED").Status);
    }

    [Theory]
    [InlineData("old.example.net", CheckStatus.Warning)]
    [InlineData("example-com.us.example.net", CheckStatus.Pass)]
    public async Task An_alias_of_what_a_platform_has_replaced_is_told(string target, CheckStatus expected)
    {
        string profile = ProviderFixture.Sample.Replace("{ \"role\": \"spf\", \"value\": \"old", "{ \"role\": \"bounce\", \"value\": \"old", StringComparison.Ordinal);
        var request = new SendingDomainRequest(DomainName.Parse("example.com")) { Providers = [ProviderFixture.Read(profile)] };
        TableResolver zone = Domain().Cname("bounce.example.com", target).Address(target, "192.0.2.1");
        IReadOnlyList<CheckResult> results = (await Seen.In(SendingDomainChecker.CheckAsync(request, zone, CancellationToken.None))).Results;
        Assert.Equal(expected, StatusAssert.Single(results, "PROFILE-OBSOLETE-VALUE").Status);
    }

    [Theory]
    [InlineData("example.com", true, "SPF-SHARED-INCLUDE", CheckStatus.Pass)]
    [InlineData("news.example.com", true, "SPF-SHARED-INCLUDE", CheckStatus.Pass)]
    [InlineData("news.example.com", true, "SPF-NOT-EVALUATED", CheckStatus.Pass)]
    [InlineData("news.example.com", true, "DKIM-SELECTOR-PAIR", CheckStatus.Pass)]
    [InlineData("news.example.com", false, "DKIM-SELECTOR-PAIR", CheckStatus.Warning)]
    [InlineData("news.example.com", true, "DMARC-REJECT-NO-DKIM", CheckStatus.Pass)]
    public async Task A_platform_that_sends_as_the_domain_itself(string domain, bool bothSelectors, string id, CheckStatus expected)
    {
        const string Key = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5N3lnvvrYgPCRSoqn+awTpE+iGYcKBPpo8HHbcFfCIIV10Hwo4PhCoGZSaKVHOjDm4yefKXhQjM7iKzEPuBatE7O9hAx1CJpNuIdLxhILSbEmbMxJrJAG0HZVn8z6EAoOHZNaPHmK2h4UUrjOG8zA5BHfzJf7tGwI+K619fFUwQIDAQAB";
        SendingProvider provider = ProviderFixture.Shipped("microsoft365");
        var request = new SendingDomainRequest(DomainName.Parse(domain)) { Providers = [provider], Selectors = ["selector1", "selector2"] };
        TableResolver zone = Domain()
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject; rua=mailto:d@example.com")
            .Txt("spf.protection.outlook.com", "v=spf1 ip4:192.0.2.0/24 -all")
            .Txt("selector1._domainkey." + domain, Key);
        if (domain != "example.com")
            zone.Txt(domain, "v=spf1 include:spf.protection.outlook.com -all");
        else
            zone = new TableResolver().Txt(domain, "v=spf1 include:spf.protection.outlook.com -all");

        if (bothSelectors) zone.Txt("selector2._domainkey." + domain, Key);

        IReadOnlyList<CheckResult> results = (await Seen.In(SendingDomainChecker.CheckAsync(request, zone, CancellationToken.None))).Results;
        Assert.Contains(expected, results.Where(result => result.Id == id).Select(result => result.Status));
    }

    // A mailbox host has no bounce domain that could take the include; a platform that sends campaigns can have one.
    [Theory]
    [InlineData("example.com", CheckStatus.Warning)]
    [InlineData("news.example.com", CheckStatus.Pass)]
    public async Task A_platform_for_campaigns_that_sends_as_the_domain(string domain, CheckStatus expected)
    {
        string profile = ProviderFixture.Sample.Replace("\"returnPath\": \"bounce\"", "\"returnPath\": \"domain\"", StringComparison.Ordinal);
        var request = new SendingDomainRequest(DomainName.Parse(domain)) { Providers = [ProviderFixture.Read(profile)] };
        TableResolver zone = new TableResolver()
            .Txt("_dmarc.example.com", "v=DMARC1; p=reject; rua=mailto:d@example.com")
            .Txt(domain, "v=spf1 include:spf.example.net -all")
            .Txt("spf.example.net", "v=spf1 ip4:192.0.2.0/24 -all");
        IReadOnlyList<CheckResult> results = (await SendingDomainChecker.CheckAsync(request, zone, CancellationToken.None)).Results;
        Assert.Equal(expected, StatusAssert.Single(results, "SPF-SHARED-INCLUDE").Status);
    }

    private static TableResolver Domain() => new TableResolver().Txt("example.com", "v=spf1 -all").Address("example.com", "203.0.113.1");

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(IDnsResolver resolver) =>
        (await Seen.In(SendingDomainChecker.CheckAsync(new SendingDomainRequest(DomainName.Parse("example.com")), resolver, CancellationToken.None))).Results;

    private sealed class FixedTtl(IDnsResolver inner, uint timeToLive) : IDnsResolver
    {
        public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            DnsResponse response = await inner.QueryAsync(question, cancellationToken);
            return response.Status == DnsResponseStatus.Success
                ? DnsResponse.Answer(question, [.. response.Records.Select(record => new DnsRecord(record.Owner, record.Type, timeToLive, record.Data))])
                : response;
        }
    }
}
