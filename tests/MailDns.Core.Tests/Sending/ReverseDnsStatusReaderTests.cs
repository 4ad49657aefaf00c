using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.ReverseDns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class ReverseDnsStatusReaderTests
{
    private const string Reverse = "25.2.0.192.in-addr.arpa";

    [Theory]
    [InlineData("out.contoso.com", true, "")]
    [InlineData("other.contoso.com out.contoso.com", true, "")]
    [InlineData("silent.contoso.com out.contoso.com", true, "")]
    [InlineData("", false, "PTR-MISSING=Fail")]
    [InlineData("other.contoso.com", false, "PTR-FORWARD=Fail")]
    [InlineData("absent.contoso.com", false, "PTR-FORWARD=Fail")]
    [InlineData("v6.contoso.com", false, "PTR-FORWARD=Fail")]
    [InlineData("silent.contoso.com", null, "PTR-FORWARD=Unknown")]
    [InlineData("other.contoso.com silent.contoso.com", null, "PTR-FORWARD=Unknown")]
    [InlineData("192-0-2-25.isp.example", true, "PTR-GENERIC=Warning")]
    [InlineData("192-0-2-25.isp.example out.contoso.com", true, "")]
    [InlineData("static.25.2.0.192.isp.example", false, "PTR-FORWARD=Fail PTR-GENERIC=Warning")]
    public async Task Names_of_an_address_are_judged(string names, bool? confirmed, string expected)
    {
        TableResolver zone = Zone();
        foreach (string name in names.Split(' ', System.StringSplitOptions.RemoveEmptyEntries))
            zone.Ptr(Reverse, name);

        ReverseDnsStatus status = await Read("192.0.2.25", zone);
        StatusAssert.Findings(status.Results, ReverseDnsChecks.OfAddress, expected);
        Assert.Equal(confirmed, status.IsConfirmed);
        Assert.Equal(Reverse, status.ReverseName);
    }

    [Fact]
    public async Task A_failed_lookup_of_the_names_is_unknown()
    {
        ReverseDnsStatus status = await Read("192.0.2.25", new TableResolver().Fail(Reverse, DnsRecordType.Ptr, DnsResponseStatus.Refused));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Null(status.IsConfirmed);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.25", "192.0.2.25")]
    [InlineData("192.0.2.25", "192.0.2.25")]
    public async Task A_mapped_address_is_the_ipv4_address(string given, string shown)
    {
        ReverseDnsStatus status = await Read(given, Zone().Ptr(Reverse, "out.contoso.com"));
        Assert.Equal((shown, true, "out.contoso.com"), (status.IPAddress, status.IsConfirmed, status.HostName));
        Assert.Equal(new[] { "192.0.2.25" }, status.ForwardAddresses);
    }

    [Fact]
    public async Task An_ipv6_address_is_asked_for_under_ip6_arpa()
    {
        TableResolver zone = Zone().Ptr("6.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "v6.contoso.com");
        ReverseDnsStatus status = await Read("2001:db8::6", zone);
        Assert.True(status.IsConfirmed);
        StatusAssert.Findings(status.Results, ReverseDnsChecks.OfAddress, string.Empty);
    }

    [Fact]
    public async Task No_more_than_ten_names_are_followed()
    {
        TableResolver zone = Zone();
        for (int i = 0; i < 200; i++)
            zone.Ptr(Reverse, "h" + i + ".contoso.com");

        ReverseDnsStatus status = await Read("192.0.2.25", zone);
        Assert.Equal(11, zone.Questions.Count);
        Assert.Equal(200, status.HostNames.Length);
        Assert.Contains("first 10 of the 200", StatusAssert.Single(status.Results, "PTR-FORWARD").Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_that_is_missing_below_the_domain_is_made()
    {
        ReverseDnsStatus own = await Read("192.0.2.25", Zone().Ptr(Reverse, "absent.contoso.com"));
        ResourceRecord fix = Assert.Single(StatusAssert.Single(own.Results, "PTR-FORWARD").Record);
        Assert.Equal("absent A 192.0.2.25", fix.Name + " " + fix.RecordType + " " + fix);

        ReverseDnsStatus foreign = await Read("192.0.2.25", Zone().Ptr(Reverse, "absent.isp.example"));
        Assert.Empty(StatusAssert.Single(foreign.Results, "PTR-FORWARD").Record);
    }

    [Theory]
    [InlineData("192.0.2.25", "192-0-2-25.isp.example", true)]
    [InlineData("192.0.2.25", "25.2.0.192.isp.example", true)]
    [InlineData("192.0.2.25", "ip192.0.2.25.isp.example", true)]
    [InlineData("192.0.2.25", "host192000002025.isp.example", true)]
    [InlineData("192.0.2.25", "192.000.002.025.isp.example", true)]
    [InlineData("192.0.2.25", "c0000219.isp.example", true)]
    [InlineData("192.0.2.25", "p5.dip.dsl.isp.example", true)]
    [InlineData("192.0.2.25", "dyn7.isp.example", true)]
    [InlineData("192.0.2.25", "cable-pool3.isp.example", true)]
    [InlineData("54.240.8.29", "a8-29.smtp-out.amazonses.com", false)]
    [InlineData("209.85.128.65", "mail-wm1-f65.google.com", false)]
    [InlineData("192.0.2.25", "out.contoso.com", false)]
    [InlineData("192.0.2.25", "mail.dyn.com", false)]
    [InlineData("192.0.2.25", "liverpool.contoso.com", false)]
    [InlineData("192.0.2.25", "mx25.contoso.com", false)]
    [InlineData("2001:db8::6", "2001-0db8-0000-0000-0000-0000-0000-0006.isp.example", true)]
    [InlineData("2001:db8::6", "v6.contoso.com", false)]
    [InlineData("2001:db8:1:2:3:4:5:6", "000300040005006.isp.example", false)]
    public void Generic_names_hold_the_address_or_say_how_it_is_assigned(string address, string host, bool expected) =>
        Assert.Equal(expected, GenericHostName.IsGeneric(DomainName.FromDns(host), IPAddress.Parse(address)));

    [Theory]
    [InlineData("out", CheckStatus.Pass)]
    [InlineData("v6", CheckStatus.Pass)]
    [InlineData("absent", CheckStatus.Warning)]
    [InlineData("silent", CheckStatus.Unknown)]
    [InlineData(null, CheckStatus.NotApplicable)]
    public async Task A_helo_name_has_an_address(string? name, CheckStatus expected)
    {
        var request = new SendingDomainRequest(DomainName.Parse("contoso.com"))
        {
            HeloNames = name is null ? [] : [DomainName.Parse(name + ".contoso.com")],
            Addresses = [IPAddress.Parse("192.0.2.25")],
        };
        CheckResult result = (await Seen.In(SendingDomainChecker.CheckAsync(request, Zone().Ptr(Reverse, "out.contoso.com"), CancellationToken.None))).Results.Single(item => item.Id == "HELO-UNRESOLVED");
        Assert.Equal(expected, result.Status);
        Assert.Equal(name is "absent" ? "absent A 192.0.2.25" : string.Empty, string.Join(";", result.Record.Select(record => record.Name + " " + record.RecordType + " " + record)));
    }

    private static TableResolver Zone() => new TableResolver()
        .Address("contoso.com", "203.0.113.10")
        .Address("out.contoso.com", "192.0.2.25")
        .Address("other.contoso.com", "192.0.2.26")
        .Address("v6.contoso.com", "2001:db8::6")
        .Address("192-0-2-25.isp.example", "192.0.2.25")
        .FailName("silent.contoso.com");

    private static Task<ReverseDnsStatus> Read(string address, TableResolver zone) =>
        Seen.In(ReverseDnsStatusReader.ReadAsync(IPAddress.Parse(address), DomainName.Parse("contoso.com"), zone, CancellationToken.None));
}
