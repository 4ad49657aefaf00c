using System;
using System.Linq;
using System.Text;
using MailDns.Bimi;
using Xunit;

namespace MailDns.Core.Tests.Bimi;

/// <summary>Conversion of files that would grow or take long: it ends, with the picture or with an obstacle.</summary>
public class SvgBoundsTests
{
    private const string Head = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 96\"><title>T</title><rect width=\"96\" height=\"96\" fill=\"#ffffff\"/>";

    [Fact]
    public void A_long_list_of_transformations_is_read_once()
    {
        string list = string.Concat(Enumerable.Repeat("rotate(1)", 80_000));
        string svg = Head + "<linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"0\" gradientTransform=\"" + list + "\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><circle r=\"9\" fill=\"url(#g)\"/></svg>";
        Assert.NotNull(SvgConverter.Convert(Encoding.UTF8.GetBytes(svg), title: null).Content);
    }

    [Fact]
    public void Gradients_that_copy_thousands_of_stops_are_refused()
    {
        string stops = string.Concat(Enumerable.Repeat("<stop offset=\"0\" stop-color=\"red\"/>", 1000));
        string gradients = string.Concat(Enumerable.Range(0, 2000).Select(i => "<linearGradient id=\"g" + i + "\" href=\"#s\"/><circle r=\"1\" fill=\"url(#g" + i + ")\"/>"));
        Refused(Head + "<linearGradient id=\"s\">" + stops + "</linearGradient>" + gradients + "</svg>");
    }

    [Fact]
    public void Rules_times_elements_are_bounded()
    {
        string rules = string.Concat(Enumerable.Range(0, 15_000).Select(i => ".a" + i + "{fill:red}"));
        string shapes = string.Concat(Enumerable.Range(0, 15_000).Select(i => "<circle r=\"1\" class=\"a" + i + "\"/>"));
        Refused(Head + "<style>" + rules + "</style>" + shapes + "</svg>");
    }

    [Fact]
    public void One_long_value_for_thousands_of_elements_is_not_written()
    {
        string shapes = string.Concat(Enumerable.Repeat("<path d=\"M0 0\"/>", 15_000));
        Refused(Head + "<style>path{stroke-dasharray:" + string.Concat(Enumerable.Repeat("1 ", 100_000)) + "}</style>" + shapes + "</svg>");
    }

    // Twenty thousand shapes with one gradient each are no attack.
    [Fact]
    public void A_large_picture_is_converted()
    {
        string shapes = string.Concat(Enumerable.Range(0, 4_000).Select(i => "<linearGradient id=\"g" + i + "\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient><path d=\"M0 0h1\" fill=\"url(#g" + i + ")\"/>"));
        Assert.Empty(SvgConverter.Convert(Encoding.UTF8.GetBytes(Head + shapes + "</svg>"), title: null).Obstacles);
    }

    // A clean logo just below the recommended size stays below it.
    [Fact]
    public void A_conversion_does_not_make_a_clean_logo_larger()
    {
        string shapes = string.Concat(Enumerable.Repeat("<g><path d=\"M9 9h9v9z\" fill=\"#ff0000\"/></g>", 750));
        string svg = Head.Replace("viewBox", "version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox", StringComparison.Ordinal) + shapes + "</svg>";
        byte[] content = SvgConverter.Convert(Encoding.UTF8.GetBytes(svg), title: null).Content!;
        Assert.InRange(svg.Length, SvgTinyPsRules.RecommendedBytes - 1024, SvgTinyPsRules.RecommendedBytes);
        Assert.InRange(content.Length, 1, SvgTinyPsRules.RecommendedBytes);
    }

    private static void Refused(string svg)
    {
        SvgConversion conversion = SvgConverter.Convert(Encoding.UTF8.GetBytes(svg), title: null);
        Assert.Null(conversion.Content);
        Assert.Contains(conversion.Obstacles, obstacle => obstacle.Contains("too many to be worked out", StringComparison.Ordinal));
    }
}
