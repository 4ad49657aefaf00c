using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>The colours that the shapes of a picture are painted in, by presentation attributes and inheritance.</summary>
internal static class SvgPaintWalk
{
    private static readonly HashSet<string> s_shapes = new(
        new[] { "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "textArea" },
        StringComparer.Ordinal);

    /// <summary>The colours; null where style sheets or style attributes decide, which the profile does not allow.</summary>
    public static ISet<string>? Colors(XElement root)
    {
        if (root.DescendantsAndSelf().Any(element => element.Name.LocalName == "style" || element.Attribute("style") is not null))
            return null;

        var used = new HashSet<string>(
            root.Descendants(SvgTinyPsSchema.Svg + "use").Select(Target).OfType<string>(),
            StringComparer.Ordinal);
        var servers = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (XElement element in root.Descendants().Where(element => element.Name.LocalName is "linearGradient" or "radialGradient" or "solidColor"))
            servers[element.Attribute("id")?.Value ?? string.Empty] = element;

        var colors = new HashSet<string>(StringComparer.Ordinal);
        foreach (XElement shape in root.Descendants().Where(element => s_shapes.Contains(element.Name.LocalName) && IsDrawn(element, used)))
        {
            AddPaint(shape, "fill", shape.Name.LocalName == "line" ? "none" : "black", servers, colors);
            AddPaint(shape, "stroke", "none", servers, colors);
        }

        return colors;
    }

    private static string? Target(XElement use) => SvgReference.Id(use.Attribute("href") ?? use.Attribute(SvgTinyPsSchema.XLink + "href"));

    private static bool IsDrawn(XElement shape, HashSet<string> used)
    {
        for (XElement? element = shape; element is not null; element = element.Parent)
        {
            if (element.Name.LocalName == "defs") return false;
            if (element.Attribute("id") is { } id && used.Contains(id.Value)) return true;
        }

        return true;
    }

    private static void AddPaint(XElement shape, string property, string initial, Dictionary<string, XElement> servers, HashSet<string> colors)
    {
        string paint = initial == "none" && property == "fill" ? "none" : Inherited(shape, property) ?? initial;
        bool invisible = SvgLength.TryNumber(Inherited(shape, property + "-opacity") ?? "1", out double opacity) && opacity <= 0;
        if (paint is "none" or "transparent" || invisible) return;

        if (SvgReference.PaintId(paint) is { } id)
        {
            if (servers.TryGetValue(id, out XElement? server)) AddServer(server, colors);

            return;
        }

        Add(paint, shape, colors);
    }

    private static void AddServer(XElement server, HashSet<string> colors)
    {
        if (server.Name.LocalName == "solidColor")
        {
            Add(server.Attribute("solid-color")?.Value ?? "black", server, colors);
            return;
        }

        foreach (XElement stop in server.Elements(SvgTinyPsSchema.Svg + "stop"))
            Add(stop.Attribute("stop-color")?.Value ?? "black", stop, colors);
    }

    private static void Add(string color, XElement place, HashSet<string> colors)
    {
        string value = string.Equals(color.Trim(), "currentColor", StringComparison.OrdinalIgnoreCase) ? Inherited(place, "color") ?? "black" : color;
        SvgColor.TryHex(value, out string hex);
        colors.Add(hex);
    }

    private static string? Inherited(XElement start, string property)
    {
        for (XElement? element = start; element is not null; element = element.Parent)
        {
            string? value = element.Attribute(property)?.Value.Trim();
            if (value is not null && value != "inherit") return value;
        }

        return null;
    }
}
