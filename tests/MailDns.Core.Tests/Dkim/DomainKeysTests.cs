using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dkim;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DomainKeysTests
{
    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");

    [Theory]
    [InlineData(DomainKeysPolicy.SignsAll, false, null, null, "o=-;")]
    [InlineData(DomainKeysPolicy.SignsSome, false, null, null, "o=~;")]
    [InlineData(DomainKeysPolicy.SignsAll, true, "a note", "dk@contoso.com", "t=y; o=-; n=a note; r=dk@contoso.com;")]
    public void Builds_what_it_parses(DomainKeysPolicy policy, bool testing, string? note, string? report, string text)
    {
        TxtRecord record = Build(policy, testing, note, report);
        Assert.Equal(text, record.Value);
        Assert.Equal(("_domainkey.contoso.com", RecordPurpose.DomainKeysPolicy), (record.Fqdn, record.Purpose));
        Assert.Equal(text, DomainKeysPolicyParser.Parse(text).ToString());
    }

    [Theory]
    [InlineData("a;b", null)]
    [InlineData("caf\u00e9", null)]
    [InlineData(null, "nobody")]
    [InlineData(null, "a@b;c")]
    public void Refuses_what_cannot_stand_in_the_record(string? note, string? report) =>
        Assert.Throws<ArgumentException>(() => Build(DomainKeysPolicy.SignsAll, testing: false, note, report));

    [Theory]
    [InlineData("", 0, 0, "The text is empty.")]
    [InlineData("o=!", 0, 3, "o=! is not a policy; \"-\" and \"~\" are.")]
    [InlineData("o=-; t=s", 5, 3, "t=s is not a flag; y is.")]
    [InlineData("o=-; o=~", 5, 3, "The tag o= is given more than once.")]
    [InlineData("o=-; junk", 5, 4, "\"junk\" is not a tag=value.")]
    [InlineData("o=-; x=1", 5, 3, "The tag \"x\" is not known.")]
    [InlineData("r=", 0, 2, "r= is empty.")]
    public void Parse_refuses_with_the_place(string text, int offset, int length, string message)
    {
        var exception = Assert.Throws<RecordParseException>(() => DomainKeysPolicyParser.Parse(text));
        Assert.Equal((message, offset, length), (exception.Message, exception.Offset, exception.Length));
    }

    [Theory]
    [InlineData("_domainkey.contoso.com", "o=-;", "DOMAINKEYS-POLICY", CheckStatus.Warning)]
    [InlineData("_domainkey.contoso.com", "t=y; o=!", "DOMAINKEYS-POLICY-SYNTAX", CheckStatus.Info)]
    [InlineData("_domainkey.contoso.com", "v=DKIM1; p=" + TestKeys.Rsa2048, "DOMAINKEYS-POLICY-SYNTAX", CheckStatus.Info)]
    [InlineData("_adsp._domainkey.contoso.com", "dkim=all", "ADSP-HISTORIC", CheckStatus.Warning)]
    public async Task Leftovers_are_found(string name, string text, string id, CheckStatus status)
    {
        DomainKeysStatus found = await Read(new TableResolver().Txt(name, text));
        Assert.Equal(status, found.Results.Single(result => result.Id == id).Status);
        DomainKeysStatus clean = await Read(new TableResolver().Txt("contoso.com", text));
        Assert.True(clean.Results.Single(result => result.Id == id).Passed);
    }

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("xdkim=all")]
    [InlineData("some text")]
    public async Task Texts_of_a_wildcard_are_no_leftovers(string text)
    {
        DomainKeysStatus status = await Read(new TableResolver().Txt("_domainkey.contoso.com", text).Txt("_adsp._domainkey.contoso.com", text));
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Null(status.Record);
        Assert.Equal(text, Assert.Single(status.Records));
    }

    [Fact]
    public async Task A_failed_lookup_is_unknown_and_not_valid()
    {
        DomainKeysStatus status = await Read(new TableResolver().FailName("_domainkey.contoso.com").FailName("_adsp._domainkey.contoso.com"));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Null(status.IsValid);
    }

    [Fact]
    public async Task Every_check_has_one_result()
    {
        DomainKeysStatus status = await Read(new TableResolver().Txt("_domainkey.contoso.com", "o=-;"));
        Assert.Equal(DomainKeysChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
        Assert.Equal("o=-;", status.Record);
        Assert.Equal(DomainKeysPolicy.SignsAll, status.Policy);
    }

    private static Task<DomainKeysStatus> Read(TableResolver resolver) => Seen.In(DomainKeysStatusReader.ReadAsync(s_domain, resolver, CancellationToken.None));

    private static TxtRecord Build(DomainKeysPolicy policy, bool testing, string? note, string? report) =>
        DomainKeysPolicyRecordBuilder.Build(s_domain, s_domain, policy, testing, note, report, TimeSpan.FromHours(1));
}
