namespace MailDns.Bimi;

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
