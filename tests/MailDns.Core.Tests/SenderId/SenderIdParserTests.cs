using System;
using Xunit;

namespace MailDns.Core.Tests.SenderId;

public class SenderIdParserTests
{
    [Theory]
    [InlineData("spf2.0/pra ?all", "pra", 1)]
    [InlineData("SPF2.0/MFROM,PRA +mx a:www.example.com -all", "mfrom,pra", 3)]
    [InlineData("spf2.0/pra,other-1 redirect=_spf.example.com", "pra,other-1", 1)]
    [InlineData("spf2.0/mfrom", "mfrom", 0)]
    public void Right_records_parse(string text, string scopes, int terms)
    {
        SenderIdRecord record = SenderIdParser.Parse(text);

        Assert.Equal(scopes, string.Join(",", record.Scopes));
        Assert.Equal(terms, record.Terms.Count);
        Assert.Equal(text, record.ToString());
    }

    [Theory]
    [InlineData("spf2.0 ?all", "scope is missing", 6, 0)]
    [InlineData("spf2.0", "scope is missing", 6, 0)]
    [InlineData("spf2.0pra ?all", "scope is missing", 6, 3)]
    [InlineData("spf2.1/pra ?all", "does not begin with \"spf2.0/\"", 0, 10)]
    [InlineData("v=spf2.0/pra ?all", "does not begin with \"spf2.0/\"", 0, 12)]
    [InlineData("spf2.0/ ?all", "A scope is", 7, 0)]
    [InlineData("spf2.0/pra, ?all", "A scope is", 11, 0)]
    [InlineData("spf2.0/pra,9 ?all", "A scope is", 11, 1)]
    [InlineData("spf2.0/pra ipv4:192.0.2.1", "not a mechanism", 11, 4)]
    [InlineData("", "does not begin", 0, 0)]
    public void Wrong_records_say_where(string text, string message, int offset, int length)
    {
        RecordParseException error = Assert.Throws<RecordParseException>(() => SenderIdParser.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((offset, length), (error.Offset, error.Length));
    }
}
