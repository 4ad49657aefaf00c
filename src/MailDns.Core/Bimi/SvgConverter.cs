using System.IO;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// Writes a SVG Tiny PS version of an ordinary SVG, where the picture stays the same. What it cannot prove to be the same
/// picture is an obstacle, and its result is judged by the rules of the profile like anybody else's.
/// </summary>
internal static class SvgConverter
{
    /// <summary>Converts.</summary>
    /// <param name="content">The SVG or packed SVG.</param>
    /// <param name="title">The title to set; null keeps the file's own.</param>
    public static SvgConversion Convert(byte[] content, string? title)
    {
        var log = new SvgConversionLog();
        try
        {
            return Convert(content, title, log);
        }
        catch (SvgWorkException)
        {
            log.Obstacle("Its styles, gradients or references are too many to be worked out", place: null);
            return new SvgConversion(null, log.Changes, log.Obstacles);
        }
    }

    private static SvgConversion Convert(byte[] content, string? title, SvgConversionLog log)
    {
        SvgReading reading = SvgReader.ReadSkippingDoctype(content);
        XElement? root = reading.Document?.Root;
        if (root is null || root.Name != SvgTinyPsSchema.Svg + "svg")
        {
            log.Obstacle(reading.HasDoctype ? "Its DOCTYPE declares entities or attributes" : reading.Problem?.TrimEnd('.') ?? "It is not an SVG", root);
            return new SvgConversion(null, log.Changes, log.Obstacles);
        }

        SvgCleaner.RemoveSilent(reading.Document!, log);
        SvgStyleSheet.Apply(root, log);
        SvgAttributeConverter.RemoveHidden(root, log);
        SvgCleaner.Apply(root, log);
        SvgRootConverter.Apply(root, title, log);
        SvgAttributeConverter.Apply(root, log);
        SvgGradientConverter.Apply(root, log);
        SvgOpacityConverter.Apply(root, log);
        byte[]? result = log.Obstacles.Count == 0 ? Write(root, log) : null;
        return new SvgConversion(result is not null && Keeps(result, log) ? result : null, log.Changes, log.Obstacles);
    }

    // Without line breaks: what is within the recommended size stays within it.
    private static byte[] Write(XElement root, SvgConversionLog log)
    {
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes())
            log.Spend(attribute.Value.Length);

        root.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        root.SetAttributeValue("xmlns", SvgTinyPsSchema.Svg.NamespaceName);
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            new XDocument(root).Save(writer);
        }

        // The space in "<path />" is one octet a shape; ">" stands escaped everywhere else.
        byte[] written = stream.ToArray();
        return written.Length <= SvgTinyPsRules.RecommendedBytes ? written : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written).Replace(" />", "/>"));
    }

    private static bool Keeps(byte[] content, SvgConversionLog log)
    {
        var sheet = new CheckSheet("converted");
        SvgTinyPsRules.Apply(SvgReader.Read(content), sheet);
        foreach (CheckResult fault in sheet.Results.Where(result => result.Status == CheckStatus.Fail))
            log.Obstacle(fault.Message.TrimEnd('.') + " in the converted file", place: null);

        return sheet.IsClean;
    }
}

/// <summary>The outcome of a conversion: the converted file, or what stands in the way.</summary>
/// <param name="Content">The SVG Tiny PS file in UTF-8; null where something stands in the way.</param>
/// <param name="Changes">What was changed.</param>
/// <param name="Obstacles">What stands in the way.</param>
internal sealed record SvgConversion(byte[]? Content, IReadOnlyList<string> Changes, IReadOnlyList<string> Obstacles);

/// <summary>What a conversion did and what it could not do, each said once.</summary>
internal sealed class SvgConversionLog
{
    private const int MaxTexts = 50;

    // Steps of work on one file: looking at an element or rule, or writing a character. A file of the size that is read
    // takes a small part of them.
    private const long MostWork = 20_000_000;
    private readonly List<string> _changes = new();
    private readonly List<string> _obstacles = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private long _work;

    public IReadOnlyList<string> Changes => _changes;
    public IReadOnlyList<string> Obstacles => _obstacles;

    /// <summary>Counts work that grows faster than the file.</summary>
    /// <exception cref="SvgWorkException">It is more than any picture needs.</exception>
    public void Spend(long work)
    {
        _work += work;
        if (_work > MostWork) throw new SvgWorkException();
    }

    public void Change(string text) => Add(_changes, text, text);

    /// <summary>The same obstacle is told at its first place only.</summary>
    public void Obstacle(string text, XObject? place)
    {
        string where = place is IXmlLineInfo info && info.HasLineInfo() ? " (line " + info.LineNumber + ", column " + info.LinePosition + ")" : string.Empty;
        Add(_obstacles, "!" + text, text + where + ".");
    }

    private void Add(List<string> list, string key, string text)
    {
        if (list.Count < MaxTexts && _seen.Add(key)) list.Add(text);
    }
}

/// <summary>A conversion takes more work than is done for one file.</summary>
internal sealed class SvgWorkException : Exception
{
}

/// <summary>
/// SVG Tiny has no opacity of groups and shapes. On a shape that is only filled, or only stroked, fill-opacity or
/// stroke-opacity draws the same; elsewhere what overlaps would show through.
/// </summary>
internal static class SvgOpacityConverter
{
    private static readonly string[] s_shapes = { "path", "rect", "circle", "ellipse", "line", "polyline", "polygon" };

    public static void Apply(XElement root, SvgConversionLog log)
    {
        bool reused = root.Descendants(SvgTinyPsSchema.Svg + "use").Any();
        foreach (XElement element in root.DescendantsAndSelf().Where(element => element.Attribute("opacity") is not null).ToArray())
            Convert(element, reused, log);
    }

    private static void Convert(XElement element, bool reused, SvgConversionLog log)
    {
        XElement shape = element;
        double opacity = 1;
        for (XElement? current = element; current is not null; current = Only(current))
        {
            if (current.Attribute("opacity") is { } own && SvgLength.TryNumber(own.Value, out double factor))
            {
                opacity *= factor;
                own.Remove();
            }

            shape = current;
        }

        if (!s_shapes.Contains(shape.Name.LocalName) || Paint(shape, reused) is not { } paint)
        {
            log.Obstacle("Several things are made transparent together (opacity)", element);
            return;
        }

        string name = paint + "-opacity";
        string inherited = shape.AncestorsAndSelf().Select(ancestor => ancestor.Attribute(name)?.Value).FirstOrDefault(value => value is not null and not "inherit") ?? "1";
        SvgLength.TryNumber(inherited, out double before);
        shape.SetAttributeValue(name, SvgLength.Write(before * opacity));
        log.Change("opacity became fill-opacity or stroke-opacity.");
    }

    private static XElement? Only(XElement element) =>
        element.Name.LocalName == "g" && element.Elements().Take(2).Count() == 1 ? element.Elements().First() : null;

    // "fill" or "stroke", whichever alone paints; null for both, and where a use element may decide.
    private static string? Paint(XElement shape, bool reused)
    {
        string? fill = Inherited(shape, "fill") ?? (reused ? null : "black");
        string? stroke = Inherited(shape, "stroke") ?? (reused ? null : "none");
        return fill is null || stroke is null ? null
            : stroke == "none" ? "fill"
            : fill == "none" ? "stroke"
            : null;
    }

    private static string? Inherited(XElement shape, string name) =>
        shape.AncestorsAndSelf().Select(element => element.Attribute(name)?.Value).FirstOrDefault(value => value is not null and not "inherit");
}

/// <summary>The root of the converted file: version, profile, title, an absolute size.</summary>
internal static class SvgRootConverter
{
    public static void Apply(XElement root, string? title, SvgConversionLog log)
    {
        // x and y have no meaning on the outermost svg element (SVG 1.1 section 5.1.2).
        foreach (string name in new[] { "x", "y" })
        {
            if (root.Attribute(name) is { } position)
            {
                position.Remove();
                log.Change(name + " was removed from the root.");
            }
        }

        root.SetAttributeValue("version", "1.2");
        root.SetAttributeValue("baseProfile", "tiny-ps");
        log.Change("The root declares version 1.2 and the profile tiny-ps.");
        foreach (string name in new[] { "focusable", "externalResourcesRequired", "snapshotTime", "playbackOrder", "timelineBegin" })
            root.Attribute(name)?.Remove();

        ApplySize(root, log);
        ApplyTitle(root, title, log);
    }

    private static void ApplyTitle(XElement root, string? title, SvgConversionLog log)
    {
        XName name = SvgTinyPsSchema.Svg + "title";
        string text = (title ?? root.Element(name)?.Value ?? string.Empty).Trim();
        if (text.Length is 0 or > SvgTinyPsRules.MaxTitle)
        {
            log.Obstacle(text.Length == 0 ? "It has no title: give one with -Title" : "Its title has " + text.Length + " characters, more than " + SvgTinyPsRules.MaxTitle + ": give one with -Title", root);
            return;
        }

        root.Elements(name).Remove();
        root.AddFirst(new XElement(name, text));
        log.Change("The title is the first element.");
    }

    private static void ApplySize(XElement root, SvgConversionLog log)
    {
        bool hasBox = SvgLength.TryViewBox(root.Attribute("viewBox")?.Value, out double[] box);
        bool hasWidth = SvgLength.TryPixels(root.Attribute("width")?.Value, out double width);
        bool hasHeight = SvgLength.TryPixels(root.Attribute("height")?.Value, out double height);
        if (!hasBox && (!hasWidth || !hasHeight || width <= 0 || height <= 0))
        {
            log.Obstacle("Neither a viewBox nor width and height say how large the picture is", root);
            return;
        }

        if (!hasBox)
        {
            root.SetAttributeValue("viewBox", "0 0 " + SvgLength.Write(width) + " " + SvgLength.Write(height));
            log.Change("A viewBox was added.");
        }

        if (!hasWidth || !hasHeight)
        {
            width = box[2];
            height = box[3];
        }

        // With equal proportions every alignment draws the same.
        if (root.Attribute("preserveAspectRatio") is { } alignment
            && SvgTinyPsSchema.OtherValues(alignment) is not null
            && (!hasBox || SvgLength.Same(width * box[3], height * box[2])))
        {
            alignment.Remove();
            log.Change("An alignment that changes nothing was removed.");
        }

        double shorter = System.Math.Min(width, height);
        double factor = shorter < SvgPictureRules.MinPixels ? SvgPictureRules.MinPixels / shorter : 1;
        string[] size = { SvgLength.Write(width * factor), SvgLength.Write(height * factor) };
        if (root.Attribute("width")?.Value != size[0] || root.Attribute("height")?.Value != size[1])
        {
            root.SetAttributeValue("width", size[0]);
            root.SetAttributeValue("height", size[1]);
            log.Change("The size is " + size[0] + " by " + size[1] + " pixels; the picture fills it as before.");
        }
    }
}

/// <summary>Removes what draws nothing, and names what cannot be part of SVG Tiny PS.</summary>
internal static class SvgCleaner
{
    private static readonly Dictionary<string, string> s_forbidden = new(StringComparer.Ordinal)
    {
        ["script"] = "a script",
        ["image"] = "a raster or foreign image",
        ["feImage"] = "a raster or foreign image",
        ["foreignObject"] = "foreign content",
        ["switch"] = "a switch",
        ["text"] = "text, which each reader draws with fonts of its own: convert it to paths",
        ["textArea"] = "text, which each reader draws with fonts of its own: convert it to paths",
        ["animate"] = "an animation",
        ["animateColor"] = "an animation",
        ["animateMotion"] = "an animation",
        ["animateTransform"] = "an animation",
        ["set"] = "an animation",
        ["audio"] = "multimedia",
        ["video"] = "multimedia",
    };

    // These draw nothing where nothing refers to them.
    private static readonly Dictionary<string, string> s_referenced = new(StringComparer.Ordinal)
    {
        ["filter"] = "a filter",
        ["mask"] = "a mask",
        ["clipPath"] = "a clipPath",
        ["pattern"] = "a pattern",
        ["symbol"] = "a symbol",
        ["marker"] = "a marker",
        ["hatch"] = "a hatch",
        ["mesh"] = "a mesh gradient",
        ["meshgradient"] = "a mesh gradient",
        ["font"] = "a font",
        ["font-face"] = "a font",
        ["cursor"] = "a cursor",
        ["color-profile"] = "a colour profile",
    };

    /// <summary>Removes comments, metadata, and what belongs to editors.</summary>
    public static void RemoveSilent(XDocument document, SvgConversionLog log)
    {
        RemoveNodes(document, log);
        RemoveForeign(document.Root!, log);
    }

    /// <summary>Removes what nothing refers to, turns links into groups, and names what the profile cannot draw.</summary>
    public static void Apply(XElement root, SvgConversionLog log)
    {
        RemoveUnreferenced(root, log);
        foreach (XElement element in root.Descendants().ToArray())
        {
            string name = element.Name.LocalName;
            if (s_forbidden.TryGetValue(name, out string? what) || s_referenced.TryGetValue(name, out what))
            {
                log.Obstacle("It has " + what + " (<" + name + ">)", element);
            }
            else if (name == "svg")
            {
                log.Obstacle("It has an svg element within the picture", element);
            }
            else if (name == "a")
            {
                element.Name = SvgTinyPsSchema.Svg + "g";
                element.Attributes().Where(attribute => attribute.Name.LocalName is "href" or "target" or "download" or "type").Remove();
                log.Change("Links became groups.");
            }
        }
    }

    private static void RemoveNodes(XDocument document, SvgConversionLog log)
    {
        foreach (XNode node in document.DescendantNodes().ToArray())
        {
            switch (node)
            {
                case XComment comment:
                    comment.Remove();
                    log.Change("Comments were removed.");
                    break;
                case XProcessingInstruction { Target: "xml-stylesheet" } instruction:
                    log.Obstacle("It refers to a style sheet of its own (<?xml-stylesheet?>)", instruction);
                    break;
                case XProcessingInstruction instruction:
                    instruction.Remove();
                    log.Change("Processing instructions were removed.");
                    break;
            }
        }

        if (document.DocumentType is { } doctype) doctype.Remove();
    }

    private static void RemoveForeign(XElement root, SvgConversionLog log)
    {
        foreach (XElement element in root.Descendants().ToArray())
        {
            bool foreign = element.Name.Namespace != SvgTinyPsSchema.Svg;
            bool silent = element.Name.LocalName is "metadata" or "view" or "title" or "desc" && !(element.Name.LocalName == "title" && element.Parent == root);
            if (foreign || silent)
            {
                element.Remove();
                log.Change("Metadata, descriptions and elements of editors were removed.");
            }
        }

        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes().ToArray())
        {
            XNamespace space = attribute.Name.Namespace;
            bool known = space == XNamespace.None || space == XNamespace.Xml || attribute.IsNamespaceDeclaration;
            if (attribute.Name == SvgTinyPsSchema.XLink + "href")
            {
                XElement owner = attribute.Parent!;
                owner.SetAttributeValue("href", owner.Attribute("href")?.Value ?? attribute.Value);
                attribute.Remove();
                log.Change("xlink:href became href.");
            }
            else if (!known)
            {
                attribute.Remove();
                log.Change("Attributes of editors were removed.");
            }
        }
    }

    private static void RemoveUnreferenced(XElement root, SvgConversionLog log)
    {
        string texts = string.Join(
            "\n",
            root.DescendantsAndSelf().Attributes().Select(attribute => attribute.Value).Where(value => value.IndexOf('#') >= 0));
        foreach (XElement element in root.Descendants().Where(element => s_referenced.ContainsKey(element.Name.LocalName)).ToArray())
        {
            string[] ids = element.DescendantsAndSelf().Select(part => part.Attribute("id")?.Value).OfType<string>().ToArray();
            log.Spend(ids.Length * (1L + (texts.Length / 64)));
            if (!ids.Any(id => texts.IndexOf("#" + id, StringComparison.Ordinal) >= 0))
            {
                element.Remove();
                log.Change("Unused <" + element.Name.LocalName + "> elements were removed.");
            }
        }
    }
}
