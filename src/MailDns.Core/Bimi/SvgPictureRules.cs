using System.Xml.Linq;

namespace MailDns.Bimi;

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
