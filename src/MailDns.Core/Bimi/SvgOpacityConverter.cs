using System.Linq;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// SVG Tiny has no opacity of groups and shapes. On a shape that is only filled, or only stroked, fill-opacity or
/// stroke-opacity draws the same; elsewhere what overlaps would show through.
/// </summary>
internal static class SvgOpacityConverter
{
    private static readonly string[] s_shapes = { "path", "rect", "circle", "ellipse", "line", "polyline", "polygon" };

    public static void Apply(XElement root, SvgConversionLog log)
    {
        bool reused = root.Descendants(SvgTinyPsSchema.Svg + "use").Any();
        foreach (XElement element in root.DescendantsAndSelf().Where(element => element.Attribute("opacity") is not null).ToArray())
        {
            Convert(element, reused, log);
        }
    }

    private static void Convert(XElement element, bool reused, SvgConversionLog log)
    {
        XElement shape = element;
        double opacity = 1;
        for (XElement? current = element; current is not null; current = Only(current))
        {
            if (current.Attribute("opacity") is { } own && SvgLength.TryNumber(own.Value, out double factor))
            {
                opacity *= factor;
                own.Remove();
            }

            shape = current;
        }

        if (!s_shapes.Contains(shape.Name.LocalName) || Paint(shape, reused) is not { } paint)
        {
            log.Obstacle("Several things are made transparent together (opacity)", element);
            return;
        }

        string name = paint + "-opacity";
        string inherited = shape.AncestorsAndSelf().Select(ancestor => ancestor.Attribute(name)?.Value).FirstOrDefault(value => value is not null and not "inherit") ?? "1";
        SvgLength.TryNumber(inherited, out double before);
        shape.SetAttributeValue(name, SvgLength.Write(before * opacity));
        log.Change("opacity became fill-opacity or stroke-opacity.");
    }

    private static XElement? Only(XElement element) =>
        element.Name.LocalName == "g" && element.Elements().Take(2).Count() == 1 ? element.Elements().First() : null;

    // "fill" or "stroke", whichever alone paints; null for both, and where a use element may decide.
    private static string? Paint(XElement shape, bool reused)
    {
        string? fill = Inherited(shape, "fill") ?? (reused ? null : "black");
        string? stroke = Inherited(shape, "stroke") ?? (reused ? null : "none");
        return fill is null || stroke is null ? null
            : stroke == "none" ? "fill"
            : fill == "none" ? "stroke"
            : null;
    }

    private static string? Inherited(XElement shape, string name) =>
        shape.AncestorsAndSelf().Select(element => element.Attribute(name)?.Value).FirstOrDefault(value => value is not null and not "inherit");
}
