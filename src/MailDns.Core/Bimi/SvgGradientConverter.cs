using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>Gradients of SVG Tiny have no references to one another, no transformation and no focus: they are worked into the numbers where that is exact.</summary>
internal static class SvgGradientConverter
{
    /// <summary>Most gradients that one refers to through others.</summary>
    public const int MaxChain = 16;

    private static readonly string[] s_linear = { "x1", "y1", "x2", "y2" };
    private static readonly string[] s_radial = { "cx", "cy", "r", "fx", "fy", "fr" };
    private static readonly string[] s_shared = { "gradientUnits", "gradientTransform", "spreadMethod" };

    public static void Apply(XElement root, SvgConversionLog log)
    {
        XElement[] gradients = root.Descendants().Where(IsGradient).ToArray();
        Dictionary<string, XElement> targets = Targets(root);
        foreach (XElement gradient in gradients)
            Inherit(gradient, targets, log);

        gradients.Attributes("href").Remove();
        var used = new HashSet<string>(root.DescendantsAndSelf().Attributes().Select(SvgReference.Id).OfType<string>(), StringComparer.Ordinal);
        foreach (XElement gradient in gradients)
        {
            if (gradient.Attribute("id")?.Value is { } id && used.Contains(id))
            {
                Flatten(gradient, log);
            }
            else
            {
                gradient.Remove();
                log.Change("Unused gradients were removed.");
            }
        }
    }

    /// <summary>The gradients by their id, the first of each.</summary>
    public static Dictionary<string, XElement> Targets(XElement root)
    {
        var targets = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (XElement gradient in root.Descendants().Where(IsGradient))
        {
            if (gradient.Attribute("id")?.Value is { } id && !targets.ContainsKey(id)) targets.Add(id, gradient);
        }

        return targets;
    }

    /// <summary>The gradient that another refers to.</summary>
    public static XElement? Target(XElement gradient, IReadOnlyDictionary<string, XElement> targets) =>
        SvgReference.Id(gradient.Attribute("href")) is { } id && targets.TryGetValue(id, out XElement? target) ? target : null;

    private static bool IsGradient(XElement element) => element.Name.LocalName is "linearGradient" or "radialGradient";

    // SVG 1.1 section 13.2.2: attributes and stops that are missing come from the gradient referred to.
    private static void Inherit(XElement gradient, Dictionary<string, XElement> targets, SvgConversionLog log)
    {
        XElement current = gradient;
        for (int i = 0; current.Attribute("href") is { } reference; i++)
        {
            XElement? next = Target(current, targets);
            if (next is null || i >= MaxChain)
            {
                log.Obstacle("A gradient refers to " + SvgFaultList.Show(reference.Value) + ", which is not a gradient of the file or refers back", gradient);
                return;
            }

            Copy(next, gradient, log);
            log.Change("Gradients that refer to others were completed.");
            current = next;
        }
    }

    private static void Copy(XElement source, XElement target, SvgConversionLog log)
    {
        bool same = source.Name == target.Name;
        foreach (string name in s_shared.Concat(same ? s_linear.Concat(s_radial) : Array.Empty<string>()))
        {
            if (target.Attribute(name) is null && source.Attribute(name) is { } attribute)
                target.SetAttributeValue(name, attribute.Value);
        }

        if (!target.Elements().Any())
        {
            // A copied stop is many steps: it is made, read and written.
            log.Spend(source.Elements().Count() * 200L);
            target.Add(source.Elements());
            target.Descendants().Attributes("id").Remove();
        }
    }

    private static void Flatten(XElement gradient, SvgConversionLog log)
    {
        bool linear = gradient.Name.LocalName == "linearGradient";
        if (!linear && !DropFocus(gradient)) log.Obstacle("A radial gradient has a focus beside its centre", gradient);

        bool boxUnits = gradient.Attribute("gradientUnits")?.Value != "userSpaceOnUse";
        string[] names = linear ? s_linear : s_radial.Take(3).ToArray();
        if (!boxUnits && names.Any(name => gradient.Attribute(name) is null))
        {
            log.Obstacle("A gradient leaves its extent to the viewport", gradient);
            return;
        }

        if (gradient.Attribute("gradientTransform") is not { } transform) return;

        if (!SvgMatrix.TryParse(transform.Value, out SvgMatrix matrix) || !matrix.KeepsShapes)
        {
            log.Obstacle("A gradient is stretched or skewed (gradientTransform)", transform);
            return;
        }

        transform.Remove();
        Bake(gradient, linear, matrix);
        log.Change("Transformations of gradients were worked into their numbers.");
    }

    private static bool DropFocus(XElement gradient)
    {
        bool centred = Is(gradient, "fx", "cx", 0.5) && Is(gradient, "fy", "cy", 0.5) && Number(gradient, "fr", 0) == 0;
        gradient.Attributes().Where(attribute => centred && attribute.Name.LocalName is "fx" or "fy" or "fr").Remove();
        return centred;
    }

    private static bool Is(XElement gradient, string focus, string centre, double initial) =>
        gradient.Attribute(focus) is null || SvgLength.Same(Number(gradient, focus, initial), Number(gradient, centre, initial));

    private static void Bake(XElement gradient, bool linear, SvgMatrix matrix)
    {
        if (linear)
        {
            SetPoint(gradient, "x1", "y1", matrix.Map(Number(gradient, "x1", 0), Number(gradient, "y1", 0)));
            SetPoint(gradient, "x2", "y2", matrix.Map(Number(gradient, "x2", 1), Number(gradient, "y2", 0)));
            return;
        }

        double radius = Number(gradient, "r", 0.5) * matrix.Scale;
        SetPoint(gradient, "cx", "cy", matrix.Map(Number(gradient, "cx", 0.5), Number(gradient, "cy", 0.5)));
        gradient.SetAttributeValue("r", SvgLength.Write(radius));
    }

    private static void SetPoint(XElement gradient, string x, string y, (double X, double Y) point)
    {
        gradient.SetAttributeValue(x, SvgLength.Write(point.X));
        gradient.SetAttributeValue(y, SvgLength.Write(point.Y));
    }

    private static double Number(XElement gradient, string name, double initial) =>
        gradient.Attribute(name) is { } attribute && SvgLength.TryNumber(attribute.Value.Trim().TrimEnd('%'), out double number) ? number : initial;
}
