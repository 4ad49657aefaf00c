using System.Drawing;
using System.Reflection;

namespace MailDns.Bimi;

/// <summary>Colours of SVG. SVG Tiny 1.2 (section 11.13.1) knows hexadecimal, rgb() and the sixteen names of HTML.</summary>
internal static class SvgColor
{
    private static readonly string[] s_tiny =
    {
        "aqua", "black", "blue", "fuchsia", "gray", "green", "lime", "maroon", "navy", "olive", "purple", "red", "silver", "teal", "white", "yellow",
    };

    // The static properties of Color are the names of CSS, without those that depend on the desktop's theme.
    private static readonly Dictionary<string, string> s_named = typeof(Color)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(Color) && property.Name != nameof(Color.Transparent))
        .Select(property => (property.Name, Value: (Color)property.GetValue(null)!))
        .ToDictionary(pair => pair.Name.ToLowerInvariant(), pair => Hex(pair.Value.R, pair.Value.G, pair.Value.B), StringComparer.Ordinal);

    /// <summary>True for a name that SVG Tiny 1.2 knows.</summary>
    public static bool IsTinyName(string text) => s_tiny.Contains(text, StringComparer.Ordinal);

    /// <summary>True for a colour as SVG Tiny 1.2 writes it (section 11.13.1).</summary>
    public static bool IsTiny(string text) =>
        IsTinyName(text) || ((text.StartsWith("#", StringComparison.Ordinal) ? text.Length is 4 or 7 : text.StartsWith("rgb(", StringComparison.OrdinalIgnoreCase)) && TryHex(text, out _));

    /// <summary>The colour as #rrggbb in lower case; false for anything with transparency or unknown.</summary>
    public static bool TryHex(string text, out string hex)
    {
        string value = text.Trim().ToLowerInvariant();
        hex = value;
        if (value.StartsWith("#", StringComparison.Ordinal))
        {
            // Without transparency the last two digits say nothing (CSS Color 4 section 5.2).
            value = value.Length == 9 && value.EndsWith("ff", StringComparison.Ordinal) ? value.Substring(0, 7) : value;
            hex = value.Length == 4 ? "#" + string.Concat(value.Skip(1).Select(c => new string(c, 2))) : value;
            return hex.Length == 7 && hex.Skip(1).All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
        }

        if (value.StartsWith("rgb(", StringComparison.Ordinal) && value.EndsWith(")", StringComparison.Ordinal))
            return TryRgb(value.Substring(4, value.Length - 5), out hex);

        bool known = s_named.TryGetValue(value.Replace("grey", "gray"), out string? named);
        hex = named ?? value;
        return known;
    }

    private static bool TryRgb(string text, out string hex)
    {
        hex = text;
        string[] parts = text.Split(',');
        int[] numbers = new int[3];
        if (parts.Length != 3) return false;

        bool percent = parts[0].Trim().EndsWith("%", StringComparison.Ordinal);
        for (int i = 0; i < 3; i++)
        {
            string part = parts[i].Trim();
            if (part.EndsWith("%", StringComparison.Ordinal) != percent || !SvgLength.TryNumber(part.TrimEnd('%'), out double number))
                return false;

            numbers[i] = (int)Math.Round(Math.Max(0, Math.Min(255, percent ? number * 2.55 : number)), MidpointRounding.AwayFromZero);
        }

        hex = Hex(numbers[0], numbers[1], numbers[2]);
        return true;
    }

    private static string Hex(int red, int green, int blue) => string.Format(CultureInfo.InvariantCulture, "#{0:x2}{1:x2}{2:x2}", red, green, blue);
}
