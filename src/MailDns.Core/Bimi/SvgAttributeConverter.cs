using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>Brings every attribute into the form of SVG Tiny 1.2, or removes it where it draws nothing.</summary>
internal static class SvgAttributeConverter
{
    private static readonly HashSet<string> s_paints = new(new[] { "fill", "stroke", "stop-color", "color", "solid-color" }, StringComparer.Ordinal);
    private static readonly HashSet<string> s_horizontal = new(new[] { "x", "width", "cx", "x1", "x2", "rx", "fx" }, StringComparer.Ordinal);
    private static readonly HashSet<string> s_vertical = new(new[] { "y", "height", "cy", "y1", "y2", "ry", "fy" }, StringComparer.Ordinal);
    private static readonly HashSet<string> s_diagonal = new(new[] { "r", "stroke-width", "stroke-dashoffset" }, StringComparer.Ordinal);
    private static readonly HashSet<string> s_fractions = new(new[] { "opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "offset" }, StringComparer.Ordinal);

    public static void Apply(XElement root, SvgConversionLog log)
    {
        bool hasBox = SvgLength.TryViewBox(root.Attribute("viewBox")?.Value, out double[] box);
        var place = new SvgPlace(hasBox ? box : null, SvgGradientConverter.Targets(root), Ids(root));
        foreach (XElement element in root.DescendantsAndSelf().ToArray())
        {
            foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToArray())
                Convert(element, attribute, place, log);
        }
    }

    /// <summary>Removes what display: none takes out of the picture; something within that is used elsewhere still draws.</summary>
    public static void RemoveHidden(XElement root, SvgConversionLog log)
    {
        foreach (XElement element in root.Descendants().Where(element => element.Attribute("display")?.Value.Trim() == "none").ToArray())
        {
            log.Spend(root.Descendants().Count());
            var ids = new HashSet<string>(element.DescendantsAndSelf().Select(part => part.Attribute("id")?.Value).OfType<string>(), StringComparer.Ordinal);
            bool needed = root.DescendantsAndSelf().Attributes().Any(attribute => SvgReference.Id(attribute) is { } id && ids.Contains(id) && !attribute.Parent!.AncestorsAndSelf().Contains(element));
            if (needed)
            {
                log.Obstacle("A hidden element (display: none) is used elsewhere", element);
            }
            else if (element.Parent is not null)
            {
                element.Remove();
                log.Change("Hidden elements were removed.");
            }
        }
    }

    private static Dictionary<string, XElement> Ids(XElement root)
    {
        var ids = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (XElement element in root.DescendantsAndSelf())
        {
            if (element.Attribute("id")?.Value is { } id && !ids.ContainsKey(id)) ids.Add(id, element);
        }

        return ids;
    }

    private static void Convert(XElement element, XAttribute attribute, SvgPlace place, SvgConversionLog log)
    {
        string name = attribute.Name.LocalName;
        if (name.StartsWith("on", StringComparison.Ordinal) && attribute.Name.Namespace == XNamespace.None)
        {
            log.Obstacle("It has a script (" + SvgFaultList.Show(name) + "=)", attribute);
        }
        else if (SvgProperty.IsInert(name) || SvgProperty.IsIdle(name, attribute.Value))
        {
            attribute.Remove();
            log.Change("Attributes that draw nothing were removed.");
        }
        else if (s_paints.Contains(name))
        {
            ConvertPaint(attribute, place, log);
        }
        else if (s_fractions.Contains(name))
        {
            ConvertFraction(attribute, log);
        }
        else if (element.Parent is not null && (s_horizontal.Contains(name) || s_vertical.Contains(name) || s_diagonal.Contains(name)))
        {
            ConvertLength(element, attribute, place, log);
        }
        else if (!IsKept(element, attribute))
        {
            log.Obstacle("The attribute " + SvgFaultList.Show(name + "=\"" + attribute.Value + "\"") + " on <" + element.Name.LocalName + "> is not part of SVG Tiny PS", attribute);
        }
    }

    // Gradients and opacity have converters of their own.
    private static bool IsKept(XElement element, XAttribute attribute)
    {
        string name = attribute.Name.LocalName;
        bool gradient = element.Name.LocalName is "linearGradient" or "radialGradient" && name is "gradientTransform" or "href";
        return gradient || (SvgTinyPsSchema.IsElement(element) && SvgTinyPsSchema.IsAttribute(element, attribute) && name != "base");
    }

    private static void ConvertPaint(XAttribute attribute, SvgPlace place, SvgConversionLog log)
    {
        string value = attribute.Value.Trim();
        if (SvgReference.PaintId(value) is { } id)
        {
            place.Ids.TryGetValue(id, out XElement? target);
            if (target?.Name.LocalName is "linearGradient" or "radialGradient" or "solidColor")
            {
                attribute.Value = "url(#" + id + ")";
                return;
            }

            log.Obstacle("The paint " + SvgFaultList.Show(value) + " is not a gradient of the file", attribute);
        }
        else if (value == "transparent" && attribute.Name.LocalName is "fill" or "stroke")
        {
            attribute.Value = "none";
        }
        else if (value is "none" or "inherit" or "currentColor" || SvgColor.IsTinyName(value))
        {
            attribute.Value = value;
        }
        else if (SvgColor.TryHex(value, out string hex))
        {
            attribute.Value = hex;
        }
        else
        {
            log.Obstacle("The colour " + SvgFaultList.Show(value) + " is not part of SVG Tiny 1.2", attribute);
        }
    }

    private static void ConvertFraction(XAttribute attribute, SvgConversionLog log)
    {
        string value = attribute.Value.Trim();
        bool percent = value.EndsWith("%", StringComparison.Ordinal);
        if (value == "inherit" && attribute.Name.LocalName != "opacity") return;

        if (!SvgLength.TryNumber(value.TrimEnd('%'), out double number))
        {
            log.Obstacle(SvgFaultList.Show(attribute.Name.LocalName + "=\"" + value + "\"") + " is not a number", attribute);
            return;
        }

        attribute.Value = SvgLength.Write(Math.Max(0, Math.Min(1, percent ? number / 100 : number)));
    }

    private static void ConvertLength(XElement element, XAttribute attribute, SvgPlace place, SvgConversionLog log)
    {
        double[]? box = place.Box;
        string value = attribute.Value.Trim();
        string name = attribute.Name.LocalName;
        if (value == "inherit" && name.StartsWith("stroke", StringComparison.Ordinal)) return;

        if (value.EndsWith("%", StringComparison.Ordinal) && SvgLength.TryNumber(value.TrimEnd('%'), out double percent))
        {
            bool gradient = element.Name.LocalName is "linearGradient" or "radialGradient";
            bool boxUnits = gradient && GradientUnits(element, place) != "userSpaceOnUse";
            if (boxUnits || box is not null)
            {
                attribute.Value = SvgLength.Write(percent / 100 * (boxUnits ? 1 : Extent(name, box!)));
                log.Change("Percentages and units became numbers.");
                return;
            }
        }
        else if (SvgLength.TryNumber(value, out _))
        {
            return;
        }
        else if (SvgLength.TryPixels(value, out double pixels))
        {
            attribute.Value = SvgLength.Write(pixels);
            log.Change("Percentages and units became numbers.");
            return;
        }

        log.Obstacle("The length " + SvgFaultList.Show(name + "=\"" + value + "\"") + " is relative to something else", attribute);
    }

    // A gradient without units of its own takes those of the one that it refers to.
    private static string? GradientUnits(XElement gradient, SvgPlace place)
    {
        XElement? current = gradient;
        for (int i = 0; i < SvgGradientConverter.MaxChain && current is not null; i++)
        {
            if (current.Attribute("gradientUnits")?.Value is { } units) return units;

            current = SvgGradientConverter.Target(current, place.Gradients);
        }

        return null;
    }

    // SVG 1.1 section 7.10: percentages of width, height, or the diagonal over the root of two.
    private static double Extent(string name, double[] box) =>
        s_horizontal.Contains(name) ? box[2] : s_vertical.Contains(name) ? box[3] : Math.Sqrt(((box[2] * box[2]) + (box[3] * box[3])) / 2);

    /// <summary>What an attribute may refer to: the viewBox, the gradients and all elements by their id.</summary>
    private sealed record SvgPlace(double[]? Box, Dictionary<string, XElement> Gradients, Dictionary<string, XElement> Ids);
}

/// <summary>Numbers and lengths of SVG. A pixel is one user unit; 96 of them are an inch (CSS 2.1 section 4.3.2).</summary>
internal static class SvgLength
{
    private static readonly (string Unit, double Pixels)[] s_units =
    {
        ("px", 1), ("in", 96), ("cm", 96 / 2.54), ("mm", 96 / 25.4), ("pt", 96 / 72.0), ("pc", 16),
    };

    /// <summary>An absolute length in pixels; false for percentages, em and anything else.</summary>
    public static bool TryPixels(string? text, out double pixels)
    {
        string value = (text ?? string.Empty).Trim();
        foreach ((string unit, double factor) in s_units)
        {
            if (value.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                bool valid = TryNumber(value.Substring(0, value.Length - unit.Length), out double number);
                pixels = number * factor;
                return valid;
            }
        }

        return TryNumber(value, out pixels);
    }

    /// <summary>A finite number as SVG writes it.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && !double.IsInfinity(number) && !double.IsNaN(number);

    /// <summary>The four numbers of a viewBox with a positive width and height.</summary>
    public static bool TryViewBox(string? text, out double[] box)
    {
        string[] parts = (text ?? string.Empty).Split(new[] { ' ', ',', '\t', '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries);
        box = new double[4];
        if (parts.Length != 4) return false;

        for (int i = 0; i < 4; i++)
        {
            if (!TryNumber(parts[i], out box[i])) return false;
        }

        return box[2] > 0 && box[3] > 0;
    }

    /// <summary>The shortest text that a picture cannot tell from the number.</summary>
    public static string Write(double number) => Math.Round(number, 8).ToString("0.########", CultureInfo.InvariantCulture);

    /// <summary>True when both are the same for the eye.</summary>
    public static bool Same(double left, double right) => Math.Abs(left - right) <= 1e-6 * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));
}
