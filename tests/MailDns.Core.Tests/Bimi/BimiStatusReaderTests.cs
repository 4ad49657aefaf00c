using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class BimiStatusReaderTests
{
    private const string Logo = "v=BIMI1; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem";
    private const string Reject = "v=DMARC1; p=reject; rua=mailto:d@contoso.com";

    // The fault, its repaired twin, and the record that is offered (null: none is).
    [Theory]
    [InlineData("BIMI-VERSION", "v=bimi1; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-SYNTAX", "v=BIMI1; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem; junk", Logo, Logo)]
    [InlineData("BIMI-L-MISSING", "v=BIMI1; a=https://contoso.com/vmc.pem", Logo, null)]
    [InlineData("BIMI-L-MISSING", "v=BIMI1; L=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-L-MISSING", "v=BIMI1; l=; a=https://contoso.com/vmc.pem", Logo, null)]
    [InlineData("BIMI-L-MISSING", "v=BIMI1; l=; a=https://contoso.com/vmc.pem", "v=BIMI1; l=; a=", null)]
    [InlineData("BIMI-L-HTTPS", "v=BIMI1; l=http://contoso.com/bimi.svg", Logo, null)]
    [InlineData("BIMI-L-TYPE", "v=BIMI1; l=https://contoso.com/bimi.png", Logo, null)]
    [InlineData("BIMI-URI-COMMA", "v=BIMI1; l=https://contoso.com/a,b.svg", Logo, "v=BIMI1; l=https://contoso.com/a%2Cb.svg")]
    [InlineData("BIMI-DECLINED", "v=BIMI1; l=; a=;", Logo, null)]
    [InlineData("BIMI-A-MISSING", "v=BIMI1; l=https://contoso.com/bimi.svg", Logo, null)]
    [InlineData("BIMI-AVP", Logo + "; avp=both", Logo + "; avp=brand", null)]
    [InlineData("BIMI-LPS", Logo + "; lps=a.b", Logo + "; lps=a-b", null)]
    [InlineData("BIMI-TAG-UNKNOWN", Logo + "; x=1", Logo, Logo)]
    [InlineData("BIMI-SYNTAX", Logo + "; invalid@tag=value", Logo, null)]
    [InlineData("BIMI-URI-COMMA", "v=BIMI1; l=https://contoso.com/1.svg,https://contoso.com/2.svg", Logo, null)]
    [InlineData("BIMI-VERSION", "l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem; v=BIMI1;", Logo, Logo)]
    [InlineData("BIMI-VERSION", "v=BIMI; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-VERSION", "v = bimi1 ; l = https://contoso.com/bimi.svg ; a = https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-VERSION", "\"v=BIMI1; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem\"", Logo, Logo)]
    [InlineData("BIMI-VERSION", "default._bimi 300 IN TXT \"v=BIMI1; l=https://contoso.com/bimi.svg; a=https://contoso.com/vmc.pem\"", Logo, Logo)]
    [InlineData("BIMI-VERSION", "v=BIMI1, l=https://contoso.com/bimi.svg, a=https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-VERSION", "v:BIMI1; l:https://contoso.com/bimi.svg; a:https://contoso.com/vmc.pem", Logo, Logo)]
    [InlineData("BIMI-VERSION", "v=bimi1; l=https://contoso.com/1.svg; l=https://contoso.com/2.svg", Logo, null)]
    [InlineData("BIMI-VERSION", "v=bimi1; https://contoso.com/1.svg", Logo, null)]
    public async Task A_fault_of_the_text_fires_with_its_correction_and_the_twin_does_not(string id, string bad, string good, string? corrected)
    {
        CheckResult result = Result(await Read(Enforced().Txt("default._bimi.contoso.com", bad)), id);
        Assert.False(result.Status == CheckStatus.Pass);
        Assert.Equal(corrected, (result.Record.SingleOrDefault() as TxtRecord)?.Value);
        Assert.Equal(CheckStatus.Pass, Result(await Read(Enforced().Txt("default._bimi.contoso.com", good)), id).Status);
    }

    // characters of the domain's name: "default._bimi." fits before 239 of them (RFC 1035 section 2.3.4)
    [Theory]
    [InlineData(239, true)]
    [InlineData(240, false)]
    [InlineData(253, false)]
    public async Task A_long_domain_has_a_record_of_its_own_only_where_its_name_fits(int length, bool fits)
    {
        string domain = LongNames.Of(length);
        TableResolver resolver = new TableResolver().Txt("_dmarc.example.com", Reject);
        BimiStatus none = await Read(resolver, domain);
        Assert.Equal((CheckStatus.Info, !fits), (Result(none, "BIMI-MISSING").Status, Result(none, "BIMI-MISSING").Message.Contains("longer than DNS allows", StringComparison.Ordinal)));
        Assert.Equal(BimiChecks.All.Count, none.Results.Select(result => result.Id).Distinct().Count());

        // The Organizational Domain's record serves it all the same.
        BimiStatus inherited = await Read(resolver.Txt("default._bimi.example.com", Logo), domain);
        Assert.Equal((CheckStatus.Pass, "default._bimi.example.com"), (Result(inherited, "BIMI-MISSING").Status, inherited.RecordName));

        BimiStatus unknown = await Read(new TableResolver().FailName("_dmarc." + (length > 246 ? "example.com" : domain)), domain);
        Assert.Equal(CheckStatus.Unknown, Result(unknown, "BIMI-MISSING").Status);
    }

    [Theory]
    [InlineData("BIMI-DMARC-NONE", "v=DMARC1; p=none; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-SP-NONE", "v=DMARC1; p=reject; sp=none; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-PCT", "v=DMARC1; p=quarantine; pct=50; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-T", "v=DMARC1; p=reject; t=y; rua=mailto:d@contoso.com")]
    public async Task Dmarc_that_keeps_the_logo_back_is_reported(string id, string dmarc)
    {
        var bad = new TableResolver().Txt("_dmarc.contoso.com", dmarc).Txt("default._bimi.contoso.com", Logo);
        Assert.NotEqual(CheckStatus.Pass, Result(await Read(bad), id).Status);
        Assert.Equal(CheckStatus.Pass, Result(await Read(Enforced().Txt("default._bimi.contoso.com", Logo)), id).Status);
    }

    [Theory]
    [InlineData("BIMI-DMARC-ORG", "v=DMARC1; p=none; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-PCT", "v=DMARC1; p=quarantine; pct=50; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-T", "v=DMARC1; p=reject; t=y; rua=mailto:d@contoso.com")]
    [InlineData("BIMI-DMARC-SP-NONE", "v=DMARC1; p=reject; sp=none; rua=mailto:d@contoso.com")]
    public async Task The_organizational_domain_counts_too(string id, string dmarc)
    {
        TableResolver resolver(string top) => new TableResolver()
            .Txt("_dmarc.mail.contoso.com", Reject).Txt("_dmarc.contoso.com", top).Txt("default._bimi.mail.contoso.com", Logo);
        Assert.NotEqual(CheckStatus.Pass, Result(await Read(resolver(dmarc), "mail.contoso.com"), id).Status);
        Assert.Equal(CheckStatus.Pass, Result(await Read(resolver(Reject), "mail.contoso.com"), id).Status);
    }

    [Fact]
    public async Task A_good_record_is_valid_and_every_check_has_one_result()
    {
        BimiStatus status = await Read(Enforced().Txt("default._bimi.contoso.com", Logo));
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal(("https://contoso.com/bimi.svg", "https://contoso.com/vmc.pem", "default._bimi.contoso.com"), (status.LogoUri, status.EvidenceUri, status.RecordName));
        Assert.Equal(BimiChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
    }

    [Fact]
    public async Task The_organizational_domain_is_asked_with_the_same_selector()
    {
        BimiStatus status = await Read(Enforced().Txt("news.b._bimi.contoso.com", "v=bimi1; l=https://contoso.com/bimi.svg"), "mail.contoso.com", "news.b");
        Assert.Equal("news.b._bimi.contoso.com", status.RecordName);
        var fix = (TxtRecord)Assert.Single(Result(status, "BIMI-VERSION").Record);
        Assert.Equal(("contoso.com", "news.b._bimi"), (fix.ZoneName, fix.Name));
    }

    [Fact]
    public async Task A_record_at_the_domain_goes_before_one_above()
    {
        BimiStatus status = await Read(Enforced().Txt("default._bimi.contoso.com", "v=BIMI1; l=; a=;").Txt("default._bimi.mail.contoso.com", Logo), "mail.contoso.com");
        Assert.Equal("default._bimi.mail.contoso.com", status.RecordName);
        Assert.False(status.IsDeclined);
    }

    [Fact]
    public async Task No_record_is_no_fault()
    {
        BimiStatus status = await Read(Enforced());
        Assert.Equal(CheckStatus.Info, Result(status, "BIMI-MISSING").Status);
        Assert.Equal(CheckStatus.NotApplicable, Result(status, "BIMI-DMARC-NONE").Status);
        Assert.Null(status.IsValid);
    }

    [Fact]
    public async Task Two_records_are_an_error_and_one_beside_a_misspelt_one_is_not()
    {
        BimiStatus two = await Read(Enforced().Txt("default._bimi.contoso.com", Logo, "v=BIMI1; l="));
        Assert.Equal(CheckStatus.Fail, Result(two, "BIMI-MULTIPLE").Status);
        Assert.Null(two.Record);
        BimiStatus one = await Read(Enforced().Txt("default._bimi.contoso.com", "v=bimi1; l=", Logo, "other"));
        Assert.Equal((CheckStatus.Pass, Logo), (Result(one, "BIMI-MULTIPLE").Status, one.Record));
    }

    [Fact]
    public async Task White_space_around_the_equals_sign_is_read()
    {
        BimiStatus status = await Read(Enforced().Txt("default._bimi.contoso.com", "v = BIMI1; l = https://contoso.com/bimi.svg; a = https://contoso.com/vmc.pem"));
        Assert.True(status.IsValid);
    }

    [Fact]
    public async Task A_failed_lookup_is_unknown()
    {
        BimiStatus status = await Read(Enforced().FailName("default._bimi.contoso.com"));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Null(status.IsValid);
    }

    [Fact]
    public async Task Where_the_organizational_domain_is_unknown_nothing_is_missing()
    {
        BimiStatus status = await Read(new TableResolver().FailName("_dmarc.contoso.com").FailName("_dmarc.mail.contoso.com").FailName("_dmarc.com"), "mail.contoso.com");
        Assert.Equal(CheckStatus.Unknown, Result(status, "BIMI-MISSING").Status);
    }

    [Fact]
    public async Task Where_dmarc_is_unknown_its_checks_are_unknown_and_the_record_is_not_valid()
    {
        BimiStatus status = await Read(new TableResolver().FailName("_dmarc.contoso.com").Txt("default._bimi.contoso.com", Logo));
        Assert.All(status.Results.Where(result => result.Id.StartsWith("BIMI-DMARC-", StringComparison.Ordinal)), result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Null(status.IsValid);
    }

    [Fact]
    public async Task A_selector_that_is_none_is_reported()
    {
        BimiStatus status = await Read(Enforced(), selector: "a_b");
        Assert.Equal(CheckStatus.Warning, Result(status, "BIMI-SELECTOR-SYNTAX").Status);
        Assert.Null(status.IsValid);
    }

    private static TableResolver Enforced() => new TableResolver().Txt("_dmarc.contoso.com", Reject);

    private static CheckResult Result(BimiStatus status, string id) => status.Results.Single(result => result.Id == id);

    private static Task<BimiStatus> Read(TableResolver resolver, string domain = "contoso.com", string selector = "default") =>
        Seen.In(BimiStatusReader.ReadAsync(DomainName.Parse(domain), selector, resolver, CancellationToken.None));
}
