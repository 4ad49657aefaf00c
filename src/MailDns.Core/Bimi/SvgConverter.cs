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
