using System;
using System.Linq;
using CsCheck;
using MailDns.Dmarc;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class DmarcRecordBuilderTests
{
    private static readonly string[] s_reports = { "report@example.com" };

    [Fact]
    public void The_default_monitors_and_reports()
    {
        DomainName domain = DomainName.Parse("example.com");
        TxtRecord record = DmarcRecordBuilder.Create(domain, domain, new DmarcRecordOptions { AggregateReportUri = s_reports }, TimeSpan.FromHours(1));
        Assert.Equal("v=DMARC1; p=none; rua=mailto:report@example.com", record.Value);
        Assert.Equal(("_dmarc", "example.com", "_dmarc.example.com", RecordPurpose.Dmarc), (record.Name, record.ZoneName, record.Fqdn, record.Purpose));
    }

    [Fact]
    public void The_record_of_a_subdomain_is_relative_to_its_zone()
    {
        TxtRecord record = DmarcRecordBuilder.Create(
            DomainName.Parse("news.example.com"), DomainName.Parse("example.com"), new DmarcRecordOptions { AggregateReportUri = s_reports }, TimeSpan.FromMinutes(5));
        Assert.Equal(("_dmarc.news", 300u), (record.Name, record.Ttl));
    }

    [Fact]
    public void Every_option_has_its_tag()
    {
        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = DmarcPolicy.Quarantine,
            SubdomainPolicy = DmarcPolicy.None,
            NonexistentSubdomainPolicy = DmarcPolicy.Reject,
            AggregateReportUri = new[] { "a@example.com", "https://r.example.net/x" },
            FailureReportUri = new[] { "mailto:f@example.com" },
            DkimAlignment = DmarcAlignmentMode.Strict,
            SpfAlignment = DmarcAlignmentMode.Strict,
            FailureOption = new[] { DmarcFailureOption.Spf, DmarcFailureOption.AnyFails },
            Testing = true,
            PublicSuffix = true,
        });
        Assert.Equal("v=DMARC1; p=quarantine; sp=none; np=reject; adkim=s; aspf=s; rua=mailto:a@example.com,https://r.example.net/x; ruf=mailto:f@example.com; fo=1:s; psd=y; t=y", text);
    }

    [Theory]
    [InlineData(DmarcPolicy.Reject, DmarcPolicy.Reject, DmarcPolicy.Reject, "p=reject; rua")]
    [InlineData(DmarcPolicy.Reject, DmarcPolicy.None, DmarcPolicy.None, "p=reject; sp=none; rua")]
    [InlineData(DmarcPolicy.Reject, DmarcPolicy.None, DmarcPolicy.Reject, "p=reject; sp=none; np=reject; rua")]
    [InlineData(DmarcPolicy.None, null, DmarcPolicy.Reject, "p=none; np=reject; rua")]
    [InlineData(DmarcPolicy.None, null, null, "p=none; rua")]
    public void A_tag_that_says_nothing_new_is_left_out(DmarcPolicy policy, DmarcPolicy? subdomains, DmarcPolicy? nonexistent, string expected)
    {
        string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
        {
            Policy = policy,
            SubdomainPolicy = subdomains,
            NonexistentSubdomainPolicy = nonexistent,
            AggregateReportUri = s_reports,
        });
        Assert.StartsWith("v=DMARC1; " + expected + "=mailto", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report@example.com", "mailto:report@example.com")]
    [InlineData("mailto:report@example.com", "mailto:report@example.com")]
    [InlineData(" report+x@EXAMPLE.com. ", "mailto:report+x@example.com")]
    [InlineData("a!b@example.com", "mailto:a%21b@example.com")]
    [InlineData("\"a,b;c d\"@example.com", "mailto:%22a%2Cb%3Bc%20d%22@example.com")]
    [InlineData("\"a@b\"@example.com", "mailto:%22a%40b%22@example.com")]
    [InlineData("a%b/c?d#e&f=g@example.com", "mailto:a%25b%2Fc%3Fd%23e%26f%3Dg@example.com")]
    [InlineData("report@b\u00fccher.example", "mailto:report@xn--bcher-kva.example")]
    [InlineData("mailto:a;b@example.com", "mailto:a%3Bb@example.com")]
    [InlineData("https://r.example.net/a,b!", "https://r.example.net/a%2Cb%21")]
    public void An_address_becomes_a_uri(string given, string uri) =>
        Assert.Equal(uri, DmarcReportUriWriter.Write(given, "uri"));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("report", "neither an address")]
    [InlineData("@example.com", "neither an address")]
    [InlineData("report@", "neither an address")]
    [InlineData("report@localhost", "single label")]
    [InlineData("a@example.com,b@example.com", "more than one address")]
    [InlineData("mailto:a@example.com,mailto:b@example.com", "more than one URI")]
    [InlineData("mailto:", "has no mailbox")]
    [InlineData("mailto:a@example.com!10m", "has a mailbox whose domain is not valid")]
    [InlineData("a b@example.com", "which no mailbox for reports may hold")]
    [InlineData("b\u00fccher@example.com", "which no mailbox for reports may hold")]
    [InlineData("\u001b@example.com", "which no mailbox for reports may hold")]
    public void What_is_no_address_is_refused(string given, string message)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => DmarcReportUriWriter.Write(given, "uri"));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(exception.Message, c => char.IsControl(c) && c != '\r' && c != '\n');
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Refused(new DmarcRecordOptions(), "-AggregateReportUri is required");
        Refused(new DmarcRecordOptions { NoReport = true, AggregateReportUri = s_reports }, "exclude each other");
        Refused(new DmarcRecordOptions { AggregateReportUri = s_reports, FailureOption = new[] { DmarcFailureOption.AnyFails } }, "without FailureReportUri");
        Refused(
            new DmarcRecordOptions { AggregateReportUri = s_reports, FailureReportUri = s_reports, FailureOption = new[] { DmarcFailureOption.AnyFails, DmarcFailureOption.AllFail } },
            "exclude each other");
        Assert.Equal("v=DMARC1; p=none", DmarcRecordBuilder.BuildText(new DmarcRecordOptions { NoReport = true }));

        static void Refused(DmarcRecordOptions options, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => DmarcRecordBuilder.BuildText(options)).Message, StringComparison.Ordinal);
    }

    // RFC 9989 appendix B.2.3.
    [Fact]
    public void Consent_to_reports_stands_below_the_destination()
    {
        DomainName destination = DomainName.Parse("thirdparty.example.net");
        TxtRecord record = DmarcReportAuthorization.Create(DomainName.Parse("example.com"), destination, destination, TimeSpan.FromHours(1));
        Assert.Equal(("example.com._report._dmarc", "thirdparty.example.net", "v=DMARC1;"), (record.Name, record.ZoneName, record.Value));
        Assert.Equal(RecordPurpose.DmarcReportAuthorization, record.Purpose);
        Assert.True(DmarcParser.IsDmarc(record.Value));
    }

    [Fact]
    public void Consent_whose_name_is_too_long_is_refused()
    {
        string label = new string('a', 60);
        DomainName policy = DomainName.Parse(string.Join(".", label, label, "com"));
        DomainName destination = DomainName.Parse(string.Join(".", label, label, "net"));
        ArgumentException exception = Assert.Throws<ArgumentException>(() => DmarcReportAuthorization.Create(policy, destination, destination, TimeSpan.Zero));
        Assert.Contains("longer than 253 octets", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_built_reads_back_as_what_was_asked()
    {
        Gen<DmarcPolicy?> policy = Gen.Int[-1, 2].Select(value => value < 0 ? (DmarcPolicy?)null : (DmarcPolicy)value);
        Gen<string[]> addresses = Gen.Char["abzAZ09.!,;%/?#&='*+_-{}|~"].Array[1, 8].Select(chars => "x" + new string(chars) + "@example.com").Array[1, 3];
        Gen.Select(policy, policy, policy, addresses, Gen.Int[0, 63]).Sample((p, sp, np, rua, bits) =>
        {
            var options = new DmarcRecordOptions
            {
                Policy = p ?? DmarcPolicy.None,
                SubdomainPolicy = sp,
                NonexistentSubdomainPolicy = np,
                AggregateReportUri = rua,
                FailureReportUri = (bits & 1) != 0 ? rua : Array.Empty<string>(),
                FailureOption = (bits & 3) == 3 ? new[] { DmarcFailureOption.Dkim, DmarcFailureOption.AnyFails } : Array.Empty<DmarcFailureOption>(),
                DkimAlignment = (DmarcAlignmentMode)((bits >> 2) & 1),
                SpfAlignment = (DmarcAlignmentMode)((bits >> 3) & 1),
                Testing = (bits & 16) != 0,
                PublicSuffix = (bits & 32) != 0,
            };
            DmarcRecord record = DmarcRecord.Parse(DmarcRecordBuilder.BuildText(options));
            DmarcPolicy subdomains = options.SubdomainPolicy ?? options.Policy;
            Assert.Equal(options.Policy, record.Policy);
            Assert.Equal(subdomains, record.SubdomainPolicy ?? record.Policy);
            Assert.Equal(options.NonexistentSubdomainPolicy ?? subdomains, record.NonexistentSubdomainPolicy ?? record.SubdomainPolicy ?? record.Policy);
            Assert.Equal(rua.Distinct().ToArray(), record.AggregateReportUri.Select(uri => uri.Address));
            Assert.Equal((options.DkimAlignment, options.SpfAlignment, options.Testing), (record.DkimAlignment, record.SpfAlignment, record.Testing));
            Assert.Equal(options.PublicSuffix, record.PublicSuffix == DmarcPublicSuffix.Yes);
            Assert.Equal((bits & 3) == 3, record.FailureOption.Contains(DmarcFailureOption.AnyFails));
        });
    }
}
