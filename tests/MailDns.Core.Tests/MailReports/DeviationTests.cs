using System.IO.Compression;
using System.Text;
using MailDns.MailReports;
using Xunit;

namespace MailDns.Core.Tests.MailReports;

/// <summary>
/// The deviations that reporters are known for. Each has a twin: what looks like it and must not be forgiven, or the same
/// report without it.
/// </summary>
public class DeviationTests
{
    private static readonly string s_plain = new ReportModel { Rows = [new RowModel { Count = 3 }, new RowModel { Source = "198.51.100.7", Count = 2, Dkim = false, Spf = false }] }.Write();

    public static TheoryData<string, string, string, string> Replacements => new()
    {
        // what to change, into what, what is read: rows messages passed complete warned; begin end
        { "nothing", "nothing", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<begin>1780272000</begin><end>1780358399</end>", "<begin>1780272000.0</begin><end>1780358399.0 </end>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<begin>1780272000</begin>", "<begin>1780272000x</begin>", "2 5 3 part warned", " 2026-06-01 unusable" },
        { "<begin>1780272000</begin><end>1780358399</end>", "<begin>1780358399</begin><end>1780272000</end>", "2 5 3 whole warned", "2026-06-01 2026-06-01 unusable" },
        { "<end>1780358399</end>", "<end>1780272000</end>", "2 5 3 whole warned", "2026-06-01 2026-06-01 unusable" },
        { "<end>1780358399</end>", "<end>1780272002</end>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<end>1780358399</end>", "<end>1780970400</end>", "2 5 3 whole warned", "2026-06-01 2026-06-09 unusable" },
        { "<begin>1780272000</begin>", "<begin>1780272000000</begin>", "2 5 3 part warned", " 2026-06-01 unusable" },
        { "<begin>1780272000</begin>", "<begin>integer</begin>", "2 5 3 part warned", " 2026-06-01 unusable" },
        { "<end>1780358399</end>", "<end>99999999999999999999</end>", "2 5 3 part warned", "2026-06-01  unusable" },
        { "<begin>1780272000</begin>", "<begin>\u0661\u0662</begin>", "2 5 3 part warned", " 2026-06-01 unusable" },
        { "identifiers>", "identities>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<dkim>pass</dkim><spf>pass</spf>", "", "2 5 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<dkim>pass</dkim><spf>pass</spf>", "<dkim>none</dkim><spf>softfail</spf>", "2 5 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<dkim>pass</dkim><spf>pass</spf>", "<dkim>PASS</dkim><spf>Fail</spf>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<dkim>pass</dkim><spf>pass</spf>", "<dkim>passed</dkim><spf>no pass</spf>", "2 5 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<dkim>pass</dkim><spf>pass</spf>", "<dkim>HASH(0x39f1520)</dkim><spf>HASH(0x39f1538)</spf>", "2 5 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<disposition>none</disposition>", "<disposition></disposition>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<disposition>none</disposition>", "<disposition>15</disposition>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<disposition>none</disposition>", "<disposition>None</disposition>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<source_ip>192.0.2.1</source_ip><count>3</count>", "<source_ip></source_ip><count>3</count>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<count>3</count>", "<count>-3</count>", "1 2 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<count>3</count>", "<count>3e3</count>", "1 2 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<count>3</count>", "<count>99999999999999999999</count>", "1 2 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<count>3</count>", "<count> 3\n</count>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<count>3</count>", "", "1 2 0 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<record>", "<record><row><source_ip></source_ip><count>0</count></row></record><record>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<policy_published>", "<policy_published><domain>other.example</domain><p>reject</p></policy_published><policy_published>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<email>noreply@receiver.example</email>", "<email><noreply@receiver.example></email>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<email>noreply@receiver.example</email>", "<email>a & b</email>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<org_name>receiver.example</org_name>", "<org_name>bad<xml.net</org_name>", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "<org_name>receiver.example</org_name>", "<org_name>a\u0000b\u0001\u001bc</org_name>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<feedback>", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" elementFormDefault=\"qualified\">\n<feedback>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "</feedback>\n", "</feedback", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "</feedback>\n", "</feed", "2 5 3 whole warned", "2026-06-01 2026-06-01 usable" },
        { "</feedback>\n", "", "2 5 3 part warned", "2026-06-01 2026-06-01 usable" },
        { "</record>\n</feedback>\n", "</rec", "1 3 3 part warned", "2026-06-01 2026-06-01 usable" },
        { "<version>1.0</version>", "<version>0.1</version>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim><spf><domain>example.com</domain><result>pass</result></spf>", "", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "<dkim><domain>example.com</domain>", "<spf><domain>a.example</domain><scope>helo</scope><result>none</result></spf><dkim><domain>example.com</domain>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
        { "</record>", "<x:count xmlns:x=\"urn:x\">1000</x:count><x:record xmlns:x=\"urn:x\"><row><count>1000</count></row></x:record></record>", "2 5 3 whole", "2026-06-01 2026-06-01 usable" },
    };

    [Theory]
    [MemberData(nameof(Replacements))]
    public void A_deviation_changes_no_figure_that_is_known(string what, string into, string figures, string period)
    {
        DmarcReport report = ReportRun.OfText(s_plain.Replace(what, into, StringComparison.Ordinal)).Single;

        Assert.Equal(figures, $"{report.RowCount} {report.MessageCount} {report.PassedCount} {(report.IsComplete ? "whole" : "part")}{(report.Warnings.Length > 0 ? " warned" : string.Empty)}");
        Assert.Equal(period, $"{report.Begin:yyyy-MM-dd} {report.End:yyyy-MM-dd} {(report.HasUsablePeriod ? "usable" : "unusable")}");
    }

    [Fact]
    public void A_report_without_a_policy_is_not_one_of_none()
    {
        int start = s_plain.IndexOf("<policy_published>", StringComparison.Ordinal);
        int end = s_plain.IndexOf("</policy_published>", StringComparison.Ordinal) + "</policy_published>".Length;
        DmarcReport report = ReportRun.OfText(s_plain.Remove(start, end - start)).Single;

        Assert.Null(report.Policy);
        Assert.False(report.IsComplete);
        Assert.Equal("example.com", report.Domain);
        Assert.Equal(5, report.MessageCount);
    }

    [Theory]
    [InlineData("<policy_published>", "<policy_published><sp></sp>", null)]
    [InlineData("<policy_published>", "<policy_published><sp>none</sp>", DmarcPolicy.None)]
    [InlineData("<policy_published>", "<policy_published><sp>junk</sp>", null)]
    public void An_absent_sp_is_not_none(string what, string into, DmarcPolicy? expected) =>
        Assert.Equal(expected, ReportRun.OfText(s_plain.Replace(what, into, StringComparison.Ordinal)).Single.SubdomainPolicy);

    [Theory]
    [InlineData("unknown", "temperror")]
    [InlineData("error", "permerror")]
    [InlineData("hardfail", "fail")]
    [InlineData("Pass", "pass")]
    [InlineData("strange", "strange")]
    public void Words_of_drafts_are_those_of_the_standard(string word, string expected) =>
        Assert.Equal(expected, ReportRun.OfText(s_plain.Replace("<domain>example.com</domain><result>pass</result></spf>", "<domain>example.com</domain><result>" + word + "</result></spf>", StringComparison.Ordinal)).Single.Rows[0].Spf[0].Result);

    [Theory]
    [InlineData("EXAMPLE.com.", "example.com")]
    [InlineData("b\u00fccher.example", "xn--bcher-kva.example")]
    [InlineData("a@example.com", "example.com")]
    [InlineData("\u202eexample.com", "\\u202Eexample.com")]
    [InlineData("=HYPERLINK(1)", "=hyperlink(1)")]
    public void Names_are_compared_as_DNS_does(string written, string expected) =>
        Assert.Equal(expected, ReportRun.OfText(s_plain.Replace("<header_from>example.com", "<header_from>" + written, StringComparison.Ordinal)).Single.Rows[0].HeaderFrom);

    [Theory]
    [InlineData("192.0.2.33", "192.0.2.33")]
    [InlineData(" 192.0.2.33 ", "192.0.2.33")]
    [InlineData("::ffff:192.0.2.9", "192.0.2.9")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("1", null)]
    [InlineData("3221225985", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("010.1.2.3", null)]
    [InlineData("192.0.2.0/24", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("192.0.2.1:25", null)]
    [InlineData("mail.example.net", null)]
    public void Addresses_are_read_to_the_letter(string written, string? expected)
    {
        DmarcReportRow row = ReportRun.OfText(s_plain.Replace("<source_ip>192.0.2.1<", "<source_ip>" + written + "<", StringComparison.Ordinal)).Single.Rows[0];
        Assert.Equal(expected, row.SourceIP?.ToString());
        Assert.Equal(written.Trim(), row.SourceText);
    }

    private const string Results = "<dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim><spf><domain>example.com</domain><result>pass</result></spf>";

    // Each beside its twin; what is not "pass" stays as it is and has not passed, and what is absent is not empty.
    [Theory]
    [InlineData(Results, "s1@example.com=pass | example.com:=pass")]
    [InlineData("<spf><domain>example.com</domain><scope>mfrom</scope><result>pass</result></spf><dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>", "s1@example.com=pass | example.com:mfrom=pass")]
    [InlineData("<dkim><domain>example.com</domain><result>pass</result></dkim>", "@example.com=pass |")]
    [InlineData("<dkim><domain>example.com</domain><selector/><result>pass</result></dkim>", "@example.com=pass |")]
    [InlineData("<dkim><domain>example.com</domain><selector>s1</selector><result></result></dkim>", "s1@example.com= |")]
    [InlineData("<dkim><domain>example.com</domain><selector>s1</selector><result>invalid</result></dkim>", "s1@example.com=invalid |")]
    [InlineData("<dkim><domain>not.evaluated</domain><selector>not.evaluated</selector><result>none</result></dkim>", "not.evaluated@not.evaluated=none |")]
    [InlineData("<dkim><domain>NULL</domain><result>NULL</result></dkim>", "@null=null |")]
    [InlineData("<dkim></dkim><spf/>", "|")]
    [InlineData("<spf><domain></domain><result>none</result></spf>", "| :=none")]
    [InlineData("<spf><domain>a.example</domain><scope>helo</scope><result>none</result></spf><spf><domain>b.example</domain><scope>mfrom</scope><result>pass</result></spf><spf><domain>b.example</domain><scope>mfrom</scope><result>pass</result></spf>", "| a.example:helo=none b.example:mfrom=pass b.example:mfrom=pass")]
    [InlineData("<spf><domain>a.example</domain><selector>s1</selector><result>pass</result></spf>", "| a.example:=pass")]
    [InlineData("<dkim><domain>a.example</domain><scope>mfrom</scope><result>pass</result></dkim>", "@a.example=pass |")]
    public void Results_are_read_as_they_are(string results, string expected)
    {
        DmarcReport report = ReportRun.OfText(s_plain.Replace(Results, results, StringComparison.Ordinal)).Single;
        DmarcReportRow row = report.Rows[0];
        string dkim = string.Join(' ', row.Dkim.Select(static result => result.Selector + "@" + result.Domain + "=" + result.Result));
        string spf = string.Join(' ', row.Spf.Select(static result => result.Domain + ":" + result.Scope + "=" + result.Result));
        Assert.Equal(expected, (dkim + " | " + spf).Trim());
        Assert.Equal((2, 5L, 3L), (report.RowCount, report.MessageCount, report.PassedCount));
    }

    [Theory]
    [InlineData("<identifiers>", "<identifiers>", null)]
    [InlineData("<identifiers>", "<identifiers><envelope_from></envelope_from>", "")]
    [InlineData("<identifiers>", "<identifiers><envelope_from>bounce.esp.example</envelope_from>", "bounce.esp.example")]
    public void An_absent_envelope_sender_is_not_the_null_sender(string what, string into, string? expected) =>
        Assert.Equal(expected, ReportRun.OfText(s_plain.Replace(what, into, StringComparison.Ordinal)).Single.Rows[0].EnvelopeFrom);

    // The root with a prefix and its children without, all with one, and what is of another namespace.
    [Theory]
    [InlineData("<feedback>", "<ns1:feedback xmlns:ns1=\"http://dmarc.org/dmarc-xml/0.1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://dmarc.org/dmarc-xml/0.1 rua.xsd\">", "</feedback>", "</ns1:feedback>", 2)]
    [InlineData("<feedback>", "<feedback xmlns=\"http://dmarc.org/dmarc-xml/0.1\">", "</feedback>", "</feedback>", 2)]
    [InlineData("<record>", "<x:record xmlns:x=\"urn:x\">", "</record>", "</x:record>", 0)]
    public void Prefixes_decide_nothing_and_namespaces_do(string start, string newStart, string end, string newEnd, int rows)
    {
        DmarcReport report = ReportRun.OfText(s_plain.Replace(start, newStart, StringComparison.Ordinal).Replace(end, newEnd, StringComparison.Ordinal)).Single;
        Assert.Equal((rows, true), (report.RowCount, report.IsComplete));
    }

    [Fact]
    public void An_empty_organization_is_the_domain_of_the_address() =>
        Assert.Equal("receiver.example", ReportRun.OfText(s_plain.Replace("<org_name>receiver.example", "<org_name>", StringComparison.Ordinal)).Single.Organization);

    [Fact]
    public void An_empty_reason_is_unspecified() =>
        Assert.Equal("unspecified", ReportRun.OfText(s_plain.Replace("</spf></policy_evaluated>", "</spf><reason><type></type></reason></policy_evaluated>", StringComparison.Ordinal)).Single.Rows[0].Reasons[0].Type);

    public static TheoryData<string, byte[]> Encodings
    {
        get
        {
            string accents = s_plain.Replace("receiver.example</org_name>", "Soci\u00e9t\u00e9</org_name>", StringComparison.Ordinal);
            byte[] latin = Encoding.Latin1.GetBytes(accents.Replace("UTF-8", "windows-1252", StringComparison.Ordinal));
            return new()
            {
                { "windows-1252", latin },
                { "UTF-8 with a mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(accents)] },
                { "UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(accents)] },
                { "UTF-16 big", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(accents)] },
                { "UTF-16 without a mark", Encoding.Unicode.GetBytes(accents) },
                { "said to be UTF-16", Encoding.UTF8.GetBytes(accents.Replace("UTF-8", "UTF-16", StringComparison.Ordinal)) },
                { "said to be another", Encoding.UTF8.GetBytes(accents.Replace("UTF-8", "x-none", StringComparison.Ordinal)) },
                { "blank lines before", Encoding.UTF8.GetBytes("\r\n\n  " + accents) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_octets_decide_the_encoding(string what, byte[] octets)
    {
        DmarcReport report = ReportRun.Of(octets).Single;
        Assert.True(report.MessageCount == 5 && report.Organization == "Soci\\233t\\233", what + ": " + report.Organization);
    }

    [Fact]
    public void Octets_that_cannot_be_are_replaced()
    {
        byte[] octets = Encoding.Latin1.GetBytes(s_plain.Replace("receiver.example</org_name>", "a\u0091b</org_name>", StringComparison.Ordinal));
        Assert.Equal("a\\uFFFDb", ReportRun.Of(octets).Single.Organization);
    }

    public static TheoryData<string, byte[], int> Containers
    {
        get
        {
            byte[] plain = Encoding.UTF8.GetBytes(s_plain);
            byte[] packed = RoundTripTests.Packed(plain);
            string other = s_plain.Replace("<report_id>1<", "<report_id>2<", StringComparison.Ordinal);
            return new()
            {
                { "gzip", packed, 1 },
                { "gzip in gzip", RoundTripTests.Packed(packed), 1 },
                { "gzip with something behind", [.. packed, .. "trailing bytes of a gateway"u8], 1 },
                { "two members of gzip", [.. RoundTripTests.Packed(plain[..200]), .. RoundTripTests.Packed(plain[200..])], 1 },
                { "zip of a member without a name that says what it is", Zipped(("x", plain)), 1 },
                { "zip of a gzip and of things beside", Zipped(("__MACOSX/._a.xml", "junk"u8.ToArray()), ("readme.txt", "Hello there"u8.ToArray()), ("a/b.bin", packed)), 1 },
                { "zip in zip", Zipped(("inner.zip", Zipped(("a.xml", plain), ("b.xml", Encoding.UTF8.GetBytes(other))))), 2 },
                { "two reports in one file", Encoding.UTF8.GetBytes(s_plain + other), 2 },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Whatever_it_is_packed_in_is_opened(string what, byte[] octets, int count)
    {
        ReportRun run = ReportRun.Of(octets);
        Assert.True(run.Reports.Count == count && run.Errors.Count == 0, what + ": " + string.Join("; ", run.Errors));
        Assert.All(run.Dmarc, static report => Assert.Equal((2, 5, true), (report.RowCount, report.MessageCount, report.IsComplete)));
    }

    public static TheoryData<string, byte[], string> Refused
    {
        get
        {
            byte[] plain = Encoding.UTF8.GetBytes(s_plain);
            byte[] bomb = RoundTripTests.Packed(Encoding.UTF8.GetBytes(s_plain.Insert(s_plain.IndexOf("<record>", StringComparison.Ordinal), new string(' ', 40 << 20))));
            return new()
            {
                { "nothing", [], "empty" },
                { "unused", RoundTripTests.Packed("unused"), "not a report" },
                { "a note", "Dear customer, no mail today."u8.ToArray(), "not a report" },
                { "a web page", "<!DOCTYPE html><html></html>"u8.ToArray(), "web page" },
                { "other XML", "<rss version=\"2.0\"><channel/></rss>"u8.ToArray(), "root element" },
                { "a DTD", Encoding.UTF8.GetBytes(s_plain.Replace("<feedback>", "<!DOCTYPE feedback [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><feedback>", StringComparison.Ordinal)), "DTD" },
                { "Outlook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], ".eml" },
                { "a bomb", bomb, "300 times" },
                { "four deep", RoundTripTests.Packed(RoundTripTests.Packed(RoundTripTests.Packed(RoundTripTests.Packed(plain)))), "nested" },
                { "many members", Zipped([.. Enumerable.Range(0, 101).Select(i => (i + ".xml", plain))]), "101 members" },
                { "half a zip", Zipped(("a.xml", plain))[..200], "zip" },
                { "JSON of another kind", "{\"a\": 1}"u8.ToArray(), "not a TLS report" },
                { "cut JSON", "{\"organization-name\": \"A\", \"policies\": [{\"pol"u8.ToArray(), "cut" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_report_is_an_error_with_its_reason(string what, byte[] octets, string reason)
    {
        ReportRun run = ReportRun.Of(octets);
        Assert.Empty(run.Reports);
        (string? _, string message) = Assert.Single(run.Errors);
        Assert.True(message.Contains(reason, StringComparison.Ordinal), what + ": " + message);
    }

    [Fact]
    public void One_broken_member_does_not_keep_the_others_from_being_read()
    {
        byte[] plain = Encoding.UTF8.GetBytes(s_plain);
        ReportRun run = ReportRun.Of(Zipped(("a.xml", plain), ("b.xml", "<feedback><report_metadata>"u8.ToArray()), ("c.xml", Encoding.UTF8.GetBytes(s_plain.Replace("<report_id>1<", "<report_id>2<", StringComparison.Ordinal)))));

        Assert.Equal(["a.xml", "c.xml"], run.Reports.Select(static report => report.Member));
        Assert.Equal("b.xml", Assert.Single(run.Errors).Member);
    }

    [Fact]
    public void A_limit_can_be_raised_and_lowered()
    {
        byte[] packed = RoundTripTests.Packed(s_plain);
        Assert.Single(ReportRun.Of(packed).Reports);
        Assert.Contains("ReportSize", Assert.Single(ReportRun.Of(packed, new MailReportLimit { ReportSize = 500 }).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("Nesting", Assert.Single(ReportRun.Of(packed, new MailReportLimit { Nesting = 0 }).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("CompressedSize", Assert.Single(ReportRun.Of(packed, new MailReportLimit { CompressedSize = 10 }).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_text_is_cut()
    {
        DmarcReport report = ReportRun.OfText(s_plain.Replace("receiver.example</org_name>", new string('A', 100_000) + "</org_name>", StringComparison.Ordinal)).Single;
        Assert.Equal(4096, report.Organization.Length);
        Assert.NotEmpty(report.Warnings);
        Assert.Equal(5, report.MessageCount);
    }

    [Fact]
    public void A_repeat_is_known_and_another_content_is_told()
    {
        var ledger = new ReportLedger();
        DmarcReport Read(string text) => ReportRun.OfText(text).Single;
        Assert.Equal(ReportStanding.New, ledger.Add(Read(s_plain)));
        Assert.Equal(ReportStanding.Repeat, ledger.Add(Read(s_plain)));
        Assert.Equal(ReportStanding.Conflict, ledger.Add(Read(s_plain.Replace("<count>3<", "<count>4<", StringComparison.Ordinal))));
        Assert.Equal(ReportStanding.New, ledger.Add(Read(s_plain.Replace("<begin>1780272000<", "<begin>1780185600<", StringComparison.Ordinal))));
        Assert.Equal(ReportStanding.New, ledger.Add(Read(s_plain.Replace("receiver.example</org", "other.example</org", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_part_of_a_report_does_not_stand_for_the_whole()
    {
        var ledger = new ReportLedger();
        DmarcReport part = ReportRun.OfText(s_plain.Replace("</feedback>", string.Empty, StringComparison.Ordinal)).Single;
        Assert.Equal(ReportStanding.New, ledger.Add(part));
        Assert.False(ledger.HasWhole(part));
        Assert.Equal(ReportStanding.New, ledger.Add(ReportRun.OfText(s_plain).Single));
        Assert.True(ledger.HasWhole(part));
        Assert.Equal(ReportStanding.Repeat, ledger.Add(part));
    }

    private static byte[] Zipped(params (string Name, byte[] Octets)[] members)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] octets) in members)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(octets);
            }
        }

        return stream.ToArray();
    }
}
