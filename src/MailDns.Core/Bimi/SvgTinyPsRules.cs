using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// The rules of SVG Tiny PS (draft-svg-tiny-ps-abrotman and its RELAX NG schema), and those of the mailbox providers on the
/// picture's shape.
/// </summary>
internal static class SvgTinyPsRules
{
    /// <summary>Most bytes that the profile recommends, uncompressed (section 2.4).</summary>
    public const int RecommendedBytes = 32 * 1024;

    /// <summary>Longest title in characters.</summary>
    public const int MaxTitle = 64;
    private static readonly char[] s_arcs = { 'A', 'a' };

    /// <summary>Judges the file and completes every check of it.</summary>
    public static void Apply(SvgReading reading, CheckSheet sheet)
    {
        if (reading.HasDoctype)
        {
            sheet.Report(BimiLogoChecks.Doctype);
        }
        else if (reading.Document?.Root is null)
        {
            sheet.Report(BimiLogoChecks.NotReadable.Saying(reading.Problem ?? "The file has no root element."));
        }
        else
        {
            var faults = new SvgFaultList();
            Apply(reading.Document, faults);
            ApplySize(reading.Size, faults);
            faults.Report(sheet);
            sheet.CompletePass(BimiLogoChecks.All);
            return;
        }

        sheet.CompleteNotApplicable(BimiLogoChecks.All, "The file could not be read as an SVG.");
    }

    private static void Apply(XDocument document, SvgFaultList faults)
    {
        XElement root = document.Root!;
        ApplyRoot(root, faults);
        if (root.Name != SvgTinyPsSchema.Svg + "svg") return;

        ApplyTitle(root, faults);
        foreach (XNode node in document.DescendantNodes())
            ApplyNode(node, faults);

        ApplyValues(root, faults);
        SvgPictureRules.Apply(root, faults);
    }

    // The schema leaves colours and path data open; SVG Tiny 1.2 does not (sections 8.3.1 and 11.13.1).
    private static void ApplyValues(XElement root, SvgFaultList faults)
    {
        var paints = new HashSet<string>(
            root.Descendants()
                .Where(element => element.Name.LocalName is "linearGradient" or "radialGradient" or "solidColor")
                .Select(element => element.Attribute("id")?.Value)
                .OfType<string>(),
            StringComparer.Ordinal);
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes())
        {
            string? problem = attribute.Name.LocalName switch
            {
                "fill" or "stroke" or "color" or "stop-color" or "solid-color" or "viewport-fill" => PaintProblem(attribute.Value.Trim(), paints),
                "d" when attribute.Value.IndexOfAny(s_arcs) >= 0 => "the path has elliptical arcs (A)",
                _ => null,
            };
            if (problem is not null)
            {
                faults.Add(BimiLogoChecks.Value, attribute.Name.LocalName + "= on <" + SvgFaultList.Show(attribute.Parent!.Name.LocalName) + ">: " + problem + ", which is not part of SVG Tiny 1.2", attribute);
            }
        }
    }

    private static string? PaintProblem(string value, HashSet<string> paints)
    {
        if (SvgReference.PaintId(value) is { } id)
            return paints.Contains(id) ? null : SvgFaultList.Show(value) + " refers to no gradient or colour of the file";

        bool isKnown = value is "none" or "inherit" or "currentColor" || SvgColor.IsTiny(value);
        return isKnown ? null : SvgFaultList.Show(value) + " is not one of the 16 colour names, #rrggbb or rgb()";
    }

    private static void ApplyRoot(XElement root, SvgFaultList faults)
    {
        if (root.Name != SvgTinyPsSchema.Svg + "svg")
        {
            faults.Add(BimiLogoChecks.Profile, "The root is not an svg element of the namespace " + SvgTinyPsSchema.Svg, root);
            return;
        }

        Require(root, "version", "1.2", faults);
        Require(root, "baseProfile", "tiny-ps", faults);
        foreach (XAttribute position in root.Attributes().Where(attribute => attribute.Name == "x" || attribute.Name == "y"))
            faults.Add(BimiLogoChecks.RootPosition, "The root svg element has " + position.Name.LocalName + "=", position);
    }

    private static void Require(XElement root, string name, string value, SvgFaultList faults)
    {
        string? found = root.Attribute(name)?.Value;
        if (!string.Equals(found?.Trim(), value, StringComparison.Ordinal))
        {
            faults.Add(BimiLogoChecks.Profile, "The root has " + (found is null ? "no " + name : name + "=\"" + SvgFaultList.Show(found) + "\"") + ", not " + name + "=\"" + value + "\"", root);
        }
    }

    private static void ApplyTitle(XElement root, SvgFaultList faults)
    {
        XElement[] titles = root.Elements(SvgTinyPsSchema.Svg + "title").ToArray();
        if (titles.Length != 1)
        {
            faults.Add(BimiLogoChecks.Title, titles.Length == 0 ? "The root has no <title>" : "The root has " + titles.Length + " <title> elements", root);
            return;
        }

        string text = titles[0].Value.Trim();
        if (text.Length is 0 or > MaxTitle)
        {
            faults.Add(BimiLogoChecks.Title, text.Length == 0 ? "<title> is empty" : "<title> has " + text.Length + " characters; " + MaxTitle + " are allowed", titles[0]);
        }

        if (root.Elements().First() != titles[0])
            faults.Add(BimiLogoChecks.Title, "<title> is not the first element within the root", titles[0]);
    }

    private static void ApplyNode(XNode node, SvgFaultList faults)
    {
        switch (node)
        {
            case XElement element:
                ApplyElement(element, faults);
                break;
            case XProcessingInstruction instruction when instruction.Target == "xml-stylesheet":
                faults.Add(BimiLogoChecks.External, "<?xml-stylesheet?> refers to a style sheet", instruction);
                break;
            case XText text when text.Parent is { } parent && SvgTinyPsSchema.IsElement(parent) && !SvgTinyPsSchema.HoldsText(parent) && text.Value.Trim().Length > 0:
                faults.Add(BimiLogoChecks.Element, "Text is not allowed in <" + parent.Name.LocalName + ">", text);
                break;
        }
    }

    private static void ApplyElement(XElement element, SvgFaultList faults)
    {
        bool known = SvgTinyPsSchema.IsElement(element);
        if (!known)
            faults.Add(BimiLogoChecks.Element, "The element <" + SvgFaultList.Show(element.Name.LocalName) + "> is not allowed", element);
        else if (element.Parent is { } parent && SvgTinyPsSchema.IsElement(parent) && !SvgTinyPsSchema.IsChild(parent, element))
            faults.Add(BimiLogoChecks.Element, "The element <" + element.Name.LocalName + "> is not allowed in <" + parent.Name.LocalName + ">", element);

        foreach (XAttribute attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            ApplyAttribute(element, known, attribute, faults);

        if (element.Name.LocalName == "style" && SvgReference.FindExternalInStyle(element.Value) is { } address)
            faults.Add(BimiLogoChecks.External, "The style sheet refers to " + SvgFaultList.Show(address), element);
    }

    private static void ApplyAttribute(XElement element, bool known, XAttribute attribute, SvgFaultList faults)
    {
        if (SvgReference.FindExternal(attribute) is { } address)
            faults.Add(BimiLogoChecks.External, "<" + SvgFaultList.Show(element.Name.LocalName) + "> refers to " + SvgFaultList.Show(address), attribute);

        bool rootPosition = element.Parent is null && (attribute.Name == "x" || attribute.Name == "y");
        if (!known || rootPosition) return;

        if (!SvgTinyPsSchema.IsAttribute(element, attribute))
        {
            string advice = attribute.Name == SvgTinyPsSchema.XLink + "href" ? "; write href without xlink:" : string.Empty;
            faults.Add(BimiLogoChecks.Attribute, "The attribute " + SvgFaultList.Show(attribute.Name.LocalName) + " is not allowed on <" + element.Name.LocalName + ">" + advice, attribute);
        }
        else if (SvgTinyPsSchema.OtherValues(attribute) is { } values)
        {
            faults.Add(BimiLogoChecks.Attribute, attribute.Name.LocalName + "=\"" + SvgFaultList.Show(attribute.Value) + "\" must be " + values, attribute);
        }
    }

    private static void ApplySize(int size, SvgFaultList faults)
    {
        if (size > RecommendedBytes)
            faults.Add(BimiLogoChecks.Size, "The SVG has " + size + " bytes uncompressed; " + RecommendedBytes + " are recommended at most");
    }
}

/// <summary>What mailbox providers ask of the picture: square, absolute in size, more than one colour.</summary>
internal static class SvgPictureRules
{
    /// <summary>Smallest width and height in pixels (Gmail).</summary>
    public const double MinPixels = 96;

    public static void Apply(XElement root, SvgFaultList faults)
    {
        bool hasWidth = SvgLength.TryPixels(root.Attribute("width")?.Value, out double width);
        bool hasHeight = SvgLength.TryPixels(root.Attribute("height")?.Value, out double height);
        if (!hasWidth || !hasHeight || width < MinPixels || height < MinPixels)
        {
            faults.Add(BimiLogoChecks.Dimension, "width is " + Show(root, "width") + " and height is " + Show(root, "height") + "; both must be absolute and at least " + MinPixels, root);
        }

        ApplySquare(root, hasWidth && hasHeight, width, height, faults);
        ISet<string>? colors = SvgPaintWalk.Colors(root);
        if (colors is { Count: < 2 })
            faults.Add(BimiLogoChecks.Colors, colors.Count == 0 ? "Nothing is painted" : "All is painted in " + SvgFaultList.Show(string.Join(string.Empty, colors)));
    }

    private static void ApplySquare(XElement root, bool hasSize, double width, double height, SvgFaultList faults)
    {
        bool hasBox = SvgLength.TryViewBox(root.Attribute("viewBox")?.Value, out double[] box);
        if (hasBox && !SvgLength.Same(box[2], box[3]))
            faults.Add(BimiLogoChecks.Square, "The viewBox is " + SvgLength.Write(box[2]) + " by " + SvgLength.Write(box[3]), root.Attribute("viewBox"));

        if (hasSize && !SvgLength.Same(width, height))
            faults.Add(BimiLogoChecks.Square, "The picture is " + SvgLength.Write(width) + " by " + SvgLength.Write(height) + " pixels", root);

        if (!hasBox && !hasSize)
            faults.Add(BimiLogoChecks.Square, "Neither a viewBox nor width and height say that the picture is square", root);
    }

    private static string Show(XElement root, string name) => root.Attribute(name) is { } attribute ? "\"" + SvgFaultList.Show(attribute.Value) + "\"" : "missing";
}

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

/// <summary>References of an SVG: href, xlink:href, xml:base, src and url(...). Only #id points into the file itself.</summary>
internal static class SvgReference
{
    /// <summary>The first address that points out of the file; null where there is none.</summary>
    public static string? FindExternal(XAttribute attribute)
    {
        string value = attribute.Value.Trim();
        bool isReference = attribute.Name.LocalName is "href" or "src" || attribute.Name == XNamespace.Xml + "base";
        if (isReference) return IsInternal(value) && attribute.Name.LocalName != "base" ? null : value;

        return FindExternalInStyle(value);
    }

    /// <summary>The same for the text of a style attribute or style sheet.</summary>
    public static string? FindExternalInStyle(string text)
    {
        int at = 0;
        while ((at = text.IndexOf("url(", at, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            string address = UrlAt(text, at);
            if (!IsInternal(address)) return address;

            at += 4;
        }

        return text.IndexOf("@import", StringComparison.OrdinalIgnoreCase) >= 0 ? "@import" : null;
    }

    /// <summary>The id that the attribute refers to, by href="#id" or url(#id); null for anything else.</summary>
    public static string? Id(XAttribute? attribute) =>
        attribute is null ? null
        : attribute.Name.LocalName == "href" ? Fragment(attribute.Value.Trim())
        : PaintId(attribute.Value);

    /// <summary>The id in url(#id); null for anything else, colours among it.</summary>
    public static string? PaintId(string value)
    {
        string text = value.Trim();
        return text.StartsWith("url(", StringComparison.OrdinalIgnoreCase) ? Fragment(UrlAt(text, 0)) : null;
    }

    private static string? Fragment(string text) => text.Length > 1 && text[0] == '#' ? text.Substring(1) : null;

    private static string UrlAt(string text, int at)
    {
        int end = text.IndexOf(')', at);
        string inner = end < 0 ? text.Substring(at + 4) : text.Substring(at + 4, end - at - 4);
        return inner.Trim().Trim('"', '\'').Trim();
    }

    private static bool IsInternal(string address) => address.Length == 0 || address[0] == '#';
}
