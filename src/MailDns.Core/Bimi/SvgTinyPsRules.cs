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
        return isKnown ? null : SvgFaultList.Show(value) + " is written in another way than names, #rrggbb and rgb()";
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
