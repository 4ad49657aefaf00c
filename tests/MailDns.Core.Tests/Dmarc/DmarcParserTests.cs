using System;
using System.Linq;
using System.Text;
using MailDns.Diagnostics;
using MailDns.Dmarc;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class DmarcParserTests
{
    // RFC 9989 appendix B.2 and RFC 9990 section 4.
    [Theory]
    [InlineData("v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com")]
    [InlineData("v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@example.com")]
    [InlineData("v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@thirdparty.example.net")]
    [InlineData("v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net")]
    [InlineData("v=DMARC1;")]
    [InlineData("v=DMARC1")]
    [InlineData("V \t= DMARC1 ;p = Reject ; SP=none", "SP=none")]
    [InlineData("v=DMARC1;p=reject;np=reject;psd=u;t=n;adkim=S;aspf=r;fo=0:d:s")]
    [InlineData("v=DMARC1; rua=mailto:a@example.com!10m , mailto:b@example.com; p=none")]
    [InlineData("v=DMARC1; p=none; unknown=x y z; pct=50; rf=afrf; ri=3600")]
    public void A_record_by_the_letter_is_read_and_kept(string text, string? fault = null)
    {
        if (fault is null)
            Assert.Equal(text, DmarcRecord.Parse(text).ToString().Replace("\\009", "\t", StringComparison.Ordinal));
        else
            Assert.Equal(fault, Assert.Throws<RecordParseException>(() => DmarcRecord.Parse(text)).Fragment);
    }

    [Theory]
    [InlineData("", 0, 0, "begins with v=DMARC1")]
    [InlineData("v=dmarc1; p=none", 0, 8, "begins with v=DMARC1")]
    [InlineData(" v=DMARC1; p=none", 0, 9, "begins with v=DMARC1")]
    [InlineData("p=none; v=DMARC1", 0, 6, "begins with v=DMARC1")]
    [InlineData("v=DMARC1 p=none", 0, 15, "begins with v=DMARC1")]
    [InlineData("v=DMARC11; p=none", 0, 9, "begins with v=DMARC1")]
    [InlineData("v=DMARC1; p=reject; sp=reject; mailto:report@example.com", 31, 25, "\"mailto:report@example.com\" is not a tag=value")]
    [InlineData("v=DMARC1; p=none; x1=2", 18, 4, "not a tag=value")]
    [InlineData("v=DMARC1;; p=none", 9, 0, "Two semicolons")]
    [InlineData("v=DMARC1; p=", 10, 2, "has no value")]
    [InlineData("v=DMARC1; p=rejct", 12, 5, "it takes none, quarantine or reject")]
    [InlineData("v=DMARC1; p=none; sp=strict", 21, 6, "it takes none, quarantine or reject")]
    [InlineData("v=DMARC1; p=none; np=no", 21, 2, "it takes none, quarantine or reject")]
    [InlineData("v=DMARC1; p=none; adkim=x", 24, 1, "it takes r or s")]
    [InlineData("v=DMARC1; p=none; aspf=strict", 23, 6, "it takes r or s")]
    [InlineData("v=DMARC1; p=none; psd=yes", 22, 3, "it takes y, n or u")]
    [InlineData("v=DMARC1; p=none; t=true", 20, 4, "it takes y or n")]
    [InlineData("v=DMARC1; p=none; fo=0:1", 21, 3, "each once")]
    [InlineData("v=DMARC1; p=none; fo=d:d", 21, 3, "each once")]
    [InlineData("v=DMARC1; p=none; fo=1:x", 21, 3, "each once")]
    [InlineData("v=DMARC1; p=none; p=reject", 18, 8, "is given twice")]
    [InlineData("v=DMARC1; P=none", 10, 6, "not in lower case")]
    [InlineData("v=DMARC1; p=none; v=DMARC1", 18, 8, "is given twice")]
    [InlineData("v=DMARC1; p=none; rua=report@example.com", 22, 18, "has no scheme")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a,b@example.com", 22, 8, "has no mailbox")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a!b@example.com", 22, 22, "must be percent-encoded")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@example.com!10x", 22, 24, "must be percent-encoded")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@example.com,", 43, 0, "is empty")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a b@example.com", 22, 22, "not a character of a URI")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a%4@example.com", 22, 22, "two hexadecimal digits")]
    [InlineData("v=DMARC1; p=none; ruf=mailto:", 22, 7, "has no mailbox")]
    [InlineData("v=DMARC1; p=none; ruf=https://?x", 22, 10, "has no host")]
    [InlineData("v=DMARC1; p=none\u00a0; rua=mailto:a@example.com", 16, 1, "\"\\160\"")]
    [InlineData("v=DMARC1; p=none\r\n; t=y", 16, 1, "\"\\013\"")]
    public void A_fault_is_named_with_its_place(string text, int offset, int length, string message)
    {
        RecordParseException exception = Assert.Throws<RecordParseException>(() => DmarcRecord.Parse(text));
        Assert.Equal((offset, length), (exception.Offset, exception.Length));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("RFC ", exception.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lenient_reading_drops_junk_and_keeps_the_rest()
    {
        DmarcRecord record = DmarcParser.Read("v=DMARC1; p=reject; sp=reject; mailto:report@example.com");
        Assert.True(record.HasVersion);
        Assert.Equal(DmarcPolicy.Reject, record.Policy);
        Assert.Equal(DmarcPolicy.Reject, record.SubdomainPolicy);
        Assert.Empty(record.AggregateReportUri);
        TextFault fault = Assert.Single(record.Faults);
        Assert.Equal((DmarcChecks.JunkSegment, "mailto:report@example.com"), (fault.Check, fault.Fragment));
    }

    [Fact]
    public void All_faults_are_collected()
    {
        DmarcRecord record = DmarcParser.Read("v=DMARC1; p=x; sp=; junk; fo=9; rua=a@example.com; rua=mailto:b@example.com;; T=y");
        Assert.Equal(
            new[]
            {
                DmarcChecks.PolicyInvalid, DmarcChecks.TagEmpty, DmarcChecks.JunkSegment, DmarcChecks.FailureOptionsInvalid, DmarcChecks.ReportScheme,
                DmarcChecks.TagDuplicate, DmarcChecks.JunkSegment, DmarcChecks.TagUnknown,
            },
            record.Faults.Select(fault => fault.Check));
        Assert.False(record.Testing);
        Assert.Equal(new[] { DmarcFailureOption.AllFail }, record.FailureOption);
    }

    [Fact]
    public void Every_tag_is_read()
    {
        DmarcRecord record = DmarcRecord.Parse("v=DMARC1; rua=mailto:a@example.com,https://r.example.net/d?x=1; ruf=mailto:f@example.com; p=QUARANTINE; sp=none; np=reject; adkim=s; aspf=S; fo=1:d:s; psd=n; t=y");
        Assert.Equal((DmarcPolicy.Quarantine, DmarcPolicy.None, DmarcPolicy.Reject), (record.Policy, record.SubdomainPolicy, record.NonexistentSubdomainPolicy));
        Assert.Equal((DmarcAlignmentMode.Strict, DmarcAlignmentMode.Strict), (record.DkimAlignment, record.SpfAlignment));
        Assert.Equal(new[] { DmarcFailureOption.AnyFails, DmarcFailureOption.Dkim, DmarcFailureOption.Spf }, record.FailureOption);
        Assert.Equal((DmarcPublicSuffix.No, true), (record.PublicSuffix, record.Testing));
        Assert.Equal(new[] { "mailto:a@example.com", "https://r.example.net/d?x=1" }, record.AggregateReportUri.Select(uri => uri.Uri));
        Assert.Equal("f@example.com", record.FailureReportUri.Single().Address);
    }

    [Fact]
    public void Absent_tags_have_their_defaults()
    {
        DmarcRecord record = DmarcRecord.Parse("v=DMARC1;");
        Assert.Null(record.Policy);
        Assert.Null(record.SubdomainPolicy);
        Assert.Equal((DmarcAlignmentMode.Relaxed, DmarcAlignmentMode.Relaxed), (record.DkimAlignment, record.SpfAlignment));
        Assert.Equal((DmarcPublicSuffix.Unspecified, false), (record.PublicSuffix, record.Testing));
    }

    [Theory]
    [InlineData("mailto:A%2Cb@Example.COM", "mailto", "A,b@example.com", "example.com", null, true)]
    [InlineData("mailto:a@example.com!10m", "mailto", "a@example.com", "example.com", "10m", true)]
    [InlineData("mailto:a@example.com!5", "mailto", "a@example.com", "example.com", "5", true)]
    [InlineData("MAILTO:a@b%C3%BCcher.example?subject=x", "mailto", "a@xn--bcher-kva.example", "xn--bcher-kva.example", null, true)]
    [InlineData("https://user@Reports.example.net:8443/x?y#z", "https", null, "reports.example.net", null, true)]
    [InlineData("https://[2001:db8::1]/x", "https", null, null, null, true)]
    [InlineData("urn:x:y", "urn", null, null, null, true)]
    [InlineData("a@example.com", null, null, null, null, false)]
    [InlineData("mailto:@example.com", "mailto", null, null, null, false)]
    [InlineData("mailto:a@@example.com", "mailto", null, null, null, false)]
    [InlineData("mailto:a@localhost", "mailto", null, null, null, false)]
    [InlineData("https://", "https", null, null, null, false)]
    [InlineData("https:", "https", null, null, null, false)]
    public void A_reporting_uri_is_taken_apart(string text, string? scheme, string? address, string? host, string? size, bool valid)
    {
        DmarcReportUri uri = DmarcParser.Read("v=DMARC1; p=none; rua=" + text).AggregateReportUri.Single();
        Assert.Equal((scheme, address, host, size, valid), (uri.Scheme, uri.Address, uri.Host, uri.ReportSize, uri.IsValid));
    }

    // RFC 9989 section 4.10.1: what a wrong p, sp or np does to the whole.
    [Theory]
    [InlineData("v=DMARC1; p=reject", true, false)]
    [InlineData("v=DMARC1; p=reject; sp=none; np=reject; rua=mailto:a@example.com", true, true)]
    [InlineData("v=DMARC1; rua=mailto:a@example.com", false, true)]
    [InlineData("v=DMARC1; p=reject; sp=x; rua=mailto:a@example.com", false, true)]
    [InlineData("v=DMARC1; p=reject; np=; rua=a@example.com", false, false)]
    [InlineData("v=DMARC1; p=reject\u00e9; rua=mailto:a,mailto:a@example.com", false, true)]
    public void A_wrong_policy_spoils_the_whole(string text, bool policyValid, bool uriValid)
    {
        DmarcRecord record = DmarcParser.Read(text);
        Assert.Equal((policyValid, uriValid), (record.IsPolicyValid, record.HasValidReportUri));
    }

    [Fact]
    public void Text_for_display_is_escaped()
    {
        DmarcRecord record = DmarcParser.Read("v=DMARC1; p=\u001b[31m; rua=mailto:a%1B@example.com; \u0007=x");
        Assert.DoesNotContain(record.Text + record.AggregateReportUri[0].Address, c => char.IsControl(c));
        Assert.All(record.Faults, fault => Assert.DoesNotContain(fault.Message, c => char.IsControl(c)));
    }

    [Fact]
    public void Any_text_is_read_without_an_exception()
    {
        var random = new Random(9989);
        string[] pieces = { "v=DMARC1", ";", "p=", "sp=", "np=", "reject", "none", " ", "\t", "rua=", "mailto:", "@", "example.com", ",", "!", "10m", "%2C", "%", "fo=", "0:1", "=", "\u00ff", "\0", "psd=y", "t=y", "https://", "[", "]", ":", "A" };
        for (int round = 0; round < 20000; round++)
        {
            var builder = new StringBuilder(round % 2 == 0 ? "v=DMARC1;" : string.Empty);
            for (int i = random.Next(12); i > 0; i--)
                builder.Append(pieces[random.Next(pieces.Length)]);

            string text = builder.ToString();
            DmarcRecord record = DmarcParser.Read(text);
            Assert.Equal(DmarcParser.IsDmarc(text), record.HasVersion);
            Assert.All(record.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 0, text.Length));
            if (record.Faults.Count > 0) Assert.Throws<RecordParseException>(() => DmarcRecord.Parse(text));
        }
    }

    [Fact]
    public void A_text_of_thousands_of_tags_is_read()
    {
        string text = "v=DMARC1;" + string.Concat(Enumerable.Repeat("a=1;", 16000));
        Assert.Equal(15999, DmarcParser.Read(text).Faults.Count);
    }
}
