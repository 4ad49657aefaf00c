using System;
using System.Linq;
using System.Text;
using MailDns.Bimi;
using MailDns.Core.Tests.Catalogue;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class SvgConverterTests
{
    [Theory]
    [MemberData(nameof(SvgSamples.Convertible), MemberType = typeof(SvgSamples))]
    public void A_converted_logo_keeps_the_rules_and_the_picture(string source, string part)
    {
        byte[] before = Encoding.UTF8.GetBytes(source);
        SvgConversion conversion = SvgConverter.Convert(before, "Contoso");
        Assert.Empty(conversion.Obstacles);
        Assert.NotEmpty(conversion.Changes);
        Assert.Contains(part, Encoding.UTF8.GetString(conversion.Content!), StringComparison.Ordinal);
        BimiLogoResult result = Seen.In(BimiLogoReader.Read("converted", conversion.Content!));
        Assert.Empty(result.Findings);
        Assert.Equal("Contoso", result.Title);
        Assert.Equal(conversion.Content, SvgConverter.Convert(conversion.Content!, title: null).Content);
    }

    // an ordinary SVG's content, what stands in the way
    [Theory]
    [InlineData("<image href=\"data:image/png;base64,AAAA\"/>", "a raster or foreign image (<image>)")]
    [InlineData("<filter id=\"f\"/><path d=\"M0 0\" filter=\"url(#f)\"/>", "a filter")]
    [InlineData("<mask id=\"m\"/><path d=\"M0 0\" style=\"mask:url(#m)\"/>", "a mask")]
    [InlineData("<clipPath id=\"c\"/><style>.a{clip-path:url(#c)}</style><path class=\"a\" d=\"M0 0\"/>", "a clipPath")]
    [InlineData("<pattern id=\"p\"/><path d=\"M0 0\" fill=\"url(#p)\"/>", "a pattern")]
    [InlineData("<text>Contoso</text>", "convert it to paths")]
    [InlineData("<path d=\"M0 0\"><animate/></path>", "an animation")]
    [InlineData("<script>x()</script>", "a script (<script>)")]
    [InlineData("<path d=\"M0 0\" onclick=\"x()\"/>", "a script (onclick=)")]
    [InlineData("<switch><g/></switch>", "a switch")]
    [InlineData("<foreignObject/>", "foreign content")]
    [InlineData("<svg/>", "an svg element within")]
    [InlineData("<style>g > path{fill:red}</style>", "selector that is not simple: g > path (line 1, column ")]
    [InlineData("<style>path:hover{fill:red}</style>", "not simple: path:hover")]
    [InlineData("<style>@media print{path{fill:red}}</style>", "not simple: @media print")]
    [InlineData("<style>path{fill:red!important}</style>", "A style is not simple")]
    [InlineData("<path d=\"M0 0\" style=\"mix-blend-mode:multiply\"/>", "mix-blend-mode")]
    [InlineData("<path style=\"d:path('M0 0')\"/>", "has no presentation attribute")]
    [InlineData("<path d=\"M0 0\" fill=\"rgba(1,2,3,.5)\"/>", "The colour rgba(1,2,3,.5)")]
    [InlineData("<path d=\"M0 0\" fill=\"url(https://example.com/a)\"/>", "The colour url(https://example.com/a)")]
    [InlineData("<use href=\"https://example.com/a.svg#b\"/>", "refers to https://example.com/a.svg#b")]
    [InlineData("<g opacity=\".5\"><path d=\"M0 0\"/><path d=\"M1 1\"/></g>", "transparent together")]
    [InlineData("<path d=\"M0 0\" opacity=\".5\" stroke=\"red\"/>", "transparent together")]
    [InlineData("<linearGradient id=\"g\" gradientTransform=\"skewX(9)\"><stop/></linearGradient><path d=\"M0 0\" fill=\"url(#g)\"/>", "stretched or skewed")]
    [InlineData("<radialGradient id=\"g\" fx=\".1\"><stop/></radialGradient><path d=\"M0 0\" fill=\"url(#g)\"/>", "a focus beside")]
    [InlineData("<linearGradient id=\"g\" spreadMethod=\"reflect\"><stop/></linearGradient><path d=\"M0 0\" fill=\"url(#g)\"/>", "spreadMethod")]
    [InlineData("<linearGradient id=\"g\" href=\"#g\"><stop/></linearGradient><path d=\"M0 0\" fill=\"url(#g)\"/>", "refers back")]
    [InlineData("<g visibility=\"hidden\"><path d=\"M0 0\"/></g>", "visibility")]
    [InlineData("<path d=\"M0 0\" stroke-width=\"1em\"/>", "relative to something else")]
    public void What_stands_in_the_way_is_said(string content, string obstacle)
    {
        SvgConversion conversion = SvgConverter.Convert(Encoding.UTF8.GetBytes(SvgSamples.Plain + content + "</svg>"), "Contoso");
        Assert.Null(conversion.Content);
        Assert.Contains(conversion.Obstacles, text => text.Contains(obstacle, StringComparison.Ordinal));
    }

    [Fact]
    public void A_title_is_wanted()
    {
        byte[] source = Encoding.UTF8.GetBytes(SvgSamples.Plain + SvgSamples.Back + "</svg>");
        Assert.Contains("-Title", Assert.Single(SvgConverter.Convert(source, title: null).Obstacles), StringComparison.Ordinal);
        Assert.Contains("65 characters", Assert.Single(SvgConverter.Convert(source, new string('x', 65)).Obstacles), StringComparison.Ordinal);
        Assert.NotNull(SvgConverter.Convert(source, "Contoso").Content);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "declares entities")]
    [InlineData("<html/>", "It is not an SVG")]
    [InlineData("no", "not well-formed XML")]
    public void What_is_no_SVG_is_said(string text, string obstacle) =>
        Assert.Contains(obstacle, Assert.Single(SvgConverter.Convert(Encoding.UTF8.GetBytes(text), "x").Obstacles), StringComparison.Ordinal);

    [Fact]
    public void Nothing_throws()
    {
        var random = new Random(11);
        string[] sources = [.. SvgSamples.Convertible.Select(row => (string)((object[])row)[0])];
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sources[random.Next(sources.Length)]);
            for (int i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);

            SvgConversion conversion = SvgConverter.Convert(bytes, "x");
            Assert.Equal(conversion.Content is null, conversion.Obstacles.Count > 0);
        }
    }
}
