using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dkim;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DkimStatusReaderTests
{
    private const string Key = TestKeys.Rsa2048;
    private const string Good = "v=DKIM1; k=rsa; t=s; p=" + Key;
    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");

    [Fact]
    public async Task A_good_key_is_valid_and_described()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", Good));
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal(("contoso.com", "ak", "ak._domainkey.contoso.com"), (status.Domain, status.Selector, status.Name));
        Assert.Equal((Good, "rsa", 2048, TestKeys.Rsa2048Fingerprint), (status.Record, status.KeyType, status.KeySize, status.Fingerprint));
        Assert.False(status.IsRevoked || status.IsTesting);
        Assert.Null(status.CnameTarget);
    }

    [Fact]
    public async Task Strings_of_one_record_are_joined_without_a_space()
    {
        DkimStatus status = await ReadOne(new TableResolver().TxtStrings("ak._domainkey.contoso.com", Good.Substring(0, 200), Good.Substring(200)));
        Assert.True(status.IsValid);
        Assert.Equal(Good, status.Record);
    }

    [Fact]
    public async Task Every_check_has_exactly_one_result_in_the_first_status()
    {
        var resolver = new TableResolver().Txt("a._domainkey.contoso.com", Good).Txt("b._domainkey.contoso.com", "v=DKIM1; p=");
        IReadOnlyList<DkimStatus> statuses = await Read(resolver, "a", "b", "c");
        Assert.Equal(DkimChecks.All.Select(check => check.Id).Order(), statuses[0].Results.Select(result => result.Id).Order());
        Assert.All(statuses.Skip(1), status =>
            Assert.Equal(DkimChecks.All.Except(DkimChecks.OfDomain).Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order()));
    }

    [Fact]
    public async Task A_selector_that_was_asked_for_and_is_not_there_is_missing()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("other._domainkey.contoso.com", Good));
        Assert.False(status.IsValid);
        Assert.Null(status.Record);
        Assert.Equal(CheckStatus.Fail, Result(status, "DKIM-MISSING").Status);
        Assert.Equal("No DKIM key was found at ak._domainkey.contoso.com: no such name (NXDOMAIN).", Result(status, "DKIM-MISSING").Message);
        Assert.Equal(CheckStatus.NotApplicable, Result(status, "DKIM-RSA-1024").Status);
        Assert.Equal(CheckStatus.Pass, Result(status, "DKIM-NODATA-DOMAINKEY").Status);
    }

    [Theory]
    [InlineData(nameof(DnsResponseStatus.Timeout))]
    [InlineData(nameof(DnsResponseStatus.ServerFailure))]
    [InlineData(nameof(DnsResponseStatus.OutOfZone))]
    [InlineData(nameof(DnsResponseStatus.AliasLoop))]
    public async Task A_failed_lookup_is_unknown_and_neither_missing_nor_passed(string failure)
    {
        var resolver = new TableResolver().Fail("ak._domainkey.contoso.com", DnsRecordType.Txt, Enum.Parse<DnsResponseStatus>(failure));
        DkimStatus status = await ReadOne(resolver);
        Assert.Null(status.IsValid);
        Assert.All(status.Results.Where(result => DkimChecks.OfDomain.All(check => check.Id != result.Id)), result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Single(status.Findings, result => result.Status == CheckStatus.Unknown);
    }

    [Fact]
    public async Task Without_a_selector_the_common_ones_are_asked_and_those_found_are_shown()
    {
        var resolver = new TableResolver().Txt("selector1._domainkey.contoso.com", Good).Txt("google._domainkey.contoso.com", "v=DKIM1; p=");
        IReadOnlyList<DkimStatus> statuses = await Read(resolver);
        Assert.Equal(new[] { "selector1", "google" }, statuses.Select(status => status.Selector));
        Assert.Equal(CommonSelectors.All.Count + 2, resolver.Questions.Distinct().Count());
        Assert.Equal(CheckStatus.Pass, Result(statuses[0], "DKIM-SELECTOR-UNKNOWN").Status);
        Assert.True(statuses[1].IsRevoked);
    }

    [Fact]
    public async Task Guesses_that_find_nothing_give_one_unknown_status()
    {
        DkimStatus status = Assert.Single(await Read(new TableResolver().Txt("contoso.com", "v=spf1 -all")));
        Assert.Equal(CheckStatus.Unknown, Result(status, "DKIM-MISSING").Status);
        Assert.Equal(CheckStatus.Info, Result(status, "DKIM-SELECTOR-UNKNOWN").Status);
        Assert.Equal("_domainkey.contoso.com does not exist, so no selector below it can.", Result(status, "DKIM-NODATA-DOMAINKEY").Message);
        Assert.Equal((string.Empty, null), (status.Selector, status.IsValid));
        Assert.Equal(DkimChecks.All.Count, status.Results.Count);
        Assert.DoesNotContain(status.Results, result => result.Status == CheckStatus.Fail);
    }

    [Fact]
    public async Task Guesses_that_fail_say_so()
    {
        var resolver = new TableResolver().FailName("google._domainkey.contoso.com");
        DkimStatus status = Assert.Single(await Read(resolver));
        Assert.Contains("lookups of 1 of ", Result(status, "DKIM-MISSING").Message, StringComparison.Ordinal);
        Assert.EndsWith("failed (timed out).", Result(status, "DKIM-MISSING").Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Unknown, Result(status, "DKIM-SELECTOR-UNKNOWN").Status);
    }

    [Fact]
    public async Task A_wildcard_makes_no_guess_a_find()
    {
        var resolver = new TableResolver().Txt(DkimStatusReader.WildcardProbe + "._domainkey.contoso.com", "v=spf1 -all");
        foreach (string selector in CommonSelectors.All)
            resolver.Txt(selector + "._domainkey.contoso.com", "v=spf1 -all");

        DkimStatus status = Assert.Single(await Read(resolver));
        Assert.Equal(string.Empty, status.Selector);
        Assert.Equal(CheckStatus.Warning, Result(status, "DKIM-WILDCARD").Status);
    }

    [Fact]
    public async Task A_wildcard_that_revokes_every_selector_is_no_fault()
    {
        var resolver = new TableResolver().Txt("ak._domainkey.contoso.com", Good).Txt(DkimStatusReader.WildcardProbe + "._domainkey.contoso.com", "v=DKIM1; p=");
        Assert.Equal(CheckStatus.Pass, Result(await ReadOne(resolver), "DKIM-WILDCARD").Status);
    }

    [Fact]
    public async Task A_failed_probe_leaves_the_wildcard_unknown()
    {
        var resolver = new TableResolver().Txt("ak._domainkey.contoso.com", Good).FailName(DkimStatusReader.WildcardProbe + "._domainkey.contoso.com");
        Assert.Equal(CheckStatus.Unknown, Result(await ReadOne(resolver), "DKIM-WILDCARD").Status);
    }

    // characters of the domain's name, whether "ak._domainkey." and a probe for wildcards fit before it (RFC 1035 section 2.3.4)
    [Theory]
    [InlineData(217, true, CheckStatus.Pass)]
    [InlineData(218, true, CheckStatus.NotApplicable)]
    [InlineData(239, true, CheckStatus.NotApplicable)]
    [InlineData(240, false, CheckStatus.NotApplicable)]
    [InlineData(253, false, CheckStatus.NotApplicable)]
    public async Task A_long_domain_is_read_as_far_as_names_below_it_fit(int length, bool fits, CheckStatus wildcard)
    {
        string domain = LongNames.Of(length);
        var resolver = new TableResolver();
        if (fits) resolver.Txt("ak._domainkey." + domain, Good);

        IReadOnlyList<DkimStatus> statuses = await Seen.In(DkimStatusReader.ReadAsync(DomainName.Parse(domain), ["ak"], resolver, CancellationToken.None));
        DkimStatus status = Assert.Single(statuses);
        Assert.Equal((fits, "ak", "ak._domainkey." + domain), (status.IsValid, status.Selector, status.Name));
        Assert.Equal(fits ? CheckStatus.Pass : CheckStatus.Fail, Result(status, "DKIM-MISSING").Status);
        Assert.Equal(fits, !Result(status, "DKIM-MISSING").Message.Contains("DNS allows 253", StringComparison.Ordinal));
        Assert.Equal(wildcard, Result(status, "DKIM-WILDCARD").Status);
        Assert.Equal(DkimChecks.All.Count, status.Results.Select(result => result.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(240, CheckStatus.Unknown)]
    [InlineData(241, CheckStatus.Fail)]
    [InlineData(253, CheckStatus.Fail)]
    public async Task Without_a_selector_a_long_domain_is_no_error(int length, CheckStatus missing)
    {
        DkimStatus status = Assert.Single(await Seen.In(DkimStatusReader.ReadAsync(DomainName.Parse(LongNames.Of(length)), [], new TableResolver(), CancellationToken.None)));
        Assert.Equal(missing, Result(status, "DKIM-MISSING").Status);
        Assert.Equal(DkimChecks.All.Count, status.Results.Select(result => result.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_selector_that_does_not_fit_leaves_the_others_what_they_are()
    {
        string domain = LongNames.Of(239);
        var resolver = new TableResolver().Txt("ak._domainkey." + domain, Good);
        IReadOnlyList<DkimStatus> statuses = await Seen.In(DkimStatusReader.ReadAsync(DomainName.Parse(domain), ["longer", "ak"], resolver, CancellationToken.None));
        Assert.Equal([("ak", true), ("longer", false)], statuses.Select(status => (status.Selector, status.IsValid)));
        Assert.Equal(CheckStatus.Fail, Result(statuses[1], "DKIM-MISSING").Status);
    }

    [Fact]
    public async Task An_alias_to_a_key_is_followed_and_its_record_is_the_platforms()
    {
        var resolver = new TableResolver()
            .Cname("ak._domainkey.contoso.com", "ak.platform.net").Cname("ak.platform.net", "k.platform.net").Txt("k.platform.net", "k=rsa; t=s; p=" + Key);
        DkimStatus status = await ReadOne(resolver);
        Assert.True(status.IsValid);
        Assert.Equal("ak.platform.net", status.CnameTarget);
        Assert.Empty(Result(status, "DKIM-VERSION-ABSENT").Record);
        Assert.Equal(CheckStatus.Pass, Result(status, "DKIM-CNAME-TARGET").Status);
    }

    [Theory]
    [InlineData(false, "ak._domainkey.contoso.com is an alias of ak.platform.net, which does not exist.")]
    [InlineData(true, "ak._domainkey.contoso.com is an alias of ak.platform.net, where there is no TXT record.")]
    public async Task A_dangling_alias_is_an_error(bool exists, string message)
    {
        var resolver = new TableResolver().Cname("ak._domainkey.contoso.com", "ak.platform.net");
        if (exists) resolver.Address("ak.platform.net", "192.0.2.1");

        DkimStatus status = await ReadOne(resolver);
        Assert.Equal((CheckStatus.Fail, message), (Result(status, "DKIM-CNAME-TARGET").Status, Result(status, "DKIM-CNAME-TARGET").Message));
        Assert.Equal(CheckStatus.NotApplicable, Result(status, "DKIM-MISSING").Status);
        Assert.Equal("ak.platform.net", status.CnameTarget);
        Assert.False(status.IsValid);
    }

    [Fact]
    public async Task A_dangling_alias_is_found_among_guesses_too()
    {
        DkimStatus status = Assert.Single(await Read(new TableResolver().Cname("s1._domainkey.contoso.com", "s1.platform.net")));
        Assert.Equal("s1", status.Selector);
        Assert.Equal(CheckStatus.Fail, Result(status, "DKIM-CNAME-TARGET").Status);
    }

    [Fact]
    public async Task Two_keys_at_a_selector_are_an_error_without_a_guess_which_to_keep()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", Good, "v=DKIM1; p=" + TestKeys.Rsa4096));
        CheckResult result = Result(status, "DKIM-MULTIPLE");
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Empty(result.Record);
        Assert.Equal(2, status.Records.Length);
        Assert.False(status.IsValid);
    }

    [Fact]
    public async Task A_text_beside_a_key_is_named_and_left_to_a_person()
    {
        CheckResult result = Result(await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", "some-verification=1", Good)), "DKIM-MULTIPLE");
        Assert.Empty(result.Record);
        Assert.Contains("Remove \"some-verification=1\"", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 0, 1)]
    [InlineData(1, 2, 0)]
    public async Task A_key_cut_into_records_is_put_together_in_any_order(int first, int second, int third)
    {
        string[] parts = { Good.Substring(0, 150), Good.Substring(150, 150), Good.Substring(300) };
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", parts[first], parts[second], parts[third]));
        CheckResult result = Result(status, "DKIM-MULTIPLE");
        Assert.Equal(CheckStatus.Fail, result.Status);
        var record = (TxtRecord)Assert.Single(result.Record);
        Assert.Equal(Good, record.Value);
        Assert.Equal(2, record.Strings.Length);
        Assert.Equal("ak._domainkey", record.Name);
    }

    [Fact]
    public async Task A_private_key_is_found_and_not_shown()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", "v=DKIM1; k=rsa; p=" + TestKeys.PrivatePkcs8));
        Assert.Equal(CheckStatus.Fail, Result(status, "DKIM-PRIVATE-KEY").Status);
        Assert.StartsWith("v=DKIM1; k=rsa; p=****", status.Record, StringComparison.Ordinal);
        string secret = TestKeys.PrivatePkcs8.Substring(100, 20);
        Assert.DoesNotContain(secret, status.Record + status + string.Concat(status.Records) + string.Concat(status.Results.Select(result => result.Message + result.Actual + result.Expected)), StringComparison.Ordinal);
        Assert.Null(status.KeySize);
    }

    [Fact]
    public async Task Hostile_text_is_shown_escaped()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", "v=DKIM1; k=\u001b[2J; p=\u0007"));
        Assert.DoesNotContain(status.Record + status.KeyType + string.Concat(status.Findings.Select(result => result.Message)), c => c < ' ' || c > '~');
    }

    [Fact]
    public async Task Revoked_keys_warn_and_are_not_valid()
    {
        DkimStatus status = await ReadOne(new TableResolver().Txt("ak._domainkey.contoso.com", "v=DKIM1; p="));
        Assert.Equal((CheckStatus.Warning, true, false), (Result(status, "DKIM-REVOKED").Status, status.IsRevoked, status.IsValid));
    }

    [Fact]
    public async Task Only_ed25519_warns_and_an_rsa_key_beside_it_does_not()
    {
        var resolver = new TableResolver().Txt("a._domainkey.contoso.com", "v=DKIM1; k=ed25519; t=s; p=" + TestKeys.Ed25519Raw);
        Assert.Equal(CheckStatus.Warning, Result((await Read(resolver, "a"))[0], "DKIM-ED25519-ONLY").Status);
        resolver.Txt("b._domainkey.contoso.com", Good);
        Assert.Equal(CheckStatus.Pass, Result((await Read(resolver, "a", "b"))[0], "DKIM-ED25519-ONLY").Status);
    }

    [Fact]
    public async Task One_key_at_two_selectors_warns_unless_both_are_aliases_of_one_record()
    {
        var copied = new TableResolver().Txt("a._domainkey.contoso.com", Good).Txt("b._domainkey.contoso.com", "v=DKIM1; p=" + TestKeys.Rsa2048Pkcs1);
        Assert.Equal(CheckStatus.Warning, Result((await Read(copied, "a", "b"))[0], "DKIM-RSA-SHARED").Status);
        var aliased = new TableResolver().Cname("a._domainkey.contoso.com", "k.platform.net").Cname("b._domainkey.contoso.com", "k.platform.net").Txt("k.platform.net", Good);
        Assert.Equal(CheckStatus.Pass, Result((await Read(aliased, "a", "b"))[0], "DKIM-RSA-SHARED").Status);
    }

    [Fact]
    public async Task A_platforms_selectors_are_compared()
    {
        DkimExpectation[] expected =
        {
            new("s1", DomainName.Parse("s1.platform.net")), new("s2", DomainName.Parse("s2.platform.net")), new("s3", DomainName.Parse("s3.platform.net")),
        };
        var options = new DkimReadOptions { Expectations = expected, ProviderName = "Platform" };
        var resolver = new TableResolver().Cname("s1._domainkey.contoso.com", "s1.platform.net").Txt("s1.platform.net", Good)
            .Cname("s2._domainkey.contoso.com", "s2.platfrom.net").Txt("s2.platfrom.net", "v=DKIM1; t=s; p=" + TestKeys.Rsa4096);
        IReadOnlyList<DkimStatus> statuses = await Seen.In(DkimStatusReader.ReadAsync(s_domain, options, resolver, CancellationToken.None));

        Assert.Equal(CheckStatus.Pass, Result(statuses[0], "DKIM-CNAME-WRONG").Status);
        CheckResult wrong = Result(statuses[1], "DKIM-CNAME-WRONG");
        Assert.Equal("s2._domainkey.contoso.com is an alias of s2.platfrom.net; Platform asks for an alias of s2.platform.net.", wrong.Message);
        Assert.Equal("s2.platform.net", ((CnameRecord)Assert.Single(wrong.Record)).Cname);
        CheckResult missing = Result(statuses[2], "DKIM-MISSING");
        Assert.Equal("s3.platform.net", ((CnameRecord)Assert.Single(missing.Record)).Cname);
        CheckResult pair = Result(statuses[0], "DKIM-SELECTOR-PAIR");
        Assert.Equal((CheckStatus.Warning, "s1, s2, s3", "s1, s2"), (pair.Status, pair.Expected, pair.Actual));
    }

    [Fact]
    public async Task A_text_where_an_alias_is_asked_for_is_wrong()
    {
        var options = new DkimReadOptions { Expectations = new[] { new DkimExpectation("s1", DomainName.Parse("s1.platform.net")) } };
        var resolver = new TableResolver().Txt("s1._domainkey.contoso.com", Good);
        IReadOnlyList<DkimStatus> statuses = await Seen.In(DkimStatusReader.ReadAsync(s_domain, options, resolver, CancellationToken.None));
        Assert.Equal("s1._domainkey.contoso.com is not an alias but has a TXT record; the platform asks for an alias of s1.platform.net.", Result(statuses[0], "DKIM-CNAME-WRONG").Message);
    }

    [Theory]
    [InlineData("20230601", "2023-06-01", true, -906)]
    [InlineData("s2019", "2019-01-01", true, -2519)]
    [InlineData("201906-key", "2019-06-01", true, -2367)]
    [InlineData("20150520134512pm", "2015-05-20", true, -3840)]
    [InlineData("s20251123", "2025-11-23", true, -1)]
    [InlineData("s20251124", "2025-11-24", false, 0)]
    [InlineData("20261101", "2026-11-01", false, 342)]
    [InlineData("2030", null, false, null)]
    [InlineData("s1024", null, false, null)]
    [InlineData("20231399", null, false, null)]
    [InlineData("selector1", null, false, null)]
    public async Task A_selectors_name_tells_when_a_key_is_old(string selector, string? date, bool isOld, int? daysLeft)
    {
        var options = new DkimReadOptions { Selectors = new[] { selector }, Today = new DateTime(2026, 11, 24) };
        var resolver = new TableResolver().Txt(selector + "._domainkey.contoso.com", Good);
        CheckResult result = Result((await Seen.In(DkimStatusReader.ReadAsync(s_domain, options, resolver, CancellationToken.None)))[0], "DKIM-KEY-AGE");
        Assert.Equal((date, daysLeft), (result.Actual, result.DaysLeft));
        Assert.Equal(isOld ? CheckStatus.Info : date is null ? CheckStatus.NotApplicable : CheckStatus.Pass, result.Status);
    }

    [Theory]
    [InlineData(Good, CheckStatus.Info)]
    [InlineData("v=DKIM1; p=", CheckStatus.Pass)]
    public async Task A_parked_domain_has_no_live_key(string text, CheckStatus status)
    {
        var options = new DkimReadOptions { Selectors = new[] { "ak" }, IsParked = true };
        var resolver = new TableResolver().Txt("ak._domainkey.contoso.com", text);
        Assert.Equal(status, Result((await Seen.In(DkimStatusReader.ReadAsync(s_domain, options, resolver, CancellationToken.None)))[0], "DKIM-PARKED").Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("-a")]
    public async Task A_selector_that_is_none_is_an_error(string selector) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Read(new TableResolver(), selector));

    [Fact]
    public async Task Equal_selectors_are_asked_once()
    {
        var resolver = new TableResolver().Txt("ak._domainkey.contoso.com", Good);
        Assert.Single(await Read(resolver, "ak", "AK", " ak "));
        Assert.Single(resolver.Questions, question => question.Name.Text == "ak._domainkey.contoso.com");
    }

    [Fact]
    public async Task A_cancelled_reading_ends() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Seen.In(DkimStatusReader.ReadAsync(s_domain, new[] { "ak" }, new TableResolver(), new CancellationToken(canceled: true))));

    private static CheckResult Result(DkimStatus status, string id) => status.Results.Single(result => result.Id == id);

    private static async Task<DkimStatus> ReadOne(TableResolver resolver) => Assert.Single(await Read(resolver, "ak"));

    private static Task<IReadOnlyList<DkimStatus>> Read(TableResolver resolver, params string[] selectors) =>
        Seen.In(DkimStatusReader.ReadAsync(s_domain, selectors, resolver, CancellationToken.None));
}
