using System.Drawing;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// Turns style sheets and style attributes into presentation attributes. Only selectors that look at one element by itself
/// are resolved; for any other the picture could change, so it is an obstacle.
/// </summary>
internal static class SvgStyleSheet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);
    private static readonly Regex s_comment = new(@"/\*.*?(\*/|$)", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, s_limit);
    private static readonly Regex s_selector = new(@"^(?<element>\*|[A-Za-z][A-Za-z0-9]*)?(?<parts>([.#][A-Za-z_][A-Za-z0-9_-]*)*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, s_limit);

    public static void Apply(XElement root, SvgConversionLog log)
    {
        List<SvgStyleRule> rules = ReadSheets(root, log);
        foreach (XElement element in root.DescendantsAndSelf().ToArray())
        {
            var style = new Dictionary<string, string>(StringComparer.Ordinal);
            log.Spend(rules.Count * (long)(1 + (element.Attribute("class")?.Value.Length ?? 0)));
            foreach (SvgStyleRule rule in rules.Where(rule => rule.Matches(element)))
            {
                log.Spend(rule.Declarations.Count);
                Merge(style, rule.Declarations);
            }

            Merge(style, Declarations(element.Attribute("style")?.Value ?? string.Empty, element, log));
            Write(element, style, log);
        }
    }

    private static List<SvgStyleRule> ReadSheets(XElement root, SvgConversionLog log)
    {
        var rules = new List<SvgStyleRule>();
        foreach (XElement sheet in root.Descendants(SvgTinyPsSchema.Svg + "style").ToArray())
        {
            if (sheet.Attribute("media")?.Value is { } media && media.Trim() is not ("all" or "screen" or ""))
                log.Obstacle("Its style sheet depends on the medium", sheet);

            Read(sheet, rules, log);
            sheet.Remove();
            log.Change("Style sheets became presentation attributes.");
        }

        return rules.OrderBy(rule => rule.Specificity).ToList();
    }

    private static void Read(XElement sheet, List<SvgStyleRule> rules, SvgConversionLog log)
    {
        string rest = s_comment.Replace(sheet.Value, " ").Trim();
        while (rest.Length > 0)
        {
            log.Spend(rest.Length / 64);
            int open = rest.IndexOf('{');
            int close = open < 0 ? -1 : rest.IndexOf('}', open);
            string head = open < 0 ? rest : rest.Substring(0, open).Trim();
            if (close < 0 || head.StartsWith("@", StringComparison.Ordinal) || rest.IndexOf('{', open + 1, close - open - 1) >= 0)
            {
                log.Obstacle("Its style sheet has a rule that is not simple: " + SvgFaultList.Show(head), sheet);
                return;
            }

            KeyValuePair<string, string>[] declarations = Declarations(rest.Substring(open + 1, close - open - 1), sheet, log).ToArray();
            foreach (string selector in head.Split(','))
                AddRule(selector.Trim(), declarations, sheet, rules, log);

            rest = rest.Substring(close + 1).Trim();
        }
    }

    private static void AddRule(string selector, KeyValuePair<string, string>[] declarations, XElement sheet, List<SvgStyleRule> rules, SvgConversionLog log)
    {
        Match match = s_selector.Match(selector);
        string[] ids = match.Success ? Parts(match.Groups["parts"].Value, '#') : Array.Empty<string>();
        if (!match.Success || selector.Length == 0 || ids.Length > 1)
        {
            log.Obstacle("Its style sheet has a selector that is not simple: " + SvgFaultList.Show(selector), sheet);
            return;
        }

        string element = match.Groups["element"].Value;
        rules.Add(new SvgStyleRule(element is "" or "*" ? null : element, ids.FirstOrDefault(), Parts(match.Groups["parts"].Value, '.'), declarations));
    }

    private static string[] Parts(string text, char mark) =>
        text.Replace(".", "\n.").Replace("#", "\n#").Split('\n').Where(part => part.Length > 1 && part[0] == mark).Select(part => part.Substring(1)).ToArray();

    private static IEnumerable<KeyValuePair<string, string>> Declarations(string text, XElement place, SvgConversionLog log)
    {
        foreach (string declaration in Split(s_comment.Replace(text, " ")))
        {
            int colon = declaration.IndexOf(':');
            string name = colon < 0 ? declaration.Trim() : declaration.Substring(0, colon).Trim();
            string value = colon < 0 ? string.Empty : declaration.Substring(colon + 1).Trim();
            if (name.Length == 0) continue;

            if (colon < 0 || value.IndexOf("!", StringComparison.Ordinal) >= 0 || value.IndexOf("var(", StringComparison.OrdinalIgnoreCase) >= 0 || value.IndexOf('\\') >= 0)
            {
                log.Obstacle("A style is not simple: " + SvgFaultList.Show(declaration.Trim()), place);
                continue;
            }

            yield return new KeyValuePair<string, string>(name.ToLowerInvariant(), value);
        }
    }

    // A semicolon within quotes or parentheses ends no declaration.
    private static IEnumerable<string> Split(string text)
    {
        var part = new StringBuilder();
        char quote = '\0';
        int depth = 0;
        foreach (char c in text)
        {
            quote = quote != '\0' ? (c == quote ? '\0' : quote) : c is '"' or '\'' ? c : '\0';
            depth += quote != '\0' ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ';' && quote == '\0' && depth <= 0)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        yield return part.ToString();
    }

    private static void Merge(Dictionary<string, string> style, IEnumerable<KeyValuePair<string, string>> declarations)
    {
        foreach (KeyValuePair<string, string> declaration in declarations)
            style[declaration.Key] = declaration.Value;
    }

    private static void Write(XElement element, Dictionary<string, string> style, SvgConversionLog log)
    {
        if (element.Attribute("style") is { } attribute)
        {
            attribute.Remove();
            log.Change("style attributes became presentation attributes.");
        }

        element.Attribute("class")?.Remove();
        foreach (KeyValuePair<string, string> property in style)
        {
            if (SvgProperty.IsPresentation(property.Key))
                element.SetAttributeValue(property.Key, property.Value);
            else if (!SvgProperty.IsInert(property.Key))
                log.Obstacle("The style " + SvgFaultList.Show(property.Key + ": " + property.Value) + " has no presentation attribute", element);
        }
    }
}

/// <summary>A style sheet's rule with one simple selector: an element's name, classes and an id, each optional.</summary>
internal sealed class SvgStyleRule(string? element, string? id, IReadOnlyList<string> classes, IReadOnlyList<KeyValuePair<string, string>> declarations)
{
    private readonly string? _element = element;
    private readonly IReadOnlyList<string> _classes = classes;

    public IReadOnlyList<KeyValuePair<string, string>> Declarations { get; } = declarations;

    /// <summary>Specificity as one number (Selectors Level 3 section 9).</summary>
    public int Specificity => (id is null ? 0 : 1_000_000) + (_classes.Count * 1000) + (_element is null ? 0 : 1);

    public bool Matches(XElement element)
    {
        if ((_element is not null && _element != element.Name.LocalName) || (id is not null && id != element.Attribute("id")?.Value))
            return false;

        string[] classes = (element.Attribute("class")?.Value ?? string.Empty).Split(' ', '\t', '\r', '\n');
        return _classes.All(name => classes.Contains(name));
    }
}

/// <summary>Which attributes and properties draw something in a picture without text.</summary>
internal static class SvgProperty
{
    private static readonly HashSet<string> s_presentation = Set(
        "color color-rendering fill fill-opacity fill-rule stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap "
        + "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width vector-effect solid-color solid-opacity "
        + "display visibility opacity clip-path mask filter marker marker-start marker-mid marker-end mix-blend-mode isolation paint-order "
        + "color-interpolation shape-rendering");

    private static readonly HashSet<string> s_inert = Set(
        "cursor pointer-events enable-background overflow clip clip-rule color-interpolation-filters color-profile flood-color flood-opacity "
        + "lighting-color image-rendering kerning writing-mode direction unicode-bidi dominant-baseline alignment-baseline baseline-shift "
        + "space line-height line-increment display-align white-space shape-padding shape-margin shape-inside shape-subtract inline-size font tabindex "
        + "contentscripttype contentstyletype zoomandpan block-progression user-select -webkit-user-select");

    private static readonly string[] s_inertStarts =
    {
        "font-", "text-", "letter-", "word-", "glyph-orientation", "data-", "aria-", "-inkscape-", "-sodipodi-", "--",
    };

    // Values that mean the same as no attribute at all.
    private static readonly Dictionary<string, string> s_idle = new(StringComparer.Ordinal)
    {
        ["visibility"] = "visible",
        ["opacity"] = "1",
        ["clip-path"] = "none",
        ["mask"] = "none",
        ["filter"] = "none",
        ["marker"] = "none",
        ["marker-start"] = "none",
        ["marker-mid"] = "none",
        ["marker-end"] = "none",
        ["mix-blend-mode"] = "normal",
        ["isolation"] = "auto isolate",
        ["paint-order"] = "normal fill",
        ["color-interpolation"] = "sRGB auto",
        ["shape-rendering"] = "auto geometricPrecision",
        ["display"] = "inline block",
        ["vector-effect"] = "none",
        ["color-rendering"] = "auto",
        ["gradientTransform"] = "none",
        ["spreadMethod"] = "pad",
        ["transform"] = "none",
    };

    /// <summary>True for a property that may also be written as an attribute.</summary>
    public static bool IsPresentation(string name) => s_presentation.Contains(name);

    /// <summary>True for what changes no picture without text.</summary>
    public static bool IsInert(string name)
    {
        string lower = name.ToLowerInvariant();
        return s_inert.Contains(lower) || s_inertStarts.Any(start => lower.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>True for a value that equals no attribute. "visible" within something hidden is judged at the hidden element.</summary>
    public static bool IsIdle(string name, string value) =>
        s_idle.TryGetValue(name, out string? values) && values.Split(' ').Contains(value.Trim(), StringComparer.Ordinal);

    private static HashSet<string> Set(string names) => new(names.Split(' '), StringComparer.Ordinal);
}

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
