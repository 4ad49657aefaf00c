using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Formats;

public class ZoneRecordReaderTests
{
    [Theory]
    [InlineData("@ TXT \"v=spf1 -all\"", "Spf")]
    [InlineData("@ TXT spf2.0/pra,-all", "SenderId")]
    [InlineData("@ TXT google-site-verification=x", "Other")]
    [InlineData("s1._domainkey TXT \"k=rsa; p=\"", "Dkim")]
    [InlineData("s1._domainkey CNAME s1.example.net.", "Dkim")]
    [InlineData("_domainkey TXT \"o=-;\"", "DomainKeysPolicy")]
    [InlineData("_dmarc TXT \"v=DMARC1; p=none\"", "Dmarc")]
    [InlineData("_dmarc CNAME _dmarc.example.net.", "Dmarc")]
    [InlineData("example.net._report._dmarc TXT v=DMARC1", "DmarcReportAuthorization")]
    [InlineData("default._bimi TXT \"v=BIMI1; l=\"", "Bimi")]
    [InlineData("default._bimi CNAME b.example.net.", "Bimi")]
    [InlineData("_mta-sts TXT \"v=STSv1; id=1\"", "MtaSts")]
    [InlineData("mta-sts CNAME m.example.net.", "MtaSts")]
    [InlineData("_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:a@b.example\"", "TlsRpt")]
    [InlineData("_smtp._tls CNAME t.example.net.", "TlsRpt")]
    [InlineData("trk CNAME t.example.net.", "Other")]
    [InlineData("@ MX 10 mx", "Mx")]
    [InlineData("@ MX 0 .", "Mx")]
    [InlineData("em NS ns.example.net.", "Delegation")]
    [InlineData("_sip._tcp SRV 0 0 5060 sip", "Other")]
    [InlineData("_sip._tcp SRV 0 0 0 .", "Other")]
    [InlineData("9 PTR mx", "Address")]
    [InlineData("mx A 192.0.2.1", "Address")]
    [InlineData("mx AAAA 2001:db8::1", "Address")]
    [InlineData("@ CAA 0 issue letsencrypt.org", "Caa")]
    [InlineData("_25._tcp.mx TLSA 3 1 1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Tlsa")]
    public void Record_has_its_purpose(string line, string purpose)
    {
        (IReadOnlyList<ResourceRecord> records, List<SkippedRecord> skipped) = Read("$ORIGIN contoso.com.\n" + line);

        Assert.Empty(skipped);
        Assert.Equal(purpose, Assert.Single(records).Purpose.ToString());
    }

    [Theory]
    [InlineData("@ SOA ns h 1 2 3 4 5", true)]
    [InlineData("@ NS ns", true)]
    [InlineData("@ CNAME x.example.net.", false)]
    [InlineData("a CNAME a", false)]
    [InlineData("x.example.net. TXT outside", false)]
    [InlineData("a\\032b TXT x", false)]
    [InlineData("a CNAME b\\034c", false)]
    [InlineData("@ MX 10 a\\$b", false)]
    [InlineData("@ SPF v=spf1", false)]
    [InlineData("@ CAA 0 issue \"\\200\"", false)]
    [InlineData("_25._tcp TLSA 3 1 1 aa", false)]
    [InlineData("a DNAME b", false)]
    [InlineData("a TYPE65400 \\# 1 00", false)]
    public void What_no_object_holds_is_told(string line, bool expected)
    {
        (IReadOnlyList<ResourceRecord> records, List<SkippedRecord> skipped) = Read("$ORIGIN contoso.com.\n" + line);

        Assert.Empty(records);
        Assert.Equal(expected, Assert.Single(skipped).IsExpected);
        Assert.All(skipped[0].Text + skipped[0].Reason, c => Assert.InRange(c, ' ', '~'));
    }

    [Fact]
    public void Zone_text_comes_back()
    {
        (IReadOnlyList<ResourceRecord> records, _) = Read("""
            $ORIGIN contoso.com.
            $TTL 1h
            @ IN TXT ( "v=spf1 "
                       "mx -all" ) ; comment
              300 IN MX 10 mx
            $ORIGIN eu.contoso.com.
            trk CNAME trk.example.net.
            """);
        string text = Assert.Single(RecordTextWriter.Write(records, DnsRecordFormat.Zone, TerraformProvider.Aws, [], []));

        Assert.Equal(
            "$ORIGIN contoso.com.\n@ 3600 IN TXT \"v=spf1 \" \"mx -all\"\n@ 300 IN MX 10 mx.contoso.com.\ntrk.eu 3600 IN CNAME trk.example.net.",
            text);
        Assert.Equal(records.Select(ReadRecord.Of), Read(text).Records.Select(ReadRecord.Of));
    }

    [Fact]
    public void Zone_may_be_another_than_the_origin()
    {
        (IReadOnlyList<ResourceRecord> records, _) = Read("$ORIGIN eu.contoso.com.\ntrk CNAME trk.example.net.", DomainName.FromDns("contoso.com"));

        Assert.Equal("trk.eu", records[0].Name);
    }

    private static (IReadOnlyList<ResourceRecord> Records, List<SkippedRecord> Skipped) Read(string text, DomainName? zone = null)
    {
        var skipped = new List<SkippedRecord>();
        return (ZoneRecordReader.Read(ZoneFileParser.Parse(text, "test", defaultOrigin: null), zone, skipped), skipped);
    }
}
