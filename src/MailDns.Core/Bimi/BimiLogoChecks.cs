namespace MailDns.Bimi;

/// <summary>The checks of a logo: the one place that declares them. Kept apart from those of the record, which need no file.</summary>
internal static class BimiLogoChecks
{
    public static readonly CheckDefinition Unreachable = new(
        "BIMI-SVG-UNREACHABLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo can be fetched over HTTPS",
        finding: "{address} was not fetched: {reason}.",
        recommendation: "Serve it with status 200 over valid TLS, as image/svg+xml.",
        reference: "BIMI draft section 8.5");

    public static readonly CheckDefinition Redirect = new(
        "BIMI-SVG-REDIRECT",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The logo is served without a redirect",
        finding: "{address} redirects: mailboxes may not follow.",
        recommendation: "Name the last address in the record, or serve the file at the first.",
        reference: "draft-brotman-ietf-bimi-guidance section 5.6");

    public static readonly CheckDefinition MediaType = new(
        "BIMI-SVG-MEDIA-TYPE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The logo is served as image/svg+xml",
        finding: "{address} is served as {type}.",
        recommendation: "Have the web server send Content-Type: image/svg+xml.",
        reference: "RFC 6170 section 5.2; SVG Tiny 1.2 appendix M");

    public static readonly CheckDefinition NotReadable = new(
        "BIMI-SVG-XML",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo is an SVG that can be read",
        finding: "The file is no well-formed SVG within sane bounds.",
        recommendation: "Export it again as plain SVG.",
        reference: "SVG Tiny PS section 2.1");

    public static readonly CheckDefinition Doctype = new(
        "BIMI-SVG-DTD",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo has no DOCTYPE",
        finding: "The SVG has a DOCTYPE, which may declare entities.",
        recommendation: "Remove the DOCTYPE and every entity.",
        reference: "SVG Tiny PS section 2.3");

    public static readonly CheckDefinition Profile = new(
        "BIMI-SVG-PROFILE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo declares SVG Tiny PS",
        finding: "The root is no svg element with version=\"1.2\" and baseProfile=\"tiny-ps\".",
        recommendation: "Set version=\"1.2\" and baseProfile=\"tiny-ps\" on the root svg element of the SVG namespace.",
        reference: "SVG Tiny PS section 2.1");

    public static readonly CheckDefinition Title = new(
        "BIMI-SVG-TITLE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo begins with one short title",
        finding: "<title> is missing, empty, repeated, not first, or longer than 64 characters.",
        recommendation: "Make <title> with the brand's name the first child of the root, 64 characters at most.",
        reference: "SVG Tiny PS section 2.1");

    public static readonly CheckDefinition RootPosition = new(
        "BIMI-SVG-ROOT-XY",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The root has neither x nor y",
        finding: "The root svg element has x= or y=.",
        recommendation: "Remove x and y from the root; they have no effect there.",
        reference: "SVG Tiny PS section 6.2");

    public static readonly CheckDefinition Element = new(
        "BIMI-SVG-ELEMENT",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Only elements of SVG Tiny PS are used",
        finding: "The element {name} is not allowed there.",
        recommendation: "Remove it, or draw it with paths.",
        reference: "SVG Tiny PS section 2.3 and its RELAX NG schema");

    public static readonly CheckDefinition Attribute = new(
        "BIMI-SVG-ATTRIBUTE",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Only attributes of SVG Tiny PS are used",
        finding: "The attribute {name} is not allowed there.",
        recommendation: "Use presentation attributes in place of style; remove the others.",
        reference: "SVG Tiny PS, RELAX NG schema");

    public static readonly CheckDefinition Value = new(
        "BIMI-SVG-VALUE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "Colours and paths are those of SVG Tiny 1.2",
        finding: "{value} is not part of SVG Tiny 1.2.",
        recommendation: "Write colours as #rrggbb, refer to gradients of the file only, and draw arcs as curves (C).",
        reference: "SVG Tiny 1.2 sections 8.3 and 11.13");

    public static readonly CheckDefinition External = new(
        "BIMI-SVG-EXTERNAL",
        CheckArea.Bimi,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The logo refers to nothing outside itself",
        finding: "The SVG refers to {address}.",
        recommendation: "Embed what it refers to as paths.",
        reference: "SVG Tiny PS section 2.3; RFC 6170 section 5.2");

    public static readonly CheckDefinition Size = new(
        "BIMI-SVG-SIZE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The logo has 32 KB at most",
        finding: "The SVG has {n} bytes uncompressed.",
        recommendation: "Simplify the paths and round their numbers.",
        reference: "SVG Tiny PS section 2.4");

    public static readonly CheckDefinition Square = new(
        "BIMI-SVG-SQUARE",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The logo is square",
        finding: "The picture is {w} by {h}.",
        recommendation: "Make the viewBox square with the logo in its centre on a solid background.",
        reference: "SVG Tiny PS section 2.4; Gmail BIMI requirements");

    public static readonly CheckDefinition Dimension = new(
        "BIMI-SVG-DIMENSION",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "Width and height are absolute and at least 96",
        finding: "width and height are missing, relative or below 96.",
        recommendation: "Set width and height, in pixels, to 96 or more.",
        reference: "Gmail BIMI requirements");

    public static readonly CheckDefinition Colors = new(
        "BIMI-SVG-COLORS",
        CheckArea.Bimi,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The logo has two colours or more",
        finding: "The picture has one colour.",
        recommendation: "Add a background of another colour.",
        reference: "SVG Tiny PS section 2.4");

    /// <summary>All that judge the logo, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Unreachable,
        Redirect,
        MediaType,
        NotReadable,
        Doctype,
        Profile,
        Title,
        RootPosition,
        Element,
        Attribute,
        Value,
        External,
        Size,
        Square,
        Dimension,
        Colors,
    };
}
