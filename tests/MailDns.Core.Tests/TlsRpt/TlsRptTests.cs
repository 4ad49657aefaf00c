using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.TlsRpt;
using Xunit;

namespace MailDns.Core.Tests.TlsRpt;

public class TlsRptTests
{
    private const string Good = "v=TLSRPTv1; rua=mailto:tls@contoso.com";

    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", "mailto:reports@example.com")]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", "https://reporting.example.com/v1/tlsrpt")]
    [InlineData("v=TLSRPTv1 ; rua=mailto:a@example.com , https://example.com/x;", "mailto:a@example.com https://example.com/x")]
    [InlineData("v=TLSRPTv1; rua=mailto:a%2Cb@example.com; x=1", "mailto:a%2Cb@example.com")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; rua=https://example.com/x", "mailto:a@example.com https://example.com/x")]
    public void A_record_of_the_grammar_is_read(string text, string uris) =>
        Assert.Equal(uris, string.Join(' ', TlsRptRecord.Parse(text).AggregateReportUri));

    // The fault, and the record that is offered (null: none is).
    [Theory]
    [InlineData("TLSRPT-SYNTAX", "v=tlsrptv1; rua=mailto:tls@contoso.com", Good)]
    [InlineData("TLSRPT-SYNTAX", "v=TLSRPTv1; rua=mailto:tls@contoso.com; junk", Good)]
    [InlineData("TLSRPT-SYNTAX", "v=TLSRPTv1; rua = mailto:tls@contoso.com", Good)]
    [InlineData("TLSRPT-SYNTAX", "v=TLSRPTv1; RUA=mailto:tls@contoso.com", Good)]
    [InlineData("TLSRPT-SYNTAX", Good + "; x=1; x=2", null)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1;", null)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=", null)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=tls@contoso.com", Good)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=http://contoso.com/x", null)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=mailto:tls@contoso.com,", Good)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=mailto:tls@contoso.com!10m", null)]
    [InlineData("TLSRPT-RUA", "v=TLSRPTv1; rua=mailto:", null)]
    public async Task A_fault_fires_with_its_correction_and_the_twin_does_not(string id, string bad, string? corrected)
    {
        CheckResult result = Result(await Read(bad), id);
        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Equal(corrected, (result.Record.SingleOrDefault() as TxtRecord)?.Value);
        Assert.Throws<RecordParseException>(() => TlsRptRecord.Parse(bad));
        TlsRptStatus good = await Read(Good);
        Assert.True(good.IsValid);
        Assert.Equal(CheckStatus.Pass, Result(good, id).Status);
    }

    [Fact]
    public async Task None_two_and_a_failed_lookup()
    {
        Assert.Equal(CheckStatus.Info, Result(await Read(), "TLSRPT-MISSING").Status);
        Assert.Equal(CheckStatus.Fail, Result(await Read(Good, "v=TLSRPTv1; rua=mailto:b@contoso.com"), "TLSRPT-MULTIPLE").Status);
        Assert.Equal(CheckStatus.Pass, Result(await Read(Good, "v=tlsrptv1;", "other"), "TLSRPT-MULTIPLE").Status);
        TlsRptStatus failed = await Seen.In(TlsRptStatusReader.ReadAsync(DomainName.Parse("contoso.com"), new TableResolver().FailName("_smtp._tls.contoso.com"), CancellationToken.None));
        Assert.All(failed.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal(TlsRptChecks.All.Count, failed.Results.Count);
    }

    [Theory]
    [InlineData("tls@contoso.com", "v=TLSRPTv1; rua=mailto:tls@contoso.com")]
    [InlineData("https://contoso.com/a,b;c!", "v=TLSRPTv1; rua=https://contoso.com/a%2Cb%3Bc%21")]
    public void An_address_is_written_as_a_uri(string address, string text)
    {
        TxtRecord record = TlsRptRecordBuilder.Create(DomainName.Parse("contoso.com"), DomainName.Parse("contoso.com"), [address], TimeSpan.FromHours(1));
        Assert.Equal(("_smtp._tls", text, RecordPurpose.TlsRpt), (record.Name, record.Value, record.Purpose));
        Assert.Empty(TlsRptParser.Read(record.Value).Faults);
    }

    [Theory]
    [InlineData("ftp://contoso.com/x")]
    [InlineData("contoso")]
    [InlineData("")]
    public void Any_other_is_refused(string address) =>
        Assert.ThrowsAny<ArgumentException>(() => TlsRptRecordBuilder.Create(DomainName.Parse("contoso.com"), DomainName.Parse("contoso.com"), [address], TimeSpan.FromHours(1)));

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var random = new Random(8460);
        string alphabet = "v=TLSRPTv1; rua=mailto:@,!%a.\u00e9\0";
        for (int i = 0; i < 5000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            Assert.All(TlsRptParser.Read("v=TLSRPTv1; rua=" + text).Faults, fault => Assert.DoesNotContain('\0', fault.Message));
        }
    }

    private static CheckResult Result(TlsRptStatus status, string id) => status.Results.Single(result => result.Id == id);

    private static Task<TlsRptStatus> Read(params string[] texts) =>
        Seen.In(TlsRptStatusReader.ReadAsync(DomainName.Parse("contoso.com"), new TableResolver().Txt("_smtp._tls.contoso.com", texts), CancellationToken.None));
}
