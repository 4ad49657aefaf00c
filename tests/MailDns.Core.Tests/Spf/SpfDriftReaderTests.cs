using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfDriftReaderTests
{
    private const string Source = "v=spf1 include:esp.example -all";

    [Theory]
    [InlineData("v=spf1 ip4:198.51.100.0/24 -all", true, "", "", "", "example.com: every address has the verdict of the source.")]
    [InlineData("v=spf1 include:_spf1.example.com -all", true, "", "", "", "example.com: every address has the verdict of the source.")]
    [InlineData("v=spf1 ip4:198.51.100.0/25 -all", false, "198.51.100.128/25", "", "", "example.com: 1 network passed by the source only. Flatten the source again and publish the result.")]
    [InlineData("v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.1 -all", false, "", "192.0.2.1", "", "example.com: 1 network passed by the published record only. Flatten the source again and publish the result.")]
    [InlineData("v=spf1 ~ip4:192.0.2.1 ip4:198.51.100.0/24 -all", false, "", "", "192.0.2.1", "example.com: 1 network with another verdict. Flatten the source again and publish the result.")]
    [InlineData("v=spf1 include:nowhere.example -all", false, "", "", "", "The published record is in error at \"include:nowhere.example\": nowhere.example has no SPF record.")]
    [InlineData("v=spf1 ip4:198.51.100.0/24 a:1.n.example a:2.n.example a:3.n.example -all", false, "", "", "", "The published record takes 3 void lookups of 2, a permerror (RFC 7208 section 4.6.4).")]
    public async Task The_published_record_is_compared_with_its_source(string published, bool inSync, string added, string removed, string changed, string message)
    {
        TableResolver zones = new TableResolver()
            .Txt("example.com", published, "other=text")
            .Txt("_spf1.example.com", "v=spf1 ip4:198.51.100.0/24 -all")
            .Txt("esp.example", "v=spf1 ip4:198.51.100.0/24 ~all");
        SpfDrift drift = await ReadAsync(zones);
        Assert.Equal(inSync, drift.InSync);
        Assert.Equal(added, string.Join(" ", drift.Added));
        Assert.Equal(removed, string.Join(" ", drift.Removed));
        Assert.Equal(changed, string.Join(" ", drift.Changed));
        Assert.Equal(message, drift.Message);
        Assert.Equal(Source, drift.Source);
        Assert.Equal(published, drift.Record);
    }

    [Theory]
    [InlineData("example.com", "Unknown: example.com TXT: timed out.")]
    [InlineData("esp.example", "Unknown: what \"include:esp.example\" of the source authorises: esp.example TXT: timed out.")]
    public async Task A_failed_lookup_is_unknown(string name, string message)
    {
        TableResolver zones = new TableResolver().Txt("example.com", "v=spf1 -all").Txt("esp.example", "v=spf1 -all").FailName(name);
        SpfDrift drift = await ReadAsync(zones);
        Assert.Null(drift.InSync);
        Assert.Equal(message, drift.Message);
    }

    [Theory]
    [InlineData("nothing.here", "example.com has no SPF record.")]
    public async Task A_record_that_is_gone_is_drift(string owner, string message)
    {
        SpfDrift drift = await ReadAsync(new TableResolver().Txt(owner, "v=spf1 -all"));
        Assert.False(drift.InSync);
        Assert.Equal(message, drift.Message);
        Assert.Null(drift.Record);
    }

    [Fact]
    public async Task A_source_that_broke_is_drift()
    {
        SpfDrift drift = await ReadAsync(new TableResolver().Txt("example.com", "v=spf1 -all"));
        Assert.False(drift.InSync);
        Assert.Equal("The source is in error at \"include:esp.example\": esp.example has no SPF record.", drift.Message);
    }

    private static Task<SpfDrift> ReadAsync(TableResolver zones) =>
        Seen.In(SpfDriftReader.ReadAsync(DomainName.FromDns("example.com"), Source, zones, CancellationToken.None));
}
