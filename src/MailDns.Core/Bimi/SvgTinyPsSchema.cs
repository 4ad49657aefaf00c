using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// What the RELAX NG schema of SVG Tiny PS allows: the attributes of each element and the elements within it. The schema also
/// defines font, font-face, glyph and hkern, but no pattern that begins at svg refers to font, and only font refers to the
/// others: a validator refuses them everywhere.
/// </summary>
internal static class SvgTinyPsSchema
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    public static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";
    private const string Core = "id xml:id xml:base xml:lang xml:space class role rel rev typeof content datatype resource about property ";
    private const string Paint =
        "color color-rendering direction display-align fill fill-opacity fill-rule font-family font-size font-style font-variant "
        + "font-weight line-increment solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
        + "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor unicode-bidi vector-effect ";

    private const string Drawn = Core + Paint + "requiredFonts systemLanguage transform ";
    private const string Described =
        Core + "requiredFonts systemLanguage buffered-rendering display image-rendering shape-rendering text-rendering viewport-fill viewport-fill-opacity visibility";

    private const string Content = "circle defs ellipse g line linearGradient path polygon polyline radialGradient rect solidColor text textArea use";

    private static readonly Dictionary<string, HashSet<string>> s_attributes = new(StringComparer.Ordinal)
    {
        ["svg"] = Set(Core + Paint + "baseProfile contentScriptType externalResourcesRequired focusable height playbackOrder preserveAspectRatio snapshotTime timelineBegin version viewBox width zoomAndPan"),
        ["title"] = Set(Described),
        ["desc"] = Set(Described),
        ["metadata"] = Set(string.Empty),
        ["defs"] = Set(Core + Paint),
        ["g"] = Set(Drawn),
        ["use"] = Set(Drawn + "href x y"),
        ["path"] = Set(Drawn + "d pathLength"),
        ["rect"] = Set(Drawn + "x y width height rx ry"),
        ["circle"] = Set(Drawn + "cx cy r"),
        ["ellipse"] = Set(Drawn + "cx cy rx ry"),
        ["line"] = Set(Drawn + "x1 x2 y1 y2"),
        ["polyline"] = Set(Drawn + "points"),
        ["polygon"] = Set(Drawn + "points"),
        ["text"] = Set(Drawn + "x y rotate editable"),
        ["textArea"] = Set(Drawn + "x y width height"),
        ["linearGradient"] = Set(Core + Paint + "gradientUnits x1 x2 y1 y2"),
        ["radialGradient"] = Set(Core + Paint + "gradientUnits cx cy r"),
        ["solidColor"] = Set(Core + Paint),
        ["stop"] = Set(Core + Paint + "offset"),
    };

    private static readonly Dictionary<string, HashSet<string>> s_children = new(StringComparer.Ordinal)
    {
        ["svg"] = Set("title desc metadata " + Content),
        ["g"] = Set(Content),
        ["defs"] = Set(Content),
        ["linearGradient"] = Set("stop"),
        ["radialGradient"] = Set("stop"),
    };

    private static readonly HashSet<string> s_withText = Set("title desc metadata text textArea");

    private static readonly Dictionary<string, string> s_values = new(StringComparer.Ordinal)
    {
        ["zoomAndPan"] = "disable",
        ["focusable"] = "false",
        ["externalResourcesRequired"] = "false",
        ["snapshotTime"] = "none",
        ["playbackOrder"] = "all",
        ["timelineBegin"] = "onLoad",
        ["editable"] = "none",
        ["fill-rule"] = "nonzero evenodd inherit",
        ["stroke-linecap"] = "butt round square inherit",
        ["stroke-linejoin"] = "miter round bevel inherit",
        ["vector-effect"] = "none non-scaling-stroke inherit",
        ["color-rendering"] = "auto optimizeSpeed optimizeQuality inherit",
        ["gradientUnits"] = "userSpaceOnUse objectBoundingBox",
        ["xml:space"] = "default preserve",
        ["direction"] = "ltr rtl inherit",
        ["display-align"] = "auto before center after inherit",
        ["font-style"] = "normal italic oblique inherit",
        ["font-variant"] = "normal small-caps inherit",
        ["font-weight"] = "normal bold bolder lighter inherit",
        ["text-align"] = "start end center inherit",
        ["text-anchor"] = "start middle end inherit",
        ["unicode-bidi"] = "normal embed bidi-override inherit",
        ["visibility"] = "visible hidden collapse inherit",
        ["display"] = "inline block list-item run-in compact marker table inline-table table-row-group table-header-group table-footer-group "
            + "table-row table-column-group table-column table-cell table-caption none inherit",
        ["buffered-rendering"] = "auto dynamic static inherit",
        ["image-rendering"] = "auto optimizeSpeed optimizeQuality inherit",
        ["shape-rendering"] = "auto optimizeSpeed crispEdges geometricPrecision inherit",
        ["text-rendering"] = "auto optimizeSpeed optimizeLegibility geometricPrecision inherit",
    };

    // \s*(none|xMidYMid)\s*(meet)?\s*
    private static readonly string[] s_alignments = { "none", "xMidYMid" };

    /// <summary>True for an element of the profile, wherever it may stand.</summary>
    public static bool IsElement(XElement element) => element.Name.Namespace == Svg && s_attributes.ContainsKey(element.Name.LocalName);

    /// <summary>True when the parent, itself an element of the profile, may hold the element.</summary>
    public static bool IsChild(XElement parent, XElement element) =>
        s_children.TryGetValue(parent.Name.LocalName, out HashSet<string>? children) && children.Contains(element.Name.LocalName);

    /// <summary>True when the element may hold text.</summary>
    public static bool HoldsText(XElement element) => s_withText.Contains(element.Name.LocalName);

    /// <summary>True when the element, one of the profile, may have the attribute.</summary>
    public static bool IsAttribute(XElement element, XAttribute attribute) =>
        NameOf(attribute) is { } name && s_attributes[element.Name.LocalName].Contains(name);

    /// <summary>The values that the attribute should have instead of its own, as a list in words; null where its own is one of them, or any will do.</summary>
    public static string? OtherValues(XAttribute attribute)
    {
        if (NameOf(attribute) is not { } name) return null;

        if (name == "preserveAspectRatio")
            return IsAlignment(attribute.Value) ? null : "none or xMidYMid, with meet or without";

        // White space around a value of a list is collapsed (XML Schema part 2 section 4.3.6).
        return s_values.TryGetValue(name, out string? values) && !values.Split(' ').Contains(attribute.Value.Trim(), StringComparer.Ordinal)
            ? values.Replace(" ", " or ")
            : null;
    }

    private static bool IsAlignment(string text)
    {
        string value = text.Trim();
        string? alignment = Array.Find(s_alignments, start => value.StartsWith(start, StringComparison.Ordinal));
        return alignment is not null && value.Substring(alignment.Length).Trim() is "" or "meet";
    }

    /// <summary>The attribute's name as it is written; null in a foreign namespace.</summary>
    public static string? NameOf(XAttribute attribute) =>
        attribute.Name.Namespace == XNamespace.None ? attribute.Name.LocalName
        : attribute.Name.Namespace == XNamespace.Xml ? "xml:" + attribute.Name.LocalName
        : null;

    private static HashSet<string> Set(string names) => new(names.Split(' ').Where(name => name.Length > 0), StringComparer.Ordinal);
}
