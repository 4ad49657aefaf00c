using System.Xml.Linq;

namespace MailDns.Bimi;

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
