using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>
/// The name servers of example.com on 127.0.0.2 and up, all on one port, and a server that stands in for a resolver. The
/// zone names ns2 (127.0.0.2) and so on as its servers.
/// </summary>
public sealed class NameServers : IAsyncDisposable
{
    private readonly List<LoopbackDnsServer> _servers = [];

    private NameServers(LoopbackDnsServer resolver) => Resolver = resolver;

    /// <summary>Knows the zone as the first server has it.</summary>
    public LoopbackDnsServer Resolver { get; }

    /// <summary>The name servers, in order.</summary>
    public IReadOnlyList<LoopbackDnsServer> Servers => _servers;

    public int Port => Resolver.Port;

    /// <summary>One server for each zone; the resolver has the first zone and what is given beside it.</summary>
    public static NameServers Start(IReadOnlyList<TestZone> zones, TestZone? elsewhere = null)
    {
        ArgumentNullException.ThrowIfNull(zones);
        var known = new TestZone();
        foreach (TestRecord record in zones[0].Records)
            known.Add(record);
        foreach (TestRecord record in elsewhere?.Records ?? [])
            known.Add(record);

        var all = new NameServers(LoopbackDnsServer.Start(known));
        foreach (TestZone zone in zones)
        {
            IPAddress address = IPAddress.Parse(Address(all._servers.Count));
            all._servers.Add(LoopbackDnsServer.Start(zone, new LoopbackDnsServerOptions { Address = address, Port = all.Port }));
        }

        return all;
    }

    /// <summary>A zone example.com of that serial number with so many name servers, and further lines.</summary>
    public static TestZone Zone(int serial, int servers, params string[] lines)
    {
        var zone = new TestZone().Lines(string.Create(CultureInfo.InvariantCulture, $"example.com. 3600 IN SOA ns2.example.com. hostmaster.example.com. {serial} 7200 3600 1209600 300"));
        for (int i = 0; i < servers; i++)
        {
            string host = Host(i) + ".";
            zone.Lines($"example.com. 3600 IN NS {host}", $"{host} 3600 IN A {Address(i)}");
        }

        return zone.Lines(lines);
    }

    /// <summary>The zone com as its server at the address of that index has it: it delegates example.com to the servers of these indices.</summary>
    public static TestZone Parent(int index, params int[] delegated)
    {
        TestZone zone = ParentApex(index);
        foreach (int server in delegated ?? [])
            zone.Lines($"example.com. 3600 IN NS {Host(server)}.");
        return zone;
    }

    /// <summary>What a resolver tells of the zone com itself.</summary>
    public static TestZone ParentApex(int index) => new TestZone().Lines(
        "com. 3600 IN SOA a.gtld.com. hostmaster.com. 1 7200 3600 1209600 300",
        "com. 3600 IN NS a.gtld.com.",
        $"a.gtld.com. 3600 IN A {Address(index)}");

    /// <summary>The name of a server by its index: ns2.example.com, ns3...</summary>
    public static string Host(int index) => string.Create(CultureInfo.InvariantCulture, $"ns{index + 2}.example.com");

    /// <summary>The address of a server by its index: 127.0.0.2, 127.0.0.3...</summary>
    public static string Address(int index) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.{index + 2}");

    public async ValueTask DisposeAsync()
    {
        foreach (LoopbackDnsServer server in _servers)
            await server.DisposeAsync();
        await Resolver.DisposeAsync();
    }
}
