using System;
using System.Linq;
using System.Text;
using CsCheck;
using MailDns.Bimi;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class BimiRecordTests
{
    private const string Logo = "https://contoso.com/bimi/bimi.svg";

    [Theory]
    [InlineData("v=BIMI1; l=https://contoso.com/bimi/bimi.svg")]
    [InlineData("v=BIMI1;l=https://contoso.com/bimi.svgz;a=https://contoso.com/vmc.pem;")]
    [InlineData("v = BIMI1 ; a = ; l = https://contoso.com/a.SVG?x=1 ;")]
    [InlineData("v=BIMI1; l=; a=;")]
    [InlineData("v=BIMI1; l=")]
    [InlineData("v=BIMI1; avp=personal; lps=a-b, news,X1; l=https://contoso.com/a.svg")]
    [InlineData("v=BIMI1; lps=; l=https://contoso.com/a%2Cb.svg")]
    [InlineData("v=BIMI1; l=https://contoso.com/a.svg; x=unknown")]
    public void Accepts(string text) => Assert.Equal(text, BimiRecord.Parse(text).Text);

    [Theory]
    [InlineData("", 0, 0, "A BIMI record begins with exactly v=BIMI1.")]
    [InlineData("v=bimi1; l=", 0, 7, "A BIMI record begins with exactly v=BIMI1.")]
    [InlineData(" v=BIMI1; l=", 1, 7, "A BIMI record begins with exactly v=BIMI1.")]
    [InlineData("l=; v=BIMI1", 0, 2, "A BIMI record begins with exactly v=BIMI1.")]
    [InlineData("v=BIMI1; a=", 11, 0, "The record has no l= tag.")]
    [InlineData("v=BIMI1; L=https://contoso.com/a.svg", 36, 0, "The record has no l= tag.")]
    [InlineData("v=BIMI1; l=; junk", 13, 4, "\"junk\" is not a tag=value.")]
    [InlineData("v=BIMI1; l=; l=", 13, 2, "The tag \"l\" is given twice.")]
    [InlineData("v=BIMI1; l=http://contoso.com/a.svg", 9, 26, "l=http://contoso.com/a.svg: its scheme is http, and only https is allowed.")]
    [InlineData("v=BIMI1; l=contoso.com/a.svg", 9, 19, "l=contoso.com/a.svg: it is not an absolute URI (RFC 3986).")]
    [InlineData("v=BIMI1; l=https://contoso.com/a.png", 9, 27, "The logo \"https://contoso.com/a.png\" does not end in .svg or .svgz.")]
    [InlineData("v=BIMI1; l=https://contoso.com/a,b.svg", 9, 29, "A comma in the URI of l= has to be %2C: \"https://contoso.com/a,b.svg\"")]
    [InlineData("v=BIMI1; l=https://contoso.com/a.svg; a=http://contoso.com/a.pem", 38, 26, "a=http://contoso.com/a.pem: its scheme is http, and only https is allowed.")]
    [InlineData("v=BIMI1; l=; avp=Brand", 13, 9, "avp=Brand is neither brand nor personal.")]
    [InlineData("v=BIMI1; l=; lps=a_b", 13, 7, "The local-part prefix \"a_b\" is not 1 to 63 letters, digits and hyphens.")]
    [InlineData("v=BIMI1; l=; lps=a,,b", 13, 8, "The local-part prefix \"\" is not 1 to 63 letters, digits and hyphens.")]
    public void Refuses_with_the_place(string text, int offset, int length, string message)
    {
        var exception = Assert.Throws<RecordParseException>(() => BimiRecord.Parse(text));
        Assert.Equal((message, offset, length), (exception.Message, exception.Offset, exception.Length));
    }

    [Fact]
    public void Reads_every_tag()
    {
        BimiRecord record = BimiRecord.Parse("v=BIMI1; l=" + Logo + "; a=https://contoso.com/vmc.pem; avp=personal; lps=a , b");
        Assert.Equal((Logo, "https://contoso.com/vmc.pem", BimiAvatarPreference.Personal), (record.LogoUri, record.EvidenceUri, record.AvatarPreference));
        Assert.Equal(new[] { "a", "b" }, record.LocalPartPrefixes);
        Assert.False(record.IsDeclination);
        Assert.True(BimiRecord.Parse("v=BIMI1; l=; a=;").IsDeclination);
    }

    [Theory]
    [InlineData(Logo, null, BimiAvatarPreference.Brand, false, "v=BIMI1; l=" + Logo)]
    [InlineData(Logo, "https://contoso.com/vmc.pem", BimiAvatarPreference.Brand, false, "v=BIMI1; l=" + Logo + "; a=https://contoso.com/vmc.pem")]
    [InlineData(Logo, null, BimiAvatarPreference.Personal, false, "v=BIMI1; l=" + Logo + "; avp=personal")]
    [InlineData("https://contoso.com/a,b;c.svg", null, BimiAvatarPreference.Brand, false, "v=BIMI1; l=https://contoso.com/a%2Cb%3Bc.svg")]
    [InlineData(null, null, BimiAvatarPreference.Brand, true, "v=BIMI1; l=; a=;")]
    public void Builds_what_it_parses(string? logo, string? evidence, BimiAvatarPreference avatar, bool decline, string text)
    {
        TxtRecord record = Build(new BimiRecordOptions { LogoUri = logo, EvidenceUri = evidence, AvatarPreference = avatar, Decline = decline });
        Assert.Equal(text, record.Value);
        Assert.Equal(("default._bimi.contoso.com", RecordPurpose.Bimi), (record.Fqdn, record.Purpose));
        Assert.Empty(BimiParser.Read(text).Faults);
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(Logo, null, true)]
    [InlineData("http://contoso.com/a.svg", null, false)]
    [InlineData("https://contoso.com/a.png", null, false)]
    [InlineData("/a.svg", null, false)]
    [InlineData(Logo, "http://contoso.com/vmc.pem", false)]
    [InlineData("https://contoso.com/a b.svg", null, false)]
    public void Refuses_what_its_checks_would_call_an_error(string? logo, string? evidence, bool decline) =>
        Assert.Throws<ArgumentException>(() => Build(new BimiRecordOptions { LogoUri = logo, EvidenceUri = evidence, Decline = decline }));

    [Theory]
    [InlineData("default._bimi")]
    [InlineData("")]
    [InlineData("-a")]
    public void Refuses_a_selector_that_is_none(string selector) =>
        Assert.Throws<ArgumentException>(() => Build(new BimiRecordOptions { LogoUri = Logo, Selector = selector }));

    [Fact]
    public void Any_path_survives_building_and_parsing() =>
        Gen.Char['!', '~'].Array[0, 30].Select(chars => new string(chars)).Sample(path =>
        {
            string uri = "https://contoso.com/" + Uri.EscapeDataString(path) + ".svg";
            Assert.Equal(uri, BimiRecord.Parse(BimiRecordBuilder.BuildText(new BimiRecordOptions { LogoUri = uri })).LogoUri);
        });

    [Fact]
    public void Any_text_is_read_without_an_exception()
    {
        string[] pieces = { "v=BIMI1", "; ", "l=", Logo, "a=", "avp=brand", "lps=a,b", "https://", "[::1", "," };
        const string alphabet = "=;:, \t\r\n\"\\Az09/%\u0000\u001b\u00e9\u20ac";
        var random = new Random(2026);
        for (int i = 0; i < 30_000; i++)
        {
            var text = new StringBuilder();
            for (int n = random.Next(10); n > 0; n--)
                text.Append(random.Next(2) == 0 ? pieces[random.Next(pieces.Length)] : alphabet[random.Next(alphabet.Length)].ToString());

            BimiRecord record = BimiParser.Read(text.ToString());
            Assert.All(record.Faults, fault => Assert.InRange(fault.Offset + fault.Length, 0, text.Length));
            Assert.DoesNotContain(string.Concat(record.Faults.Select(fault => fault.Message)) + record.Text + record.LogoUri, c => c < ' ' || c > '~');
        }
    }

    private static TxtRecord Build(BimiRecordOptions options)
    {
        DomainName domain = DomainName.Parse("contoso.com");
        return BimiRecordBuilder.Create(domain, domain, options, TimeSpan.FromHours(1));
    }
}
