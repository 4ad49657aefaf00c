using System;
using System.Linq;
using CsCheck;
using MailDns.Core.Tests.Catalogue;
using MailDns.Diagnostics;
using MailDns.Dmarc;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class DmarcTextRulesTests
{
    private const string Rua = "; rua=mailto:d@example.com";

    // id, faulty text, its repaired twin
    [Theory]
    [InlineData("DMARC-VERSION", "v=dmarc1; p=none" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-VERSION", "p=none; v=DMARC1" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-JUNK-SEGMENT", "v=DMARC1; p=none; mailto:d@example.com", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-JUNK-SEGMENT", "v=DMARC1;; p=none" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-P-MISSING", "v=DMARC1" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-P-INVALID", "v=DMARC1; p=rejcet" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-P-INVALID", "v=DMARC1; p=quarentine" + Rua, "v=DMARC1; p=quarantine" + Rua)]
    [InlineData("DMARC-P-NOT-SECOND", "v=DMARC1; rua=mailto:d@example.com; p=none", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-SP-INVALID", "v=DMARC1; p=none; sp=rejects" + Rua, "v=DMARC1; p=none; sp=reject" + Rua)]
    [InlineData("DMARC-SP-REDUNDANT", "v=DMARC1; p=reject; sp=reject" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-NP-INVALID", "v=DMARC1; p=none; np=Rejec" + Rua, "v=DMARC1; p=none; np=reject" + Rua)]
    [InlineData("DMARC-PSD-Y", "v=DMARC1; p=none; psd=y" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-PSD-INVALID", "v=DMARC1; p=none; psd=yes" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-T-INVALID", "v=DMARC1; p=reject; t=yes" + Rua, "v=DMARC1; p=reject; t=y" + Rua)]
    [InlineData("DMARC-PCT-REMOVED", "v=DMARC1; p=reject; pct=50" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-PCT-REMOVED", "v=DMARC1; p=reject; pct=0" + Rua, "v=DMARC1; p=reject" + Rua + "; t=y")]
    [InlineData("DMARC-RF-REMOVED", "v=DMARC1; p=none; rf=afrf" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-RI-REMOVED", "v=DMARC1; p=none; ri=86400" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-RUA-SCHEME", "v=DMARC1; p=none; rua=d@example.com", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-RUA-SCHEME", "v=DMARC1; p=none; rua=mailto:a@example.com, d@example.com", "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:d@example.com")]
    [InlineData("DMARC-URI-INVALID", "v=DMARC1; p=none; rua=mailto:d@example.com,", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-URI-ENCODING", "v=DMARC1; p=none; rua=mailto:a!b@example.com", "v=DMARC1; p=none; rua=mailto:a%21b@example.com")]
    [InlineData("DMARC-URI-ENCODING", "v=DMARC1; p=none; rua=mailto:a,b@example.com", "v=DMARC1; p=none; rua=mailto:a%2Cb@example.com")]
    [InlineData("DMARC-URI-ENCODING", "v=DMARC1; p=none; rua=mailto:a;b@example.com", "v=DMARC1; p=none; rua=mailto:a%3Bb@example.com")]
    [InlineData("DMARC-URI-SIZE-OBSOLETE", "v=DMARC1; p=none; rua=mailto:d@example.com!10m", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-FO-INVALID", "v=DMARC1; p=none; ruf=mailto:d@example.com; fo=0:1", "v=DMARC1; p=none; ruf=mailto:d@example.com; fo=1")]
    [InlineData("DMARC-FO-NO-RUF", "v=DMARC1; p=none" + Rua + "; fo=1", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-ALIGN-INVALID", "v=DMARC1; p=none; adkim=strict" + Rua, "v=DMARC1; p=none; adkim=s" + Rua)]
    [InlineData("DMARC-TAG-UNKNOWN", "v=DMARC1; P=reject" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-TAG-DUPLICATE", "v=DMARC1; p=none; p=none" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-TAG-EMPTY", "v=DMARC1; p=none; sp=" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-VALUE-CHARSET", "v=DMARC1; p=reject\u00c2\u00a0" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-VERSION", "\"v=DMARC1; p=none; rua=mailto:d@example.com\"", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-VERSION", "v=DMARC1 p=none" + Rua, "v=DMARC1; p=none" + Rua)]
    public void A_fault_fires_with_the_corrected_record_and_that_one_is_clean(string id, string bad, string good)
    {
        CheckResult finding = Judge(bad).First(result => result.Id == id);
        Assert.Equal(good, Assert.Single(finding.Record).ToString());
        Assert.Equal((good, "_dmarc.example.com"), (finding.Expected, finding.Record[0].Fqdn));
        CheckResult[] twin = Judge(good);
        Assert.DoesNotContain(twin, result => result.Id == id);
        Assert.DoesNotContain(twin, result => result.Status == CheckStatus.Fail);
    }

    // Findings that no text can mend, or where only the owner knows what was meant.
    [Theory]
    [InlineData("DMARC-ALIGN-INVALID", "v=DMARC1; p=none; aspf=x" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-P-INVALID", "v=DMARC1; p=monitor" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-P-NONE", "v=DMARC1; p=none" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-P-REJECT-USERS", "v=DMARC1; p=reject" + Rua, "v=DMARC1; p=quarantine" + Rua)]
    [InlineData("DMARC-SP-INVALID", "v=DMARC1; p=reject; sp=x" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-SP-WEAKER", "v=DMARC1; p=reject; sp=none" + Rua, "v=DMARC1; p=none; sp=reject" + Rua)]
    [InlineData("DMARC-NP-MISSING", "v=DMARC1; p=quarantine" + Rua, "v=DMARC1; p=quarantine; np=reject" + Rua)]
    [InlineData("DMARC-NP-MISSING", "v=DMARC1; p=reject; sp=none" + Rua, "v=DMARC1; p=reject" + Rua)]
    [InlineData("DMARC-T-Y", "v=DMARC1; p=reject; t=y" + Rua, "v=DMARC1; p=none; t=y" + Rua)]
    [InlineData("DMARC-RUA-MISSING", "v=DMARC1; p=none", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-RUA-HTTP", "v=DMARC1; p=none; rua=https://example.com/r", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-URI-INVALID", "v=DMARC1; p=none; rua=mailto:", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-URI-MANY", "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com,mailto:c@example.com", "v=DMARC1; p=none; rua=mailto:a@example.com,mailto:b@example.com")]
    [InlineData("DMARC-RUF", "v=DMARC1; p=none; ruf=mailto:d@example.com", "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-TAG-UNKNOWN", "v=DMARC1; p=none; foo=bar" + Rua, "v=DMARC1; p=none" + Rua)]
    [InlineData("DMARC-TAG-DUPLICATE", "v=DMARC1; p=none; p=reject" + Rua, "v=DMARC1; p=none" + Rua)]
    public void A_fault_fires_without_a_guess_and_its_twin_does_not(string id, string bad, string good)
    {
        CheckResult finding = Judge(bad).First(result => result.Id == id);
        Assert.Empty(finding.Record);
        Assert.DoesNotContain(Judge(good), result => result.Id == id);
    }

    [Fact]
    public void The_source_pages_record_is_judged_and_corrected()
    {
        CheckResult[] results = Judge("v=DMARC1; p=reject; sp=reject; mailto:report@example.com");
        Assert.Equal(
            new[] { "DMARC-JUNK-SEGMENT", "DMARC-P-REJECT-USERS", "DMARC-RUA-MISSING", "DMARC-SP-REDUNDANT" },
            results.Select(result => result.Id).OrderBy(id => id, StringComparer.Ordinal));

        // The record comes with what it mends, and with nothing else.
        Assert.Empty(results.Single(result => result.Id == "DMARC-P-REJECT-USERS").Record);
        Assert.All(
            results.Where(result => result.Id != "DMARC-P-REJECT-USERS"),
            result => Assert.Equal("v=DMARC1; p=reject; rua=mailto:report@example.com", Assert.Single(result.Record).ToString()));
        Assert.Equal("\"mailto:report@example.com\" is not a tag=value.", results.Single(result => result.Id == "DMARC-JUNK-SEGMENT").Message);
    }

    [Theory]
    [InlineData("v=DMARC1; p=x", "DMARC-P-INVALID", "apply no DMARC at all")]
    [InlineData("v=DMARC1; p=x" + Rua, "DMARC-P-INVALID", "act as with p=none")]
    [InlineData("v=DMARC1; p=none; sp=" + Rua, "DMARC-SP-INVALID", "act as with p=none")]
    [InlineData("v=DMARC1; p=none; np=\u00e9" + Rua, "DMARC-NP-INVALID", "act as with p=none")]
    [InlineData("v=DMARC1", "DMARC-P-MISSING", "apply no DMARC")]
    [InlineData("v=DMARC1; p=reject; pct=25" + Rua, "DMARC-PCT-REMOVED", "older receivers read it as a percentage")]
    [InlineData("v=DMARC1; p=none; a; b; c; d; e" + Rua, "DMARC-JUNK-SEGMENT", "And 2 more.")]
    public void The_message_says_what_follows(string text, string id, string message) =>
        Assert.Contains(message, Judge(text).First(result => result.Id == id).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("v=DMARC1; p=none", true)]
    [InlineData("v=dmarc1;p=none", true)]
    [InlineData(" v=DMARC1", true)]
    [InlineData("p=reject", true)]
    [InlineData("rua=mailto:a@example.com", true)]
    [InlineData("v=spf1 -all", false)]
    [InlineData("google-site-verification=x", false)]
    [InlineData("v=DKIM1; p=MIIB", false)]
    public void What_was_meant_to_be_dmarc_is_told(string text, bool meant) => Assert.Equal(meant, DmarcTextRules.LooksLikeDmarc(text));

    [Fact]
    public void A_public_suffix_may_say_so()
    {
        var sheet = Seen.In(new CheckSheet("example"));
        DmarcTextRules.Apply(DmarcParser.Read("v=DMARC1; p=none; psd=y; ri=1" + Rua), isPublicSuffix: true, Record, sheet);
        Assert.DoesNotContain(sheet.Results, result => result.Id == "DMARC-PSD-Y");
        Assert.Equal("v=DMARC1; p=none; psd=y" + Rua, sheet.Results[0].Record[0].ToString());
    }

    [Fact]
    public void Every_check_of_the_text_has_a_case_here()
    {
        string[] cases = typeof(DmarcTextRulesTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().SelectMany(data => data.GetData(method)))
            .Select(row => row[0] as string)
            .Where(id => id is not null && id.StartsWith("DMARC-", StringComparison.Ordinal))
            .ToArray()!;
        Assert.Empty(DmarcChecks.Text.Select(check => check.Id).Except(cases));
    }

    [Fact]
    public void Hostile_text_never_reaches_a_message_raw_and_never_throws()
    {
        var random = new Random(4101);
        string[] pieces = { "v=DMARC1", ";", "p=", "sp=x", "reject", "\u001b[31m", "\u0007", "rua=", "mailto:a", "@example.com", ",", "!10m", ";b@c.de", "fo=9", "pct=0", "t=y", "P=none", "\u00a0", "=", "\\;", "\"", "x=1" };
        for (int round = 0; round < 20000; round++)
        {
            string text = (round % 3 == 0 ? string.Empty : "v=DMARC1;") + string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (CheckResult result in Judge(text))
            {
                Assert.DoesNotContain(result.Message + result.Actual + result.Expected, c => char.IsControl(c) || c > 0x7E);
                Assert.All(result.Record, record => Assert.Empty(DmarcParser.Read(((TxtRecord)record).Value).Faults));
            }
        }
    }

    [Fact]
    public void A_correction_corrects_itself_to_nothing()
    {
        Gen<string> piece = Gen.Int[0, 13].Select(i => new[]
        {
            "p=none", "p=reject", "sp=none", "sp=reject", "rua=d@example.com", "rua=mailto:a,b@example.com", "mailto:x@example.com", "pct=0", "fo=1", "t=n", "adkim=x", "foo=bar", "np=", "ruf=mailto:f@example.com!5k",
        }[i]);
        piece.Array[0, 6].Sample(pieces =>
        {
            DmarcRecord record = DmarcParser.Read("v=DMARC1; " + string.Join("; ", pieces));
            string? corrected = DmarcRepair.Correct(record, keepsPublicSuffix: false);
            if (corrected is not null)
            {
                Assert.Null(DmarcRepair.Correct(DmarcRecord.Parse(corrected), keepsPublicSuffix: false));
                Assert.DoesNotContain(Judge(corrected), result => result.Status == CheckStatus.Fail);
            }
        });
    }

    [Fact]
    public void What_the_builder_makes_has_no_error()
    {
        Gen<DmarcPolicy> policy = Gen.Int[0, 2].Select(value => (DmarcPolicy)value);
        Gen<string[]> addresses = Gen.Char["abz09.!,;%/?#&='*+_-{}|~"].Array[1, 8].Select(chars => "x" + new string(chars) + "@example.com").Array[1, 4];
        Gen.Select(policy, policy, policy, addresses, Gen.Int[0, 15]).Sample((p, sp, np, rua, bits) =>
        {
            string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
            {
                Policy = p,
                SubdomainPolicy = sp,
                NonexistentSubdomainPolicy = np,
                AggregateReportUri = rua,
                FailureReportUri = (bits & 1) != 0 ? rua : Array.Empty<string>(),
                FailureOption = (bits & 3) == 3 ? new[] { DmarcFailureOption.AnyFails, DmarcFailureOption.Spf } : Array.Empty<DmarcFailureOption>(),
                DkimAlignment = (DmarcAlignmentMode)((bits >> 2) & 1),
                Testing = (bits & 8) != 0,
            });
            CheckResult[] results = Judge(text);
            Assert.DoesNotContain(results, result => result.Status == CheckStatus.Fail);
            Assert.All(results, result => Assert.Empty(result.Record));
        });
    }

    private static TxtRecord Record(string text) =>
        DmarcRecordBuilder.CreateWithText(DomainName.Parse("example.com"), DomainName.Parse("example.com"), text, TimeSpan.FromHours(1));

    private static CheckResult[] Judge(string text)
    {
        var sheet = Seen.In(new CheckSheet("example.com"));
        DmarcTextRules.Apply(DmarcParser.Read(text), isPublicSuffix: false, Record, sheet);
        Assert.Equal(sheet.Results.Count, sheet.Results.Select(result => result.Id).Distinct().Count());
        return sheet.Results.ToArray();
    }
}
