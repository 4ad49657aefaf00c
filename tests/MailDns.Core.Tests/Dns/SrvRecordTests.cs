using System;
using System.Collections.Specialized;
using System.Linq;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class SrvRecordTests
{
    private static readonly SrvRecord s_record = new("contoso.com", "_submission._tcp", 0, 1, 587, "Mail.contoso.com.", TimeSpan.FromHours(1), RecordPurpose.Other);

    [Fact]
    public void Four_fields_and_the_text_of_them()
    {
        Assert.Equal("0 1 587 mail.contoso.com", s_record.ToString());
        Assert.Equal(((ushort)0, (ushort)1, (ushort)587, "mail.contoso.com"), (s_record.SrvPriority, s_record.SrvWeight, s_record.SrvPort, s_record.SrvTarget));
        Assert.Equal(".", new SrvRecord("contoso.com", "_imap._tcp", 0, 0, 0, ".", TimeSpan.Zero, RecordPurpose.Other).SrvTarget);
    }

    [Theory]
    [InlineData("0 1 587 mail", "0 1 587 mail.contoso.com.")]
    [InlineData("65535 65535 65535 .", "65535 65535 65535 .")]
    [InlineData("\\# 9 0000 0001 024B 016D 00", "0 1 587 m.")]
    [InlineData("0 1 587", null)]
    [InlineData("0 1 65536 mail", null)]
    [InlineData("0 1 587 mail x", null)]
    [InlineData("\\# 6 000000010000", null)]
    public void A_zone_file_says_it_or_not(string data, string? expected)
    {
        ZoneFile zone = ZoneFileParser.Parse("_submission._tcp 5 SRV " + data, "test", DomainName.FromDns("contoso.com"));
        Assert.Equal(expected, zone.Records.SingleOrDefault()?.Data.ToPresentation());
        Assert.Equal(expected is null ? 1 : 0, zone.Skipped.Count);
    }

    [Fact]
    public void Parameters_have_the_names_of_each_module()
    {
        OrderedDictionary windows = DnsServerParameters.Create(s_record);
        Assert.Equal(
            ["ZoneName=contoso.com", "Name=_submission._tcp", "TimeToLive=01:00:00", "Srv=True", "Priority=0", "Weight=1", "Port=587", "DomainName=mail.contoso.com"],
            windows.Keys.Cast<string>().Select(key => key + "=" + windows[key]));
        OrderedDictionary azure = Assert.Single(AzDnsParameters.Create([s_record], "rg", []));
        OrderedDictionary config = Assert.IsType<OrderedDictionary[]>(azure["DnsRecords"])[0];
        Assert.Equal(["Priority=0", "Weight=1", "Port=587", "Target=mail.contoso.com"], config.Keys.Cast<string>().Select(key => key + "=" + config[key]));
    }
}
