using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Bimi;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

public class SvgConverterTests
{
    private const string Plain = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 100 100\">";
    private const string Back = "<rect width=\"100\" height=\"100\" fill=\"white\"/>";

    // an ordinary SVG, part of the converted file
    public static TheoryData<string, string> Convertible => new()
    {
        { Plain + Back + "<path d=\"M10 10h80v80z\" style=\"fill:orange;stroke:#123456;stroke-width:4px\"/></svg>", "fill=\"#ffa500\" stroke=\"#123456\" stroke-width=\"4\"" },
        { Plain + "<style>.a{fill:#0f0} .b,.c{fill:blue;stroke:red;stroke-width:3}\n#d{fill:teal}/* x */ circle.a{fill:navy}</style>" + Back + "<path class=\"a\" d=\"M10 10h30v30z\"/><path class=\"b\" d=\"M50 10h30v30z\"/><path id=\"d\" class=\"a\" fill=\"red\" d=\"M50 50h30v30z\"/><circle class=\"a\" cx=\"20\" cy=\"70\" r=\"15\"/></svg>", "fill=\"teal\"" },
        { Plain + "<style><![CDATA[.st0{fill:#FF0000;}]]></style>" + Back + "<path class=\"st0\" style=\"fill:lime\" d=\"M10 10h30v30z\"/></svg>", "fill=\"lime\"" },
        { "<?xml version=\"1.0\"?><!-- Generator --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">" + Plain.Replace("viewBox", "version=\"1.1\" x=\"0px\" y=\"0px\" style=\"enable-background:new 0 0 100 100;\" xml:space=\"preserve\" viewBox", StringComparison.Ordinal) + Back + "<circle cx=\"50\" cy=\"50\" r=\"20\" fill=\"red\"/></svg>", "baseProfile=\"tiny-ps\"" },
        { Plain.Replace("viewBox", "xmlns:inkscape=\"urn:i\" inkscape:version=\"1\" viewBox", StringComparison.Ordinal) + "<metadata><x xmlns=\"urn:x\"/></metadata><inkscape:view/><g inkscape:label=\"L\"><title>no</title>" + Back + "</g><circle r=\"40\" fill=\"red\"/></svg>", "<circle r=\"40\" fill=\"red\"" },
        { Plain + "<defs><path id=\"p\" d=\"M10 10h30v30z\" fill=\"red\"/></defs>" + Back + "<use xlink:href=\"#p\" x=\"40\" y=\"20\"/></svg>", "href=\"#p\"" },
        { Plain + Back + "<rect width=\"50%\" height=\"50%\" x=\"25%\" y=\"10mm\" fill=\"rgb(10,20,30)\"/></svg>", "width=\"50\" height=\"50\"" },
        { Plain + Back + "<rect width=\"50\" height=\"50\" fill=\"red\" opacity=\".5\"/><g opacity=\".5\"><path d=\"M60 60h30v30z\" fill=\"none\" stroke=\"blue\" stroke-width=\"5\" stroke-opacity=\"0.8\"/></g></svg>", "stroke-opacity=\"0.4\"" },
        { Plain + "<linearGradient id=\"s\"><stop offset=\"10%\" stop-color=\"red\"/><stop offset=\"1\" style=\"stop-color:blue;stop-opacity:.5\"/></linearGradient><linearGradient id=\"g\" xlink:href=\"#s\" gradientUnits=\"userSpaceOnUse\" x1=\"10\" y1=\"10\" x2=\"60\" y2=\"10\" gradientTransform=\"rotate(30) scale(1.2) translate(5 6)\"/>" + Back + "<rect x=\"10\" y=\"10\" width=\"80\" height=\"80\" fill=\"url('#g')\"/></svg>", "fill=\"url(#g)\"" },
        { Plain + "<radialGradient id=\"g\" cx=\"50%\" cy=\".4\" fx=\".5\" fy=\"40%\" gradientTransform=\"matrix(0.5 0 0 0.5 .25 .25)\"><stop offset=\"0\" stop-color=\"yellow\"/><stop offset=\"1\" stop-color=\"green\"/></radialGradient>" + Back + "<circle cx=\"50\" cy=\"50\" r=\"40\" fill=\"url(#g)\"/></svg>", "<radialGradient id=\"g\" cx=\"0.5\" cy=\"0.45\" r=\"0.25\"" },
        { Plain + Back + "<g display=\"none\"><text>x</text></g><path d=\"M9 9h60v60z\" clip-path=\"none\" fill=\"red\" font-family=\"Arial\"/><a href=\"https://example.com/\"><circle r=\"30\"/></a></svg>", "<circle r=\"30\" />" },
        { "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"32\" height=\"32\">" + Back + "<clipPath id=\"unused\"><path d=\"M0 0\"/></clipPath><circle cx=\"16\" cy=\"16\" r=\"10\" fill=\"red\"/></svg>", "viewBox=\"0 0 32 32\"" },
        { "<v:svg xmlns:v=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><v:title>Old</v:title><v:rect width=\"100\" height=\"100\" fill=\"grey\"/><v:circle r=\"50\" fill=\"red\"/></v:svg>", "<title>Contoso</title>" },
    };

    [Theory]
    [MemberData(nameof(Convertible))]
    public void A_converted_logo_keeps_the_rules_and_the_picture(string source, string part)
    {
        byte[] before = Encoding.UTF8.GetBytes(source);
        SvgConversion conversion = SvgConverter.Convert(before, "Contoso");
        Assert.Empty(conversion.Obstacles);
        Assert.NotEmpty(conversion.Changes);
        Assert.Contains(part, Encoding.UTF8.GetString(conversion.Content!), StringComparison.Ordinal);
        BimiLogoResult result = BimiLogoReader.Read("converted", conversion.Content!);
        Assert.Empty(result.Findings);
        Assert.Equal("Contoso", result.Title);
        Assert.Equal(conversion.Content, SvgConverter.Convert(conversion.Content!, title: null).Content);
    }

    [RenderedTheory]
    [MemberData(nameof(Convertible))]
    public void A_converted_logo_renders_as_the_original(string source, string part)
    {
        Assert.NotEmpty(part);
        byte[] before = Encoding.UTF8.GetBytes(source);
        byte[] after = SvgConverter.Convert(before, "Contoso").Content!;
        byte[] original = Render(before);
        Assert.InRange(Difference(original, Render(after)), 0, 3);
        Assert.InRange(Difference(original, Render(Encoding.UTF8.GetBytes(Plain + Back + "</svg>"))), 32, 255);
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
        SvgConversion conversion = SvgConverter.Convert(Encoding.UTF8.GetBytes(Plain + content + "</svg>"), "Contoso");
        Assert.Null(conversion.Content);
        Assert.Contains(conversion.Obstacles, text => text.Contains(obstacle, StringComparison.Ordinal));
    }

    [Fact]
    public void A_title_is_wanted()
    {
        byte[] source = Encoding.UTF8.GetBytes(Plain + Back + "</svg>");
        Assert.Contains("-Title", Assert.Single(SvgConverter.Convert(source, title: null).Obstacles), StringComparison.Ordinal);
        Assert.Contains("65 characters", Assert.Single(SvgConverter.Convert(source, new string('x', 65)).Obstacles), StringComparison.Ordinal);
        Assert.NotNull(SvgConverter.Convert(source, "Contoso").Content);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "declares entities")]
    [InlineData("<html/>", "It is no SVG")]
    [InlineData("no", "no well-formed XML")]
    public void What_is_no_SVG_is_said(string text, string obstacle)
    {
        Assert.Contains(obstacle, Assert.Single(SvgConverter.Convert(Encoding.UTF8.GetBytes(text), "x").Obstacles), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_throws()
    {
        var random = new Random(11);
        string[] sources = [.. Convertible.Select(row => (string)((object[])row)[0])];
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sources[random.Next(sources.Length)]);
            for (int i = random.Next(1, 6); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(32, 127);
            }

            SvgConversion conversion = SvgConverter.Convert(bytes, "x");
            Assert.Equal(conversion.Content is null, conversion.Obstacles.Count > 0);
        }
    }

    // The largest difference of one channel of one pixel.
    private static int Difference(byte[] left, byte[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();

    private static byte[] Render(byte[] svg)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-svg-").FullName;
        try
        {
            string source = Path.Combine(folder, "a.svg");
            File.WriteAllBytes(source, svg);
            var start = new ProcessStartInfo("rsvg-convert") { UseShellExecute = false, RedirectStandardError = true, ArgumentList = { "-w", "192", "-h", "192", "-o", source + ".png", source } };
            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            return PngPixels.Read(File.ReadAllBytes(source + ".png"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
