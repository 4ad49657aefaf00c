using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MailDns.Diagnostics;

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
        SvgReading reading = SvgReader.ReadSkippingDoctype(content);
        XElement? root = reading.Document?.Root;
        if (root is null || root.Name != SvgTinyPsSchema.Svg + "svg")
        {
            log.Obstacle(reading.HasDoctype ? "Its DOCTYPE declares entities or attributes" : reading.Problem?.TrimEnd('.') ?? "It is no SVG", root);
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
        byte[]? result = log.Obstacles.Count == 0 ? Write(root) : null;
        return new SvgConversion(result is not null && Keeps(result, log) ? result : null, log.Changes, log.Obstacles);
    }

    private static byte[] Write(XElement root)
    {
        root.DescendantsAndSelf().Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Remove();
        root.SetAttributeValue("xmlns", SvgTinyPsSchema.Svg.NamespaceName);
        using var stream = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "  ", NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            new XDocument(root).Save(writer);
        }

        return stream.ToArray();
    }

    private static bool Keeps(byte[] content, SvgConversionLog log)
    {
        var sheet = new CheckSheet("converted");
        SvgTinyPsRules.Apply(SvgReader.Read(content), sheet);
        foreach (CheckResult fault in sheet.Results.Where(result => result.Status == CheckStatus.Fail))
        {
            log.Obstacle(fault.Message.TrimEnd('.') + " in the converted file", place: null);
        }

        return sheet.IsClean;
    }
}
