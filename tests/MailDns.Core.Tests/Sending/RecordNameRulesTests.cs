using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>Names that a domain's records point to, and answers that are lost.</summary>
public class RecordNameRulesTests
{
    private static readonly string s_label63 = new('a', 63);
    private static readonly string s_label64 = new('a', 64);
    private static readonly string s_long = string.Join('.', Enumerable.Repeat("abcdefghi", 26));

    public static TheoryData<string, string, string> Cases => new()
    {
        { "TXT", "v=spf1 include:" + s_label63 + ".example.net -all", string.Empty },
        { "TXT", "v=spf1 include:" + s_label64 + ".example.net -all", "DNS-NAME-LENGTH" },
        { "TXT", "v=spf1 include:" + s_long + " -all", "DNS-NAME-LENGTH" },
        { "TXT", "v=spf1 redirect=" + s_label64 + ".example.net", "DNS-NAME-LENGTH" },
        { "TXT", "v=spf1 include:_spf.example.net a:mail.example.net/28 -all", string.Empty },
        { "TXT", "v=spf1 exists:%{i}._spf.example.net -all", string.Empty },
        { "TXT", "v=spf1 include:spf;example.net -all", "DNS-NAME-SYNTAX" },
        { "TXT", "v=spf1 include:-spf.example.net -all", "DNS-NAME-SYNTAX" },
        { "TXT", "v=spf1 include:spf..example.net -all", "DNS-NAME-SYNTAX" },
        { "TXT", "v=spf1 a:192.0.2.1 -all", string.Empty },
        { "TXT", "v=spf1 include:xn--mnchen-3ya.example -all", string.Empty },
        { "TXT", "v=spf1 include:xn--a.example -all", "DNS-IDN-INVALID" },
        { "TXT", "v=spf1 include:" + Octets("m\u00fcnchen.example") + " -all", "DNS-IDN-ULABEL" },
        { "TXT", "v=spf1 include:" + Octets("b\u00fccher..example") + " -all", "DNS-IDN-INVALID" },
        { "TXT", "v=spf1 include:\u00ff\u00fe.example -all", "DNS-NAME-SYNTAX" },
        { "TXT", "site=" + s_label64 + ".example.net", string.Empty },
        { "MX", "mail.example.net", string.Empty },
        { "MX", "my_mail.example.net", "DNS-NAME-SYNTAX" },
        { "MX", "mail server.example.net", "DNS-NAME-SYNTAX" },
        { "MX", "192.0.2.1", string.Empty },
        { "MX", Octets("m\u00fcnchen.example"), "DNS-IDN-ULABEL" },
        { "DMARC", "v=DMARC1; p=none; rua=mailto:a@example.net", string.Empty },
        { "DMARC", "v=DMARC1; p=none; rua=mailto:a@" + s_label64 + ".example.net!10m", "DNS-NAME-LENGTH" },
        { "DMARC", "v=DMARC1; p=none; rua=mailto:a@my_host.example.net", "DNS-NAME-SYNTAX" },
        { "CNAME", "k1._domainkey.example.net", string.Empty },
        { "CNAME", "k1 ._domainkey.example.net", "DNS-NAME-SYNTAX" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_name_in_a_record_is_judged(string type, string value, string expected)
    {
        TableResolver zone = type switch
        {
            "MX" => Zone().Mx("contoso.com", 10, value),
            "DMARC" => Zone().Txt("_dmarc.contoso.com", value),
            "CNAME" => Zone().Cname("selector1._domainkey.contoso.com", value),
            _ => Zone().Txt("contoso.com", value),
        };
        IReadOnlyList<CheckResult> results = await Check(zone);
        string[] ids = ["DNS-NAME-LENGTH", "DNS-NAME-SYNTAX", "DNS-IDN-ULABEL", "DNS-IDN-INVALID"];
        Assert.Equal(expected, string.Join(" ", results.Where(result => ids.Contains(result.Id) && result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)).Select(result => result.Id)));
        Assert.All(results, result => Assert.True((result.Message + result.Actual).All(c => c is >= ' ' and <= '~'), result.Message));
    }

    [Theory]
    [InlineData("TXT", "@ TXT v=spf1 include:xn--mnchen-3ya.example -all")]
    [InlineData("MX", "@ MX 10 xn--mnchen-3ya.example")]
    public async Task A_name_in_unicode_is_put_right(string type, string fix)
    {
        string name = Octets("m\u00fcnchen.example");
        TableResolver zone = type == "MX" ? Zone().Mx("contoso.com", 10, name) : Zone().Txt("contoso.com", "v=spf1 include:" + name + " -all");
        CheckResult result = StatusAssert.Single(await Check(zone), "DNS-IDN-ULABEL");
        Assert.Equal("xn--mnchen-3ya.example", result.Expected);
        Assert.Equal(fix, string.Concat(result.Record.Select(record => record.Name + " " + record.RecordType + " " + record)));
    }

    [Theory]
    [InlineData(nameof(DnsResponseStatus.TruncatedNoTcp), CheckStatus.Fail)]
    [InlineData(nameof(DnsResponseStatus.Timeout), CheckStatus.Pass)]
    public async Task An_answer_lost_to_a_closed_tcp_port_is_said(string status, CheckStatus expected)
    {
        IReadOnlyList<CheckResult> results = await Check(Zone().Fail("contoso.com", DnsRecordType.Txt, System.Enum.Parse<DnsResponseStatus>(status)));
        Assert.Equal(expected, StatusAssert.Single(results, "DNS-TCP-FAIL").Status);
        Assert.Equal(CheckStatus.Unknown, StatusAssert.Single(results, "SPF-MISSING").Status);
    }

    [Theory]
    [InlineData("_dmarc.contoso.com")]
    [InlineData("_dmarc.contoso.com.contoso.com")]
    [InlineData("contoso.com.contoso.com")]
    public async Task A_failed_lookup_hides_a_doubled_name(string name) => Assert.Equal(
        CheckStatus.Unknown,
        StatusAssert.Single(await Check(Zone().Address("contoso.com.contoso.com", "203.0.113.10").FailName(name)), "DNS-NAME-DOUBLED").Status);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 5)]
    public async Task Below_a_name_that_does_not_exist_nothing_is_asked(bool exists, int questions)
    {
        TableResolver zone = exists ? Zone().Address("contoso.com.contoso.com", "203.0.113.10") : Zone();
        await Check(zone);
        Assert.Equal(questions, zone.Questions.Distinct().Count(question => question.Name.Text.EndsWith("contoso.com.contoso.com", System.StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_no_lookup_answered_is_never_passed()
    {
        var dead = new ScriptedResolver(question => DnsResponse.Failure(question, DnsResponseStatus.Timeout));
        Assert.Empty((await Check(dead)).Where(result => result.Status is CheckStatus.Pass).Select(result => result.Id));
    }

    private static TableResolver Zone() => new TableResolver().Address("contoso.com", "203.0.113.10");

    private static async Task<IReadOnlyList<CheckResult>> Check(IDnsResolver resolver) =>
        (await Seen.In(SendingDomainChecker.CheckAsync(new SendingDomainRequest(DomainName.Parse("contoso.com")), resolver, CancellationToken.None))).Results;

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
