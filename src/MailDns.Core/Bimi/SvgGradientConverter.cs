using System.Text.RegularExpressions;
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

/// <summary>An affine transformation as SVG writes it (SVG 1.1 section 7.6).</summary>
internal sealed class SvgMatrix(double a, double b, double c, double d, double e, double f)
{
    private static readonly Regex s_function = new(
        @"\G[\s,]*(?<name>matrix|translate|scale|rotate|skewX|skewY)\s*\((?<list>[^()]*)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    private readonly double _a = a;
    private readonly double _b = b;
    private readonly double _c = c;
    private readonly double _d = d;
    private readonly double _e = e;
    private readonly double _f = f;

    /// <summary>True when circles stay circles and right angles right.</summary>
    public bool KeepsShapes =>
        (SvgLength.Same(_a, _d) && SvgLength.Same(_b, -_c) && Scale > 0) || (SvgLength.Same(_a, -_d) && SvgLength.Same(_b, _c) && Scale > 0);

    /// <summary>How much lengths grow, where shapes are kept.</summary>
    public double Scale => Math.Sqrt((_a * _a) + (_b * _b));

    public (double X, double Y) Map(double x, double y) => ((_a * x) + (_c * y) + _e, (_b * x) + (_d * y) + _f);

    /// <summary>Reads a list of transformations; false where it is none.</summary>
    public static bool TryParse(string text, out SvgMatrix matrix)
    {
        matrix = new SvgMatrix(1, 0, 0, 1, 0, 0);
        int at = 0;
        int end = text.TrimEnd(' ', ',', '\t', '\r', '\n').Length;
        while (at < end)
        {
            Match match = s_function.Match(text, at);
            if (!match.Success || !TryNumbers(match.Groups["list"].Value, out double[] numbers) || Function(match.Groups["name"].Value, numbers) is not { } next)
                return false;

            matrix = matrix.Multiply(next);
            at = match.Index + match.Length;
        }

        return true;
    }

    private static bool TryNumbers(string text, out double[] numbers)
    {
        var list = new List<double>();
        numbers = Array.Empty<double>();
        foreach (string part in text.Split(new[] { ' ', ',', '\t', '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!SvgLength.TryNumber(part, out double number)) return false;

            list.Add(number);
        }

        numbers = list.ToArray();
        return numbers.Length is > 0 and <= 6;
    }

    private static SvgMatrix? Function(string name, double[] n) => (name, n.Length) switch
    {
        ("matrix", 6) => new SvgMatrix(n[0], n[1], n[2], n[3], n[4], n[5]),
        ("translate", 1) => new SvgMatrix(1, 0, 0, 1, n[0], 0),
        ("translate", 2) => new SvgMatrix(1, 0, 0, 1, n[0], n[1]),
        ("scale", 1) => new SvgMatrix(n[0], 0, 0, n[0], 0, 0),
        ("scale", 2) => new SvgMatrix(n[0], 0, 0, n[1], 0, 0),
        ("rotate", 1) => Rotation(n[0]),
        ("rotate", 3) => new SvgMatrix(1, 0, 0, 1, n[1], n[2]).Multiply(Rotation(n[0])).Multiply(new SvgMatrix(1, 0, 0, 1, -n[1], -n[2])),
        ("skewX", 1) => new SvgMatrix(1, 0, Math.Tan(n[0] * Math.PI / 180), 1, 0, 0),
        ("skewY", 1) => new SvgMatrix(1, Math.Tan(n[0] * Math.PI / 180), 0, 1, 0, 0),
        _ => null,
    };

    private static SvgMatrix Rotation(double degrees)
    {
        double angle = degrees * Math.PI / 180;
        return new SvgMatrix(Math.Cos(angle), Math.Sin(angle), -Math.Sin(angle), Math.Cos(angle), 0, 0);
    }

    private SvgMatrix Multiply(SvgMatrix m) => new(
        (_a * m._a) + (_c * m._b),
        (_b * m._a) + (_d * m._b),
        (_a * m._c) + (_c * m._d),
        (_b * m._c) + (_d * m._d),
        (_a * m._e) + (_c * m._f) + _e,
        (_b * m._e) + (_d * m._f) + _f);
}
