using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

/// <summary>The seven mistakes that flatteners make, each with the verdicts that a receiver gives.</summary>
public class SpfFlatteningTrapTests
{
    private static TableResolver Zones() => new TableResolver()
        .Txt("t1.example", "v=spf1 ip4:192.0.2.1 redirect=target.example")
        .Txt("target.example", "v=spf1 ip4:198.51.100.1 -all")
        .Txt("t2.example", "v=spf1 include:host.example -all")
        .Txt("host.example", "v=spf1 a mx -all")
        .Address("t2.example", "192.0.2.2")
        .Address("host.example", "198.51.100.2")
        .Mx("host.example", 10, "mx.host.example")
        .Address("mx.host.example", "198.51.100.3")
        .Mx("t2.example", 10, "t2.example")
        .Txt("t3.example", "v=spf1 include:deny.example ip4:192.0.2.0/24 ~all")
        .Txt("deny.example", "v=spf1 -ip4:192.0.2.7 ip4:198.51.100.0/24 -all")
        .Txt("t4.example", "v=spf1 include:macro.example -all")
        .Txt("macro.example", "v=spf1 a:%{d} exists:%{i}.list.%{d} -all")
        .Address("macro.example", "198.51.100.4")
        .Address("192.0.2.4.list.macro.example", "127.0.0.2")
        .Address("t4.example", "192.0.2.44")
        .Txt("t5.example", "v=spf1 ?include:soft.example ~include:other.example -all")
        .Txt("soft.example", "v=spf1 ip4:192.0.2.5 -all")
        .Txt("other.example", "v=spf1 ip4:192.0.2.0/29 -all")
        .Txt("t6.example", "v=spf1 include:last.example -all")
        .Txt("last.example", "v=spf1 ip4:198.51.100.6 ip4:192.0.2.6")
        .Txt("t7.example", "v=spf1 ip4:192.0.2.8 -all ip4:198.51.100.8 include:late.example")
        .Txt("late.example", "v=spf1 ip4:198.51.100.9 -all");

    [Theory]
    [InlineData("t1.example", "192.0.2.1", SpfResultCode.Pass)]
    [InlineData("t1.example", "198.51.100.1", SpfResultCode.Pass)]
    [InlineData("t1.example", "203.0.113.1", SpfResultCode.Fail)]
    [InlineData("t2.example", "198.51.100.2", SpfResultCode.Pass)]
    [InlineData("t2.example", "198.51.100.3", SpfResultCode.Pass)]
    [InlineData("t2.example", "192.0.2.2", SpfResultCode.Fail)]
    [InlineData("t3.example", "192.0.2.7", SpfResultCode.Pass)]
    [InlineData("t3.example", "198.51.100.7", SpfResultCode.Pass)]
    [InlineData("t3.example", "203.0.113.7", SpfResultCode.SoftFail)]
    [InlineData("t4.example", "198.51.100.4", SpfResultCode.Pass)]
    [InlineData("t4.example", "192.0.2.4", SpfResultCode.Pass)]
    [InlineData("t4.example", "192.0.2.44", SpfResultCode.Fail)]
    [InlineData("t5.example", "192.0.2.5", SpfResultCode.Neutral)]
    [InlineData("t5.example", "192.0.2.6", SpfResultCode.SoftFail)]
    [InlineData("t5.example", "192.0.2.9", SpfResultCode.Fail)]
    [InlineData("t6.example", "192.0.2.6", SpfResultCode.Pass)]
    [InlineData("t6.example", "198.51.100.6", SpfResultCode.Pass)]
    [InlineData("t6.example", "203.0.113.6", SpfResultCode.Fail)]
    [InlineData("t7.example", "192.0.2.8", SpfResultCode.Pass)]
    [InlineData("t7.example", "198.51.100.8", SpfResultCode.Fail)]
    [InlineData("t7.example", "198.51.100.9", SpfResultCode.Fail)]
    public async Task The_verdict_stays(string domain, string address, SpfResultCode verdict)
    {
        Assert.Equal(verdict, await CheckAsync(Zones(), domain, address));
        string flattened = await FlattenAsync(domain);
        Assert.Equal(verdict, await CheckAsync(new OverlayResolver(Zones(), new[] { new TxtRecord(domain, "@", flattened, default, RecordPurpose.Spf) }), domain, address));
    }

    [Theory]
    [InlineData("t1.example", "v=spf1 ip4:192.0.2.1 ip4:198.51.100.1 -all")]
    [InlineData("t2.example", "v=spf1 ip4:198.51.100.2/31 -all")]
    [InlineData("t3.example", "v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/24 ~all")]
    [InlineData("t4.example", "v=spf1 include:macro.example -all")]
    [InlineData("t5.example", "v=spf1 ?ip4:192.0.2.5 ~ip4:192.0.2.0/29 -all")]
    [InlineData("t6.example", "v=spf1 ip4:192.0.2.6 ip4:198.51.100.6 -all")]
    [InlineData("t7.example", "v=spf1 ip4:192.0.2.8 -all")]
    public async Task The_record_says_so(string domain, string flattened) => Assert.Equal(flattened, await FlattenAsync(domain));

    private static async Task<string> FlattenAsync(string domain)
    {
        TableResolver zones = Zones();
        DnsResponse response = await zones.QueryTxtAsync(DomainName.FromDns(domain), CancellationToken.None);
        return (await SpfOptimizer.OptimizeAsync(DomainName.FromDns(domain), response.Texts[0], flatten: true, zones, CancellationToken.None)).After;
    }

    private static async Task<SpfResultCode> CheckAsync(IDnsResolver resolver, string domain, string address)
    {
        SpfQuery query = SpfQuery.ForMailFrom(IPAddress.Parse(address), "a@" + domain, "helo.example");
        return (await SpfEvaluator.CheckHostAsync(query, resolver, SpfLimits.Default, CancellationToken.None, CancellationToken.None)).Result;
    }
}
