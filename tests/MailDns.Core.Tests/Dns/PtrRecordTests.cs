using System;
using System.Collections.Specialized;
using System.Linq;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class PtrRecordTests
{
    private static readonly PtrRecord s_record = new("2.0.192.in-addr.arpa", "9", "Mail.contoso.com.", TimeSpan.FromHours(1), RecordPurpose.Address);

    [Fact]
    public void One_name_under_the_names_that_bind()
    {
        Assert.Equal("mail.contoso.com", s_record.ToString());
        Assert.Equal(("mail.contoso.com", "mail.contoso.com"), (s_record.PtrDomainName, s_record.Ptrdname));
        OrderedDictionary windows = DnsServerParameters.Create(s_record);
        Assert.Equal((true, "mail.contoso.com"), (windows["Ptr"], windows["PtrDomainName"]));
        OrderedDictionary azure = Assert.Single(AzDnsParameters.Create([s_record], "rg", []));
        Assert.Equal("mail.contoso.com", Assert.IsType<OrderedDictionary[]>(azure["DnsRecords"])[0]["Ptrdname"]);
    }

    [Theory]
    [InlineData("mail.contoso.com.", "mail.contoso.com.")]
    [InlineData("mail", "mail.2.0.192.in-addr.arpa.")]
    [InlineData("\\# 3 016D00", "m.")]
    [InlineData("mail..", null)]
    [InlineData("mail extra", null)]
    public void A_zone_file_says_it_or_not(string data, string? expected)
    {
        ZoneFile zone = ZoneFileParser.Parse("9 5 PTR " + data, "test", DomainName.FromDns("2.0.192.in-addr.arpa"));
        Assert.Equal(expected, zone.Records.SingleOrDefault()?.Data.ToPresentation());
    }
}
