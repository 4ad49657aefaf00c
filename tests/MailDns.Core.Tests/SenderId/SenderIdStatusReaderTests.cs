using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.SenderId;
using Xunit;

namespace MailDns.Core.Tests.SenderId;

public class SenderIdStatusReaderTests
{
    private static Task<SenderIdStatus> Read(TableResolver dns) =>
        Seen.In(SenderIdStatusReader.ReadAsync(DomainName.FromDns("example.com"), dns, CancellationToken.None));

    [Theory]
    [InlineData("v=spf1 -all", "", null)]
    [InlineData("spf2.0/pra ?all", "SENDERID-HISTORIC SENDERID-TXT-BLOAT", true)]
    [InlineData("spf2.0 ?all", "SENDERID-HISTORIC SENDERID-TXT-BLOAT SENDERID-SYNTAX", false)]
    [InlineData("v=spf2.0/pra ?all", "SENDERID-HISTORIC SENDERID-TXT-BLOAT SENDERID-SYNTAX", false)]
    public async Task Findings(string text, string ids, bool? isValid)
    {
        SenderIdStatus status = await Read(new TableResolver().Txt("example.com", text));

        Assert.Equal(ids, string.Join(" ", status.Findings.Select(finding => finding.Id)));
        Assert.Equal(isValid, status.IsValid);
        Assert.Equal(SenderIdChecks.All.Count, status.Results.Select(result => result.Id).Distinct().Count());
    }

    [Fact]
    public async Task Scopes_may_be_divided_among_records_but_not_repeated()
    {
        SenderIdStatus divided = await Read(new TableResolver().Txt("example.com", "spf2.0/pra ?all", "spf2.0/mfrom -all"));
        SenderIdStatus repeated = await Read(new TableResolver().Txt("example.com", "spf2.0/pra ?all", "spf2.0/mfrom,pra -all"));

        Assert.True(divided.IsValid);
        Assert.Equal(new[] { "pra", "mfrom" }, divided.Scopes);
        Assert.False(repeated.IsValid);
        Assert.Contains(repeated.Findings, finding => finding.Message.Contains("\"pra\" is in more than one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_lookup_is_Unknown()
    {
        SenderIdStatus status = await Read(new TableResolver().FailName("example.com"));

        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal(SenderIdChecks.All.Count, status.Results.Count);
    }
}
