using System.Linq;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>What every server that holds <see cref="ResolverZone"/> answers.</summary>
public static class AnswerTable
{
    public static TheoryData<string, string, string, string[]> Rows { get; } = new()
    {
        { "example.com", "TXT", "Success", ["MS=ms1", "v=spf1 -all"] },
        { "EXAMPLE.com", "TXT", "Success", ["MS=ms1", "v=spf1 -all"] },
        { "example.com", "MX", "Success", ["10 mx1.example.com", "20 mx2.example.com"] },
        { "null.example.com", "MX", "Success", ["0 ."] },
        { "mx1.example.com", "A", "Success", ["192.0.2.25", "192.0.2.26"] },
        { "mx1.example.com", "AAAA", "Success", ["2001:db8::25"] },
        { "example.com", "NS", "Success", ["ns1.example.com"] },
        { "example.com", "SOA", "Success", ["ns1.example.com hostmaster.example.com 1"] },
        { "1.2.0.192.ptr.example.com", "PTR", "Success", ["mx1.example.com"] },
        { "example.com", "CAA", "Success", ["128 issue \"ca.example.net; account=1\""] },
        { "_25._tcp.mx1.example.com", "TLSA", "Success", ["3 1 1 aabbccdd"] },
        { "_submission._tcp.example.com", "SRV", "Success", ["0 5 587 mx1.example.com"] },
        { "https.example.com", "TYPE65", "Success", ["\\# 3 000100"] },
        { "spf.example.com", "SPF", "Success", ["v=spf1 -all"] },
        { "mx1.example.com", "TXT", "NoData", [] },
        { "empty.example.com", "A", "NoData", [] },
        { "nothing.example.com", "TXT", "NxDomain", [] },
        { "a.b.nothing.example.com", "TXT", "NxDomain", [] },
        { "x.wild.example.com", "TXT", "Success", ["wild"] },
        { "y.x.wild.example.com", "TXT", "Success", ["wild"] },
        { "x.wild.example.com", "A", "NoData", [] },
        { "alias.example.com", "TXT", "Success", ["there"] },
        { "alias.example.com", "CNAME", "Success", ["target.example.com"] },
        { "alias.example.com", "MX", "NoData", [] },
        { "dangling.example.com", "TXT", "NxDomain", [] },
        { "far.example.com", "TXT", "NoData", [] },
        { "strings.example.com", "TXT", "Success", ["v=DKIM1; p=MIGfA0"] },
        { "empty.txt.example.com", "TXT", "Success", [""] },
        { "long.example.com", "TXT", "Success", [ResolverZone.LongText] },
        { "octets.example.com", "TXT", "Success", [ResolverZone.AllOctets] },
        { "latin.example.com", "TXT", "Success", ["f\u00FCr \u00E4\u00F6\u00FC\u00DF \u0080\u00FF"] },
        { "utf8.example.com", "TXT", "Success", ["\u00C3\u00BC\u00E2\u0082\u00AC\u00F0\u009F\u0098\u0080"] },
        { "backslash.example.com", "TXT", "Success", ["a\\200b\\\\c\\\"d\u00C8\\201\\"] },
        { "odd+name!#$%&'*=/?^`{|}~.example.com", "TXT", "Success", ["odd"] },
        { "a b.example.com", "TXT", "Success", ["space"] },
        { "\u00C3\u00A4.example.com", "TXT", "Success", ["u"] },
        { "\u00FF.example.com", "TXT", "OtherError", [] },
        { "x.sub.example.com", "TXT", "Refused", [] },
        { "example.org", "TXT", "Refused", [] },
    };

    internal static void Verify(Ask ask, DnsResponse response, string name, string status, string[] expected)
    {
        if (status is "OtherError" && ask.AsksAllNames)
            (status, expected) = ("Success", ["octet"]);
        Assert.Equal(status, response.Status.ToString());
        string[] data = response.Records
            .Where(record => record.Type == response.Question.Type)
            .Select(record => record.Data is TxtData txt ? txt.Text : record.Data.ToString()!)
            .Order(System.StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(expected, data);
        string end = response.CanonicalName.Text;
        switch (name)
        {
            case "alias.example.com" when response.Question.Type != DnsRecordType.Cname:
                Assert.Equal("target.example.com", end);
                break;
            case "dangling.example.com":
                Assert.Equal("nothing.example.com", end);
                break;
            case "far.example.com":
                Assert.Equal("outside.example.net", end);
                break;
            default:
                Assert.False(response.IsAliased);
                break;
        }
    }
}
