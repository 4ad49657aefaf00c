using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using MailDns.Bimi;
using MailDns.Core.Tests.Catalogue;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class SvgTinyPsRulesTests
{
    private const string Head = "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\">";
    private const string Shapes = "<rect width=\"96\" height=\"96\" fill=\"white\"/><path d=\"M9 9h9v9z\" fill=\"#f00\"/>";
    private const string Good = Head + "<title>Contoso</title>" + Shapes + "</svg>";

    // id, part of the good logo, what takes its place, what the message says
    [Theory]
    [InlineData("BIMI-SVG-XML", "</svg>", "", "not well-formed XML")]
    [InlineData("BIMI-SVG-XML", "Contoso", "&nbsp;", "not well-formed XML")]
    [InlineData("BIMI-SVG-DTD", "<svg ", "<!DOCTYPE svg><svg ", "DOCTYPE")]
    [InlineData("BIMI-SVG-DTD", "<svg ", "<!-- x --><?x y?>\n<!DOCTYPE svg [<!ENTITY a \"b\">]><svg ", "DOCTYPE")]
    [InlineData("BIMI-SVG-PROFILE", " baseProfile=\"tiny-ps\"", "", "no baseProfile")]
    [InlineData("BIMI-SVG-PROFILE", "tiny-ps", "tiny", "baseProfile=\"tiny\", not")]
    [InlineData("BIMI-SVG-PROFILE", "\"1.2\"", "\"1.1\"", "version=\"1.1\", not version=\"1.2\" (line 1, column 2)")]
    [InlineData("BIMI-SVG-PROFILE", "http://www.w3.org/2000/svg", "http://www.w3.org/2000/SVG", "not an svg element of the namespace")]
    [InlineData("BIMI-SVG-TITLE", "<title>Contoso</title>", "", "no <title>")]
    [InlineData("BIMI-SVG-TITLE", "Contoso", " ", "is empty")]
    [InlineData("BIMI-SVG-TITLE", "Contoso", "A name that goes on and on and on until it has sixty-five letters", "65 characters")]
    [InlineData("BIMI-SVG-TITLE", "<title>", "<title>A</title><title>", "2 <title>")]
    [InlineData("BIMI-SVG-TITLE", "<title>", "<desc>A</desc><title>", "not the first")]
    [InlineData("BIMI-SVG-ROOT-XY", "<svg ", "<svg x=\"0\" ", "has x= (line 1, column 6)")]
    [InlineData("BIMI-SVG-ROOT-XY", "<svg ", "<svg y=\"1\" ", "has y=")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<image/><path", "<image> is not allowed")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<script>1</script><path", "<script>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<style>a{}</style><path", "<style>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<a><path d=\"M0 0\"/></a><path", "<a>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<clipPath/><path", "<clipPath>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<foreignObject/><path", "<foreignObject>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<x:y xmlns:x=\"urn:x\"/><path", "<y>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<g><title>x</title></g><path", "<title> is not allowed in <g>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<svg/><path", "<svg> is not allowed in <svg>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<defs><font/></defs><path", "<font>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<font-face/><path", "<font-face>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<g><glyph/></g><path", "<glyph>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<hkern/><path", "<hkern>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "loose<path", "Text is not allowed in <svg>")]
    [InlineData("BIMI-SVG-ELEMENT", "<path", "<rect>\n<animate/></rect><path", "<animate> is not allowed (line 2, column 2)")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path style=\"fill:red\" ", "style is not allowed on <path>")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path onclick=\"x()\" ", "onclick")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path opacity=\".5\" ", "opacity")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path xmlns:i=\"urn:i\" i:label=\"x\" ", "label")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<use xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#a\"/><path ", "write href without xlink:")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<svg ", "<svg zoomAndPan=\"magnify\" ", "zoomAndPan=\"magnify\" must be disable")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<svg ", "<svg snapshotTime=\"1\" ", "must be none")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<svg ", "<svg preserveAspectRatio=\"xMinYMin meet\" ", "must be none or xMidYMid")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<svg ", "<svg preserveAspectRatio=\"xMidYMid slice\" ", "must be none or xMidYMid")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path", "<text font-weight=\"700\">x</text><path", "must be normal or bold or bolder or lighter or inherit")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path font-style=\"slanted\" ", "font-style=\"slanted\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path direction=\"up\" ", "direction=\"up\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path text-anchor=\"left\" ", "text-anchor=\"left\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path text-align=\"left\" ", "text-align=\"left\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path unicode-bidi=\"isolate\" ", "unicode-bidi=\"isolate\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path display-align=\"top\" ", "display-align=\"top\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<path ", "<path font-variant=\"caps\" ", "font-variant=\"caps\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<title>", "<title visibility=\"off\">", "visibility=\"off\"")]
    [InlineData("BIMI-SVG-ATTRIBUTE", "<title>", "<title shape-rendering=\"fast\">", "shape-rendering=\"fast\"")]
    [InlineData("BIMI-SVG-VALUE", "#f00", "rgba(255,255,255,1)", "is not one of the 16 colour names")]
    [InlineData("BIMI-SVG-VALUE", "#f00", "#cc0000ff", "is not one of the 16 colour names")]
    [InlineData("BIMI-SVG-VALUE", "#f00", "hsl(0,100%,50%)", "is not one of the 16 colour names")]
    [InlineData("BIMI-SVG-VALUE", "#f00", "rebeccapurple", "rebeccapurple is not one of the 16 colour names")]
    [InlineData("BIMI-SVG-VALUE", "#f00", "url(#nope)", "refers to no gradient")]
    [InlineData("BIMI-SVG-VALUE", "M9 9h9v9z", "M9 9A3 3 0 0 1 12 12z", "elliptical arcs")]
    [InlineData("BIMI-SVG-EXTERNAL", "<path ", "<use href=\"https://example.com/a.svg#b\"/><path ", "<use> refers to https://example.com/a.svg#b")]
    [InlineData("BIMI-SVG-EXTERNAL", "<path ", "<use href=\"data:image/svg+xml,x\"/><path ", "refers to data:")]
    [InlineData("BIMI-SVG-EXTERNAL", "#f00", "url( 'https://example.com/a' )", "refers to https://example.com/a")]
    [InlineData("BIMI-SVG-EXTERNAL", "<path ", "<path xml:base=\"https://example.com/\" ", "refers to https://example.com/")]
    [InlineData("BIMI-SVG-EXTERNAL", "<svg ", "<?xml-stylesheet href=\"a.css\"?><svg ", "style sheet")]
    [InlineData("BIMI-SVG-SQUARE", "0 0 96 96", "0 0 96 97", "96 by 97")]
    [InlineData("BIMI-SVG-SQUARE", "height=\"96\" viewBox", "height=\"100\" viewBox", "96 by 100 pixels")]
    [InlineData("BIMI-SVG-DIMENSION", "width=\"96\" height=\"96\" viewBox", "viewBox", "width is missing")]
    [InlineData("BIMI-SVG-DIMENSION", "width=\"96\" height=\"96\" viewBox", "width=\"100%\" height=\"100%\" viewBox", "\"100%\"")]
    [InlineData("BIMI-SVG-DIMENSION", "width=\"96\" height=\"96\" viewBox", "width=\"95\" height=\"95\" viewBox", "at least 96")]
    [InlineData("BIMI-SVG-COLORS", "#f00", "rgb(255, 255,255)", "#ffffff")]
    [InlineData("BIMI-SVG-COLORS", "#f00", "none", "#ffffff")]
    public void A_fault_is_found_and_its_twin_is_not(string id, string part, string fault, string message)
    {
        string broken = ReplaceFirst(Good, part, fault);
        CheckResult found = Assert.Single(Judge(broken).Results, result => result.Id == id);
        Assert.True(found.Status is CheckStatus.Fail or CheckStatus.Warning, found.ToString());
        Assert.Contains(message, found.Message, StringComparison.Ordinal);

        BimiLogoResult twin = Judge(Good);
        Assert.Empty(twin.Findings);
        Assert.All(BimiLogoChecks.All.Except([BimiLogoChecks.Redirect, BimiLogoChecks.MediaType]), check => Assert.Equal(CheckStatus.Pass, Assert.Single(twin.Results, result => result.Id == check.Id).Status));
    }

    [Theory]
    [InlineData("<path", "<linearGradient id=\"a\" x1=\"0\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><circle r=\"4\" fill=\"url(#a)\" fill-opacity=\".5\" class=\"x\"/><path")]
    [InlineData("<path", "<defs><g id=\"a\"><path d=\"M0 0\"/></g></defs><use href=\"#a\" x=\"4\"/><path")]
    [InlineData("<path", "<text x=\"1\" y=\"2\">Contoso</text><metadata>text</metadata><path")]
    [InlineData("<svg ", "<svg preserveAspectRatio=\" xMidYMid meet \" zoomAndPan=\" disable \" ")]
    [InlineData("<svg ", "<svg preserveAspectRatio=\"none\" ")]
    [InlineData("<path", "<text font-weight=\"bold\" font-style=\"italic\" text-anchor=\"middle\">x</text><path")]
    [InlineData("<svg ", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><svg zoomAndPan=\"disable\" focusable=\"false\" ")]
    public void What_the_profile_allows_passes(string part, string other) => Assert.Empty(Judge(ReplaceFirst(Good, part, other)).Findings);

    [Fact]
    public void Facts_of_the_picture_are_told()
    {
        BimiLogoResult result = Judge(Good.Replace("width=\"96\" height=\"96\" v", "width=\"1in\" height=\"2in\" v", StringComparison.Ordinal));
        Assert.Equal((96d, 192d, "Contoso", true), (result.Width, result.Height, result.Title, result.Passed));
        Assert.Contains("BIMI-SVG-SQUARE", result.Findings.Select(finding => finding.Id));
    }

    [Fact]
    public void More_than_32_KB_is_a_warning_and_no_failure()
    {
        BimiLogoResult result = Judge(Good + new string('\n', 32 * 1024));
        Assert.Equal("BIMI-SVG-SIZE", Assert.Single(result.Findings).Id);
        Assert.True(result.Passed);
        Assert.Equal(Good.Length + (32 * 1024), result.Size);
    }

    [Fact]
    public void A_packed_logo_is_judged_by_its_contents()
    {
        Assert.Empty(Seen.In(BimiLogoReader.Read("a.svgz", Pack(Encoding.UTF8.GetBytes(Good)))).Findings);
        Assert.Contains("does not unpack", Only([0x1F, 0x8B, 9, .. Pack(Encoding.UTF8.GetBytes(Good))[3..]]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gzip_bomb_is_not_unpacked() =>
        Assert.Contains("unpacks to more than 1048576", Only(Pack(new byte[64 << 20])), StringComparison.Ordinal);

    [Fact]
    public void Too_large_too_deep_and_too_many_are_not_read()
    {
        Assert.Contains("more than 1048576", Only(new byte[(1 << 20) + 1]), StringComparison.Ordinal);
        Assert.Contains("128 levels", Only(Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Repeat("<g>", 200)))), StringComparison.Ordinal);
        Assert.Contains("20000 elements", Only(Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Repeat("<g/>", 20_001)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        const string bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>";
        BimiLogoResult result = Judge(bomb + Good.Replace("Contoso", "&b;", StringComparison.Ordinal));
        Assert.False(result.Passed);
        Assert.Null(result.Title);
        Assert.Equal("BIMI-SVG-DTD", Assert.Single(result.Findings).Id);
    }

    [Fact]
    public void Hostile_names_are_escaped()
    {
        BimiLogoResult result = Judge(ReplaceFirst(Good, "Contoso", "a\u202Eb"));
        Assert.DoesNotContain('\u202E', result.Title!);
    }

    [Fact]
    public void Nothing_throws()
    {
        var random = new Random(7);
        byte[] good = Encoding.UTF8.GetBytes(Good);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = (byte[])good.Clone();
            for (int i = random.Next(1, 12); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            BimiLogoResult result = Seen.In(BimiLogoReader.Read("x", bytes));
            Assert.Equal(BimiLogoChecks.All.Count, result.Results.Select(item => item.Id).Distinct().Count());
        }
    }

    internal static byte[] Pack(byte[] content)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    private static BimiLogoResult Judge(string text) => Seen.In(BimiLogoReader.Read("logo.svg", Encoding.UTF8.GetBytes(text)));

    private static string Only(byte[] content)
    {
        BimiLogoResult result = Seen.In(BimiLogoReader.Read("x", content));
        Assert.False(result.Passed);
        CheckResult finding = Assert.Single(result.Findings);
        Assert.Equal("BIMI-SVG-XML", finding.Id);
        return finding.Message;
    }

    private static string ReplaceFirst(string text, string part, string other)
    {
        int at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return text[..at] + other + text[(at + part.Length)..];
    }
}
