using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Core.Tests.Support;
using MailDns.Dmarc;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>A correction loses nothing, weakens nothing and invents nothing; where that cannot be, there is none and the finding says why.</summary>
public class CorrectionLawTests
{
    [Fact]
    public void A_corrected_spf_record_says_what_was_meant()
    {
        int corrected = 0;
        FixedSamples.Check(
            BrokenTexts.Spf,
            8_000,
            sample => sample.Meant + " -> " + sample.Broken + " -> " + SpfCorrector.TryCorrect(SpfParser.Read(sample.Broken), null, out _),
            sample =>
            {
                SpfReading reading = SpfParser.Read(sample.Broken);
                string? fixedText = SpfCorrector.TryCorrect(reading, null, out string? doubt);
                if (fixedText is null)
                {
                    Assert.True(reading.IsValid || doubt is not null);
                    return;
                }

                corrected++;
                Assert.Empty(Readable.Lost(Readable.Spf, sample.Broken, fixedText));
                Assert.Equal(SpfParser.Parse(Network(sample.Meant)).Terms.Select(Canonical).OrderBy(Text), SpfParser.Parse(fixedText).Terms.Select(Canonical).OrderBy(Text));
                Assert.Null(SpfCorrector.TryCorrect(SpfParser.Read(fixedText), null, out _));
            });
        Assert.True(corrected > 3_000, corrected + " of 8,000 were corrected.");
    }

    [Fact]
    public void A_corrected_dmarc_record_says_what_was_meant()
    {
        int corrected = 0;
        FixedSamples.Check(
            BrokenTexts.Dmarc,
            8_000,
            sample => sample.Meant + " -> " + sample.Broken + " -> " + DmarcRepair.Correct(DmarcParser.Read(sample.Broken), keepsPublicSuffix: false),
            sample =>
            {
                DmarcRecord broken = DmarcParser.Read(sample.Broken);
                string? fixedText = DmarcRepair.Correct(broken, keepsPublicSuffix: false, out string? doubt);
                if (fixedText is null)
                {
                    Assert.True(broken.Faults.Count == 0 || doubt is not null);
                    return;
                }

                corrected++;
                Assert.Empty(Readable.Lost(Readable.Dmarc, sample.Broken, fixedText));
                AssertSame(DmarcRecord.Parse(sample.Meant), DmarcRecord.Parse(fixedText));
                Assert.Null(DmarcRepair.Correct(DmarcRecord.Parse(fixedText), keepsPublicSuffix: false));
            });
        Assert.True(corrected > 3_000, corrected + " of 8,000 were corrected.");
    }

    // strings of the TXT record, parted by "|"; what is meant, or nothing where nobody can tell
    [Theory]
    [InlineData("v=spf1|include:spf.fabrikam.com|-all", "v=spf1 include:spf.fabrikam.com -all")]
    [InlineData("v=spf1 include:spf.fab|rikam.com -all;", "v=spf1 include:spf.fabrikam.com -all")]
    [InlineData("v=spf1 ipv4:203.0.113.5 include:spf.fabrikam.com|-all", "v=spf1 ip4:203.0.113.5 include:spf.fabrikam.com -all")]
    [InlineData("v=spf1-all", "v=spf1 -all")]
    [InlineData("v=spf1include:spf.fabrikam.com-all", "v=spf1 include:spf.fabrikam.com -all")]
    [InlineData("v=spf1mx~all", "v=spf1 mx ~all")]
    [InlineData("v=spf1\tmx\t-all", "v=spf1 mx -all")]
    [InlineData("v=spf1\u00C2\u00A0mx\u00C2\u00A0-all", "v=spf1 mx -all")]
    [InlineData("v=spf1,mx,ip4:203.0.113.5,-all", "v=spf1 mx ip4:203.0.113.5 -all")]
    [InlineData("v=spf1 ip4:203.0.113.5,203.0.113.6 -all", "v=spf1 ip4:203.0.113.5 ip4:203.0.113.6 -all")]
    [InlineData("v=spf1 ip4:203.0.113.5ip4:203.0.113.6 -all", "v=spf1 ip4:203.0.113.5 ip4:203.0.113.6 -all")]
    [InlineData("v=spf1 ip4: 203.0.113.5 include :spf.fabrikam.com - all", "v=spf1 ip4:203.0.113.5 include:spf.fabrikam.com -all")]
    [InlineData("contoso.org. 300 IN TXT \"v=spf1 mx -all\"", "v=spf1 mx -all")]
    [InlineData("\"v=spf1 mx\" \" -all\"", "v=spf1 mx -all")]
    [InlineData("v=spf1 mx \u00E2\u0080\u0093all", "v=spf1 mx -all")]
    [InlineData("spf1 mx -all", "v=spf1 mx -all")]
    [InlineData("v=spf1 ip4:198.51.100.0/0 ip4:8.8.8.8/24 -all", null)]
    [InlineData("v=spf1 ip4:8.8.8.8/24 ip4:198.51.100.7/2 -all", null)]
    [InlineData("v=spf1 ip4:8.8.8.8/24 ~all -all", null)]
    [InlineData("v=spf1 ip4:8.8.8.8/24 -all mx", null)]
    [InlineData("v=spf1 -mx ip4:8.8.8.8/24 mx -all", null)]
    [InlineData("v=spf1 ip4:8.8.8.8/24 -all redirect=_spf.contoso.net", null)]
    [InlineData("v=spf1; include:spf.fabrikam.com contoso.org -all", null)]
    [InlineData("v=spf1 include:a.contoso.org,b.contoso.org,-all", null)]
    [InlineData("v=spf10 mx -all", null)]
    [InlineData("xxxv=spf1 mx -all", null)]
    [InlineData("v=spf1 foo= mx ip4:8.8.8.8/24 -all", "v=spf1 foo= mx ip4:8.8.8.0/24 -all")]
    [InlineData("v=spf1 ip6::1 mx -all", null)]
    public void Spf_texts(string strings, string? meant)
    {
        string[] parts = strings.Split('|');
        string? corrected = SpfCorrector.TryCorrect(SpfParser.Read(string.Concat(parts)), parts, out string? doubt);
        Assert.Equal(meant, corrected);
        Assert.Equal(meant is null, doubt is not null);
    }

    [Theory]
    [InlineData("v=DMARC1;\u00C2\u00A0p=reject;\u00C2\u00A0rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p:reject; rua:mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p==reject; rua==mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1, p=reject, rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p - reject; rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; policy=reject; rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; adkim=strict; aspf=relaxed; rua=mailto:d@contoso.org", "v=DMARC1; p=reject; adkim=s; aspf=r; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua=mailto://d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:d@contoso.org.", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1 p=reject rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1p=rejectrua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.org; rua=mailto:b@contoso.org", "v=DMARC1; p=reject; rua=mailto:a@contoso.org,mailto:b@contoso.org")]
    [InlineData("v=DMARCl; p=REJECT; rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("_dmarc 3600 IN TXT \"v=DMARC1; p=reject\"", "v=DMARC1; p=reject")]
    [InlineData("v=DMARC1\\; p=reject\\; rua=mailto:d@contoso.org", "v=DMARC1; p=reject; rua=mailto:d@contoso.org")]
    [InlineData("v=DMARC1; p=reject; t=yes", "v=DMARC1; p=reject; t=y")]
    [InlineData("v=DMARC1; p=reject; ruf=mailto:f@contoso.org; fo=0:1", "v=DMARC1; p=reject; ruf=mailto:f@contoso.org; fo=1")]
    [InlineData("v=DMARC1; reject; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC1; p=none; p=reject", null)]
    [InlineData("v=DMARC1; p=monitor;; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC1; p=on;; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC1; p=reject; adkim=x; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC1; p=reject; ru=mailto:d@contoso.org;;", null)]
    [InlineData("v=DMARC1; p=reject; rua=d at contoso.org", null)]
    [InlineData("v=DMARC1; p=reject; https://vendor.test/x", null)]
    [InlineData("v=DMARC1; p=; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC2; p=reject; rua=mailto:d@contoso.org", null)]
    [InlineData("v=DMARC1; p=reject; ruf=mailto:f@contoso.org; mailto:x@contoso.org", null)]
    public void Dmarc_texts(string text, string? meant)
    {
        string? corrected = DmarcRepair.Correct(DmarcParser.Read(text), keepsPublicSuffix: false, out string? doubt);
        Assert.Equal(meant, corrected);
        Assert.Equal(meant is null, doubt is not null);
    }

    // By the letter of the RFC these are right: nothing is to correct.
    [Theory]
    [InlineData("v=DMARC1;p=REJECT;rua=mailto:d@contoso.org;")]
    [InlineData("v = DMARC1 ; p = reject ; rua = mailto:a@contoso.org , mailto:b@contoso.org")]
    [InlineData("v=DMARC1; p=reject; foo=bar")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.org,\tmailto:b@contoso.org")]
    public void What_is_right_is_not_corrected(string text)
    {
        DmarcRecord record = DmarcRecord.Parse(text);
        Assert.Equal(DmarcPolicy.Reject, record.Policy);
        Assert.Null(DmarcRepair.Correct(record, keepsPublicSuffix: false));
    }

    [Theory]
    [InlineData("rua=mailto:d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("rua:mailto:d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("rua=d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("mailto://d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("mailto=d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("MAILTO: d@contoso.com", "mailto:d@contoso.com")]
    [InlineData("\"mailto:d@contoso.com\"", "mailto:d@contoso.com")]
    [InlineData("\u201Cd@contoso.com\u201D", "mailto:d@contoso.com")]
    [InlineData("<mailto:d@contoso.com>", "mailto:d@contoso.com")]
    [InlineData("d@contoso.com;", "mailto:d@contoso.com")]
    [InlineData("d@contoso.com.", "mailto:d@contoso.com")]
    [InlineData("a=b@contoso.com", "mailto:a%3Db@contoso.com")]
    [InlineData("https://contoso.com/r?a=1", "https://contoso.com/r?a=1")]
    [InlineData("v=DMARC1;p=none;rua=mailto:d@contoso.com", null)]
    [InlineData("p=none;d@contoso.com", null)]
    [InlineData("a@contoso.com;b@contoso.com", null)]
    [InlineData("mailto:a@contoso.com,mailto:b@contoso.com", null)]
    [InlineData("mailto:a@contoso.com;mailto:b@contoso.com", null)]
    [InlineData("a@contoso.com b@contoso.com", null)]
    [InlineData("foo:d@contoso.com", null)]
    [InlineData("mailto:rua%3Dmailto%3Ad@contoso.org", null)]
    [InlineData("rua=", null)]
    public void A_report_address_is_understood_or_refused(string given, string? uri)
    {
        if (uri is null)
            Assert.ThrowsAny<ArgumentException>(() => DmarcReportUriWriter.Write(given, "AggregateReportUri"));
        else
            Assert.Equal(uri, DmarcReportUriWriter.Write(given, "AggregateReportUri"));
    }

    [Theory]
    [InlineData("mailto://d@contoso.org")]
    [InlineData("mailto:a/b@contoso.org")]
    [InlineData("mailto:rua=d@contoso.org")]
    [InlineData("mailto:rua%3Dmailto%3Ad@contoso.org")]
    [InlineData("mailto:d@contoso.org.")]
    public void A_mailto_that_reaches_nobody_is_told(string uri)
    {
        DmarcRecord record = DmarcParser.Read("v=DMARC1; p=none; rua=" + uri);
        Assert.Contains(record.Faults, fault => fault.Check == DmarcChecks.ReportUriInvalid);
        Assert.False(record.HasValidReportUri);
    }

    // A network with host bits is what it says once they are gone (RFC 7208 section 5.6).
    private static string Network(string text) => text.Replace("198.51.100.7/24", "198.51.100.0/24", StringComparison.Ordinal);

    private static string Canonical(SpfTerm term) => term.CanonicalText;

    private static string Text(string term) => term;

    private static void AssertSame(DmarcRecord meant, DmarcRecord corrected)
    {
        Assert.Equal(meant.Policy, corrected.Policy);
        Assert.Equal(meant.SubdomainPolicy ?? meant.Policy, corrected.SubdomainPolicy ?? corrected.Policy);
        Assert.Equal(meant.NonexistentSubdomainPolicy, corrected.NonexistentSubdomainPolicy);
        Assert.Equal(meant.DkimAlignment, corrected.DkimAlignment);
        Assert.Equal(meant.SpfAlignment, corrected.SpfAlignment);
        Assert.Equal(meant.Testing, corrected.Testing);
        Assert.Equal(Uris(meant.AggregateReportUri), Uris(corrected.AggregateReportUri));
        Assert.Equal(Uris(meant.FailureReportUri), Uris(corrected.FailureReportUri));
        if (meant.HasTag("ruf"))
            Assert.Equal(meant.FailureOption.OrderBy(option => option), corrected.FailureOption.OrderBy(option => option));
    }

    private static IEnumerable<string> Uris(DmarcReportUri[] uris) => uris.Select(uri => uri.RawUri.ToLowerInvariant()).OrderBy(uri => uri, StringComparer.Ordinal);
}
