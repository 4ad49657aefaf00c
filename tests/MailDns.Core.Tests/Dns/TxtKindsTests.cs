using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class TxtKindsTests
{
    [Theory]
    [InlineData("example.com", "v=spf1 -all", TxtKind.Spf)]
    [InlineData("example.com", "V=SPF1", TxtKind.Spf)]
    [InlineData("example.com", "v=spf10 -all", TxtKind.Other)]
    [InlineData("example.com", " v=spf1 -all", TxtKind.Other)]
    [InlineData("example.com", "spf2.0/pra -all", TxtKind.SenderId)]
    [InlineData("_dmarc.example.com", "v=DMARC1; p=none", TxtKind.Dmarc)]
    [InlineData("_dmarc.example.com", "v = DMARC1;p=none", TxtKind.Dmarc)]
    [InlineData("_dmarc.example.com", "v=DMARC2; p=none", TxtKind.Dmarc)]
    [InlineData("example.com._report._dmarc.example.net", "v=DMARC1", TxtKind.Dmarc)]
    [InlineData("s1._domainkey.example.com", "v=DKIM1; p=MIG", TxtKind.Dkim)]
    [InlineData("s1._domainkey.example.com", "k=rsa; p=MIG", TxtKind.Dkim)]
    [InlineData("s1._domainkey.example.com", "p=", TxtKind.Dkim)]
    [InlineData("*._domainkey.example.com", "v=DKIM1; p=", TxtKind.Dkim)]
    [InlineData("s1._domainkey.example.com", "google-site-verification=x", TxtKind.Other)]
    [InlineData("example.com", "v=DKIM1; p=MIG", TxtKind.Other)]
    [InlineData("_domainkey.example.com", "o=-;", TxtKind.DomainKeysPolicy)]
    [InlineData("_domainkey.example.com", "t=y; o=~", TxtKind.DomainKeysPolicy)]
    [InlineData("default._bimi.example.com", "v=BIMI1; l=", TxtKind.Bimi)]
    [InlineData("_mta-sts.example.com", "v=STSv1; id=1", TxtKind.MtaSts)]
    [InlineData("_smtp._tls.example.com", "v=TLSRPTv1; rua=mailto:a@example.com", TxtKind.TlsRpt)]
    [InlineData("example.com", "MS=ms12345", TxtKind.Other)]
    [InlineData("example.com", "", TxtKind.Other)]
    internal void The_kind_is_told_by_version_and_place(string owner, string text, TxtKind expected) =>
        Assert.Equal(expected, TxtKinds.Of(DomainName.FromDns(owner), text));
}
