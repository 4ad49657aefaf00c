using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

/// <summary>
/// Publishing a flattened record: parts first, then the main record. A receiver may hold any of the old records in its cache at
/// any time; whatever it sees, what passed before passes.
/// </summary>
public class SpfFlatteningOrderTests
{
    private static readonly DomainName s_domain = DomainName.Parse("contoso.org");

    // 25 to 45 networks each in two vendors' records and, mostly, in live parts of the domain's own.
    private static readonly Gen<uint[]> s_networks = Gen.UInt[0x08000000, 0x5FFFFFFF].Array[20, 40];

    [Fact]
    public async Task Every_state_on_the_way_passes_what_passed_before()
    {
        int split = 0;
        await FixedSamples.CheckAsync(
            Gen.Select(s_networks, s_networks, s_networks, Gen.Int[0, 7]),
            60,
            sample => "shape " + sample.Item4,
            async sample =>
            {
                (uint[] own, uint[] vendor, uint[] other, int shape) = sample;
                var old = new Dictionary<string, string>
                {
                    ["contoso.org"] = "v=spf1 include:_spf1.contoso.org include:b.vendor.test" + ((shape & 1) != 0 ? " include:_spf2.contoso.org" : string.Empty) + " -all",
                    ["_spf1.contoso.org"] = Record(own.Take(28)),
                    ["b.vendor.test"] = Record(vendor),
                };
                if ((shape & 3) != 0) old["_spf2.contoso.org"] = Record(other.Take(20));

                // Another record of the domain uses a part.
                if ((shape & 4) != 0) old["news.contoso.org"] = "v=spf1 include:_spf1.contoso.org -all";

                TableResolver zone = Zone(old);
                SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, old["contoso.org"], flatten: true, zone, CancellationToken.None);
                split += result.Parts.Count > 0 ? 1 : 0;
                AddressSet before = await PassesAsync(zone, "contoso.org");

                // Parts are published one by one, then the main record; what was there before may still be cached.
                var now = new Dictionary<string, string>(old);
                foreach (SpfPart part in result.Parts)
                {
                    now[part.Name.Text] = part.Text;
                    await AssertStateAsync(now, old, before);
                }

                now["contoso.org"] = result.After;
                await AssertStateAsync(now, old, before);
                if ((shape & 4) != 0)
                    Assert.True((await PassesAsync(zone, "news.contoso.org")).IsSubsetOf(await PassesAsync(Zone(now), "news.contoso.org")));

                // Done again, the parts that are there are used: no new names come.
                SpfOptimization again = await SpfOptimizer.OptimizeAsync(s_domain, old["contoso.org"], flatten: true, Zone(now), CancellationToken.None);
                Assert.Equal(result.After, again.After);
            });
        Assert.True(split > 30, split + " records were split.");
    }

    // Every choice of old or new for each name that had a record before.
    private static async Task AssertStateAsync(Dictionary<string, string> now, Dictionary<string, string> old, AddressSet before)
    {
        string[] changed = old.Keys.Where(name => now[name] != old[name]).ToArray();
        for (int choice = 0; choice < 1 << changed.Length; choice++)
        {
            var seen = new Dictionary<string, string>(now);
            for (int i = 0; i < changed.Length; i++)
            {
                if ((choice & (1 << i)) != 0) seen[changed[i]] = old[changed[i]];
            }

            Assert.True(before.IsSubsetOf(await PassesAsync(Zone(seen), "contoso.org")));
        }
    }

    private static async Task<AddressSet> PassesAsync(TableResolver zone, string name)
    {
        SpfNode root = await SpfTreeWalker.WalkAsync(DomainName.Parse(name), zone, CancellationToken.None);
        var known = new Dictionary<SpfNode, SpfAuthorization>();
        foreach (SpfNode node in root.SelfAndDescendants.OrderByDescending(node => node.Depth))
            known[node] = SpfAuthorization.Of(node, known);

        return known[root].Addresses;
    }

    private static string Record(IEnumerable<uint> networks) =>
        "v=spf1 " + string.Join(" ", networks.Select(network => "ip4:" + AddressBits.IPv4(network & 0xFFFFFF00) + "/24").Distinct()) + " -all";

    private static TableResolver Zone(Dictionary<string, string> records)
    {
        var zone = new TableResolver();
        foreach (KeyValuePair<string, string> record in records)
            zone.Txt(record.Key, record.Value);

        return zone;
    }

    [Fact]
    public async Task A_hostile_record_is_not_asked_for_without_a_bound()
    {
        TableResolver zone = new TableResolver();
        var terms = new List<string>();
        for (int i = 0; i < 1000; i++)
        {
            terms.Add("mx:" + i + ".vendor.test");
            for (ushort j = 0; j < 10; j++)
                zone.Mx(i + ".vendor.test", j, "h" + j + "." + i + ".vendor.test").Address("h" + j + "." + i + ".vendor.test", "8.8.8.8");
        }

        zone.Txt("big.vendor.test", "v=spf1 " + string.Join(" ", terms) + " -all");
        await Assert.ThrowsAsync<SpfRefusalException>(() => SpfOptimizer.OptimizeAsync(s_domain, "v=spf1 include:big.vendor.test -all", flatten: true, zone, CancellationToken.None));
        Assert.InRange(zone.Questions.Count, 1, 1000);
    }
}
