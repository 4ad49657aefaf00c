using System.Xml.Linq;

namespace MailDns.Bimi;

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
