using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Sending;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Mx;
using Xunit;

namespace MailDns.Core.Tests.Mx;

public class MxStatusReaderTests
{
    [Theory]
    [InlineData("10 mx1", "")]
    [InlineData("10 mx1, 20 mx2", "")]
    [InlineData("10 v6", "")]
    [InlineData("10 half", "")]
    [InlineData("", "MX-MISSING=Warning")]
    [InlineData("10 alias", "MX-CNAME=Fail")]
    [InlineData("10 mx1, 20 alias", "MX-CNAME=Fail")]
    [InlineData("10 dangling", "MX-CNAME=Fail MX-UNRESOLVED=Fail")]
    [InlineData("10 absent", "MX-UNRESOLVED=Fail")]
    [InlineData("10 texts", "MX-UNRESOLVED=Fail")]
    [InlineData("10 silent", "MX-CNAME=Unknown MX-UNRESOLVED=Unknown")]
    [InlineData("10 mx1, 20 silent", "MX-CNAME=Unknown MX-UNRESOLVED=Unknown")]
    [InlineData("10 absent, 20 silent", "MX-CNAME=Unknown MX-UNRESOLVED=Fail")]
    [InlineData("10 private", "MX-UNRESOLVED=Fail")]
    [InlineData("10 mx1, 20 private", "MX-UNRESOLVED=Fail")]
    [InlineData("10 zero", "MX-UNRESOLVED=Fail")]
    [InlineData("10 ula", "MX-UNRESOLVED=Fail")]
    [InlineData("10 both", "")]
    [InlineData("0 localhost.", "MX-UNRESOLVED=Fail")]
    [InlineData("10 192.0.2.25", "MX-IP=Fail")]
    [InlineData("10 [192.0.2.25]", "MX-IP=Fail")]
    [InlineData("10 192.0.2.25.contoso.com", "MX-IP=Fail")]
    [InlineData("10 2001:db8::25", "MX-IP=Fail")]
    [InlineData("10 mx1, 20 192.0.2.25", "MX-IP=Fail")]
    [InlineData("10 10.mx", "")]
    [InlineData("0 .", "")]
    [InlineData("10 .", "MX-NULL-SYNTAX=Fail")]
    [InlineData("0 ., 10 mx1", "MX-NULL-SYNTAX=Fail")]
    [InlineData("0 ., 10 .", "MX-NULL-SYNTAX=Fail")]
    public async Task Exchangers_are_judged(string records, string expected)
    {
        MxStatus status = await Read(Zone(records));
        StatusAssert.Findings(status.Results, MxChecks.All, expected);
        Assert.Equal(expected == "MX-MISSING=Warning" ? null : StatusAssert.Valid(expected), status.IsValid);
    }

    [Theory]
    [InlineData("0 .", true, "MX-NULL-SENDING=Fail")]
    [InlineData("10 .", true, "MX-NULL-SENDING=Fail MX-NULL-SYNTAX=Fail")]
    [InlineData("0 .", false, "")]
    [InlineData("10 mx1", true, "")]
    public async Task A_null_mx_is_wrong_on_a_domain_that_sends(string records, bool sends, string expected)
    {
        MxStatus status = await Read(Zone(records), new MxReadOptions { SendsBecause = sends ? "it sends" : null });
        StatusAssert.Findings(status.Results, MxChecks.All, expected);
    }

    [Theory]
    [InlineData("", true, "MX-MISSING", "@ MX 0 .")]
    [InlineData("", false, "MX-MISSING", "")]
    [InlineData("10 .", false, "MX-NULL-SYNTAX", "@ MX 0 .")]
    [InlineData("0 ., 10 mx1", false, "MX-NULL-SYNTAX", "")]
    [InlineData("0 ., 10 mx1", true, "MX-NULL-SYNTAX", "@ MX 0 .")]
    [InlineData("5 alias", false, "MX-CNAME", "@ MX 5 mx1.contoso.com")]
    [InlineData("5 dangling", false, "MX-CNAME", "")]
    public async Task A_finding_carries_the_record_that_is_known_to_be_right(string records, bool parked, string id, string fix)
    {
        MxStatus status = await Read(Zone(records), new MxReadOptions { IsParked = parked });
        Assert.Equal(fix, string.Join("; ", StatusAssert.Single(status.Results, id).Record.Select(record => record.Name + " " + record.RecordType + " " + record)));
    }

    [Fact]
    public async Task A_failed_lookup_leaves_everything_unknown()
    {
        MxStatus status = await Read(new TableResolver().Fail("contoso.com", DnsRecordType.Mx, DnsResponseStatus.ServerFailure));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.Unknown, result.Status));
        Assert.Equal(MxChecks.All.Count, status.Results.Count);
        Assert.Null(status.IsValid);
        Assert.Null(status.IsImplicit);
        Assert.Empty(status.Exchanges);
    }

    [Theory]
    [InlineData("203.0.113.1", false, true)]
    [InlineData(null, false, false)]
    [InlineData(null, true, null)]
    public async Task Without_mx_the_address_of_the_domain_takes_its_mail(string? address, bool fails, bool? isImplicit)
    {
        TableResolver zone = new TableResolver().Txt("contoso.com", "v=spf1 -all");
        zone = address is null ? zone : zone.Address("contoso.com", address);
        zone = fails ? zone.Fail("contoso.com", DnsRecordType.Aaaa, DnsResponseStatus.Timeout) : zone;
        MxStatus status = await Read(zone);
        Assert.Equal(isImplicit, status.IsImplicit);
        Assert.Equal(CheckStatus.Warning, StatusAssert.Single(status.Results, "MX-MISSING").Status);
    }

    [Fact]
    public async Task The_status_shows_what_was_found_in_the_order_of_preference()
    {
        MxStatus status = await Read(Zone("20 mx2, 10 alias, 30 silent"));
        Assert.Equal("10 alias.contoso.com", status.Record);
        Assert.Equal(new[] { "10 alias.contoso.com", "20 mx2.contoso.com", "30 silent.contoso.com" }, status.Records);
        Assert.Equal(new bool?[] { true, false, null }, status.Exchanges.Select(exchange => exchange.IsAlias));
        Assert.Equal(new[] { "mx1.contoso.com", null, null }, status.Exchanges.Select(exchange => exchange.AliasTarget));
        Assert.Equal(new[] { null, null, "timed out" }, status.Exchanges.Select(exchange => exchange.Failure));
        Assert.Equal(new[] { "192.0.2.1" }, status.Exchanges[0].Addresses);
        Assert.True((await Read(Zone("0 ."))).IsNullMx);
        Assert.False((await Read(Zone("5 ."))).IsNullMx);
    }

    [Fact]
    public async Task An_alias_that_runs_in_a_circle_is_an_alias()
    {
        TableResolver zone = new TableResolver().Mx("contoso.com", 10, "a.contoso.com").Cname("a.contoso.com", "b.contoso.com").Cname("b.contoso.com", "a.contoso.com");
        MxStatus status = await Read(zone);
        StatusAssert.Findings(status.Results, MxChecks.All, "MX-CNAME=Fail MX-UNRESOLVED=Unknown");
    }

    [Fact]
    public async Task No_more_than_twenty_exchangers_are_looked_up_and_the_rest_is_unknown()
    {
        var zone = new TableResolver();
        for (int i = 0; i < 300; i++)
            zone.Mx("contoso.com", (ushort)i, "mx1.contoso.com".Replace("1", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)).Address("mx" + i + ".contoso.com", "192.0.2.1");

        MxStatus status = await Read(zone);
        Assert.Equal(300, status.Exchanges.Length);
        Assert.Equal(41, zone.Questions.Count);
        StatusAssert.Findings(status.Results, MxChecks.All, "MX-CNAME=Unknown MX-UNRESOLVED=Unknown");
    }

    [Fact]
    public async Task Hostile_names_are_escaped()
    {
        MxStatus status = await Read(new TableResolver().Mx("contoso.com", 10, "\u001b]0;x\u0007.contoso.com"));
        Assert.Equal(@"10 \027]0;x\007.contoso.com", status.Record);
        Assert.All(status.Results, result => Assert.DoesNotContain('\u001b', result.Message + result.Actual));
    }

    private static TableResolver Zone(string records)
    {
        TableResolver zone = new TableResolver()
            .Txt("contoso.com", "v=spf1 -all")
            .Address("mx1.contoso.com", "192.0.2.1")
            .Address("mx2.contoso.com", "192.0.2.2", "2001:db8::2")
            .Address("v6.contoso.com", "2001:db8::6")
            .Address("10.mx.contoso.com", "192.0.2.10")
            .Address("half.contoso.com", "192.0.2.3")
            .Fail("half.contoso.com", DnsRecordType.Aaaa, DnsResponseStatus.Timeout)
            .Address("private.contoso.com", "192.168.1.10", "10.0.0.1")
            .Address("zero.contoso.com", "0.0.0.0")
            .Address("ula.contoso.com", "fd00::1")
            .Address("both.contoso.com", "192.168.1.10", "8.8.8.8")
            .Address("localhost", "127.0.0.1")
            .Txt("texts.contoso.com", "no address")
            .Cname("alias.contoso.com", "mx1.contoso.com")
            .Cname("dangling.contoso.com", "gone.contoso.com")
            .FailName("silent.contoso.com");
        foreach (string record in records.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = record.Split(' ');
            string host = parts[1].EndsWith("localhost.", StringComparison.Ordinal) ? "localhost" : parts[1] is "." || parts[1].Contains(':', StringComparison.Ordinal) || parts[1].Contains("192", StringComparison.Ordinal) ? parts[1] : parts[1] + ".contoso.com";
            zone.Mx("contoso.com", ushort.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), host);
        }

        return zone;
    }

    private static Task<MxStatus> Read(TableResolver zone, MxReadOptions? options = null) =>
        Seen.In(MxStatusReader.ReadAsync(DomainName.Parse("contoso.com"), zone, options ?? MxReadOptions.Default, CancellationToken.None));
}
