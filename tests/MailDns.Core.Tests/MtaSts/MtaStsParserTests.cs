using System;
using System.Linq;
using MailDns.Dns;
using MailDns.MtaSts;
using Xunit;

namespace MailDns.Core.Tests.MtaSts;

public class MtaStsParserTests
{
    [Theory]
    [InlineData("v=STSv1; id=20160831085700Z;", "20160831085700Z")]
    [InlineData("v=STSv1;id=1", "1")]
    [InlineData("v=STSv1 ; id=1 ; ", "1")]
    [InlineData("v=STSv1; x_y-z.1=a:b,c; id=abcdefghijklmnopqrstuvwxyz012345", "abcdefghijklmnopqrstuvwxyz012345")]
    public void A_record_of_the_grammar_is_read(string text, string id) => Assert.Equal(id, MtaStsRecord.Parse(text).Id);

    [Theory]
    [InlineData("v=STSv1", 0, "sts-version")]
    [InlineData("v=stsv1; id=1", 0, "sts-version")]
    [InlineData(" v=STSv1; id=1", 1, "sts-version")]
    [InlineData("v = STSv1; id=1", 0, "sts-version")]
    [InlineData("v=STSv1;", 8, "sts-id")]
    [InlineData("v=STSv1; id=", 9, "sts-field")]
    [InlineData("v=STSv1; id=2016-08-31", 9, "sts-id")]
    [InlineData("v=STSv1; id=abcdefghijklmnopqrstuvwxyz0123456", 9, "sts-id")]
    [InlineData("v=STSv1; id = 1", 9, "sts-field")]
    [InlineData("v=STSv1; ID=1", 9, "sts-id")]
    [InlineData("v=STSv1;; id=1", 8, "sts-field")]
    [InlineData("v=STSv1; id=1; junk", 15, "sts-field")]
    [InlineData("v=STSv1; id=1; a=b=c", 15, "sts-extension")]
    [InlineData("v=STSv1; id=1; -a=b", 15, "sts-extension")]
    public void The_first_fault_has_its_place_and_rule(string text, int offset, string rule)
    {
        var fault = Assert.Throws<RecordParseException>(() => MtaStsRecord.Parse(text));
        Assert.Equal(offset, fault.Offset);
        Assert.EndsWith(rule, fault.Rule, StringComparison.Ordinal);
    }

    // RFC 8461 section 3.2, last paragraph: of entries that occur twice the first counts, in the record too.
    [Fact]
    public void A_second_id_is_ignored() => Assert.Equal("1", MtaStsRecord.Parse("v=STSv1; id=1; id=2").Id);

    [Theory]
    [InlineData("version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n", "enforce", "mail.example.com *.example.net backupmx.example.com", 604800L)]
    [InlineData("version: STSv1\r\nmode: testing  \r\nmax_age:86400\r\nmx:mx.example.com", "testing", "mx.example.com", 86400L)]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\n", "none", "", 0L)]
    [InlineData("version: STSv1\nmode: enforce\nmode: none\nmax_age: 5\nmax_age: x\nmx: A.Example.com\nfuture: \u00e9\n", "enforce", "a.example.com", 5L)]
    public void A_policy_of_the_grammar_is_read(string text, string mode, string mx, long age)
    {
        MtaStsPolicy policy = MtaStsPolicy.Parse(text);
        Assert.Equal((mode, mx, (long?)age), (policy.Mode.ToString()!.ToLowerInvariant(), string.Join(' ', policy.Mx), policy.MaxAge));
    }

    [Theory]
    [InlineData("", "no version")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\next:", "no value")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\n_bad: test", "no name")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\nabcdefghijklmnopqrstuvwxyz0123456: x", "no name")]
    [InlineData("version: STSv1\nmode: none\nmax_age: 0\n\n", "follows the last field")]
    [InlineData("version: STSv1\n\nmode: none\nmax_age: 0\n", "between the fields")]
    [InlineData("mode: enforce\nmx: a.example\nmax_age: 1", "no version")]
    [InlineData("version: STSv2\nmode: enforce\nmx: a.example.com\nmax_age: 1", "not STSv1")]
    [InlineData("version: STSv1\nmode: enforced\nmx: a.example.com\nmax_age: 1", "mode is \"enforced\"")]
    [InlineData("version: STSv1\nMode: enforce\nmx: a.example.com\nmax_age: 1", "has to be written mode")]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 1", "names no mx")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example.com b.example.com\nmax_age: 1", "not a host name")]
    [InlineData("version: STSv1\nmode: enforce\nmx: *.*.example.com\nmax_age: 1", "not a host name")]
    [InlineData("version: STSv1\nmode: enforce\nmx: .example.com\nmax_age: 1", "not a host name")]
    [InlineData("version: STSv1\nmode: enforce\nmx: mx.example.com.\nmax_age: 1", "not a host name")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: -1", "1 to 10 digits")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 12345678901", "1 to 10 digits")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 31557601", "the most is 31557600")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example.com", "no max_age")]
    [InlineData("version: STSv1\n\nmode: enforce\nmx: a.example.com\nmax_age: 1", "empty line")]
    [InlineData("<html>", "is not a field")]
    [InlineData("version: STSv1\nmode: enforce\u001b[2J\nmx: a.example.com\nmax_age: 1", "\\027[2J")]
    public void A_fault_of_a_policy_is_told(string text, string message) =>
        Assert.Contains(MtaStsPolicyParser.Read(text, domain: null).Faults, fault => fault.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("mail.example.com", "mail.example.com", true)]
    [InlineData("MAIL.example.com", "mail.example.com", true)]
    [InlineData("*.example.com", "mail.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.mail.example.com", false)]
    [InlineData("example.com", "mail.example.com", false)]
    [InlineData("*.com", "com", false)]
    public void A_wildcard_stands_for_one_label(string pattern, string host, bool matches) =>
        Assert.Equal(matches, NamePattern.Matches(pattern, DomainName.FromDns(host)));

    [Fact]
    public void What_is_built_is_read_back()
    {
        MtaStsPolicy policy = MtaStsPolicyBuilder.Create(DomainName.Parse("contoso.com"), MtaStsPolicyMode.Enforce, ["mx1.contoso.com", "*.m\u00fcnchen.example"], TimeSpan.FromDays(7));
        Assert.Equal("version: STSv1\r\nmode: enforce\r\nmx: mx1.contoso.com\r\nmx: *.xn--mnchen-3ya.example\r\nmax_age: 604800\r\n", policy.ToString());
        Assert.Equal(policy.ToString(), MtaStsPolicy.Parse(policy.ToString()).ToString());
        Assert.Equal("https://mta-sts.contoso.com/.well-known/mta-sts.txt", policy.Uri);
        TxtRecord record = MtaStsRecordBuilder.Create(DomainName.Parse("news.contoso.com"), DomainName.Parse("contoso.com"), MtaStsRecordBuilder.IdOf(new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc)), TimeSpan.FromHours(1));
        Assert.Equal(("_mta-sts.news", "v=STSv1; id=20260131T120000Z", RecordPurpose.MtaSts), (record.Name, record.Value, record.Purpose));
        Assert.Equal("20260131T120000Z", MtaStsRecord.Parse(record.Value).Id);
    }

    [Theory]
    [InlineData("", MtaStsPolicyMode.Enforce, 1)]
    [InlineData("a b", MtaStsPolicyMode.Enforce, 1)]
    [InlineData("_mx.example.com", MtaStsPolicyMode.Enforce, 1)]
    [InlineData("mx.example.com", MtaStsPolicyMode.Enforce, 400)]
    [InlineData("mx.example.com", MtaStsPolicyMode.Enforce, -1)]
    public void What_the_checks_would_refuse_is_not_built(string mx, MtaStsPolicyMode mode, int days) =>
        Assert.ThrowsAny<ArgumentException>(() => MtaStsPolicyBuilder.Create(DomainName.Parse("contoso.com"), mode, mx.Length == 0 ? [] : [mx], TimeSpan.FromDays(days)));

    [Fact]
    public void No_text_makes_the_readers_throw()
    {
        var random = new Random(8461);
        string alphabet = "v=STSv1; id:\r\n*.mxode_ag019\u00e9\0";
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            MtaStsRecord record = MtaStsParser.Read((i % 2 == 0 ? "v=STSv1;" : string.Empty) + text);
            MtaStsPolicy policy = MtaStsPolicyParser.Read(text, domain: null);
            Assert.All(record.Faults.Concat(policy.Faults), fault => Assert.DoesNotContain('\0', fault.Message));
            Assert.All(record.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 0, record.Text.Length + 8));
        }
    }
}
