namespace MailDns.Bimi;

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
