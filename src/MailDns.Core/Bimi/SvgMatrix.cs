using System.Text.RegularExpressions;

namespace MailDns.Bimi;

/// <summary>An affine transformation as SVG writes it (SVG 1.1 section 7.6).</summary>
internal sealed class SvgMatrix
{
    private static readonly Regex s_function = new(
        @"\G[\s,]*(?<name>matrix|translate|scale|rotate|skewX|skewY)\s*\((?<list>[^()]*)\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    private readonly double _a;
    private readonly double _b;
    private readonly double _c;
    private readonly double _d;
    private readonly double _e;
    private readonly double _f;

    private SvgMatrix(double a, double b, double c, double d, double e, double f)
    {
        _a = a;
        _b = b;
        _c = c;
        _d = d;
        _e = e;
        _f = f;
    }

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
