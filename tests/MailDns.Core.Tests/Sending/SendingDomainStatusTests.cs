using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>The object of a whole domain: its parts are those of the readers, its counts those of its results.</summary>
public class SendingDomainStatusTests
{
    [Fact]
    public async Task Counts_are_those_of_the_results_and_the_verdict_says_the_worst()
    {
        SendingDomainStatus status = await ReadAsync(new TableResolver().Txt("contoso.com", "v=spf1 -all"));
        Assert.Equal(status.Results.Count(result => result.Status == CheckStatus.Fail), status.ErrorCount);
        Assert.Equal(status.Results.Count(result => result.Status == CheckStatus.Unknown), status.UnknownCount);
        Assert.False(status.Passed);
        Assert.StartsWith("contoso.com: " + status.ErrorCount + " errors", status.Verdict, StringComparison.Ordinal);
        Assert.EndsWith(status.Findings[0].Message, status.Verdict, StringComparison.Ordinal);
        Assert.Equal("v=spf1 -all", status.Spf.Record);
        Assert.NotEmpty(status.ProviderComparison);
        Assert.DoesNotContain(status.Findings, finding => finding.Status is CheckStatus.Pass or CheckStatus.NotApplicable);
    }

    [Fact]
    public async Task A_failed_lookup_never_passes()
    {
        SendingDomainStatus status = await ReadAsync(new TableResolver().Fail("contoso.com", DnsRecordType.Txt, DnsResponseStatus.Timeout));
        Assert.False(status.Passed);
        Assert.True(status.UnknownCount > 0);
        Assert.Contains("unknown", status.Verdict, StringComparison.Ordinal);
    }

    private static async Task<SendingDomainStatus> ReadAsync(TableResolver zone) => await Seen.In(SendingDomainChecker.CheckAsync(
        new SendingDomainRequest(DomainName.Parse("contoso.com")) { Providers = [ProviderFixture.Shipped("altcraft")] },
        zone,
        CancellationToken.None));
}
