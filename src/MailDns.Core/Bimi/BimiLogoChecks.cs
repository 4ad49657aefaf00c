namespace MailDns.Bimi;

/// <summary>The checks of a logo: the one place that declares them. Kept apart from those of the record, which need no file.</summary>
internal static class BimiLogoChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Bimi);
    public static readonly CheckDefinition Unreachable = s_rows.Error("BIMI-SVG-UNREACHABLE", CheckNeeds.Https, "The logo can be fetched over HTTPS", "{fault}: the logo was not fetched.", "Serve it with status 200 over valid TLS, as image/svg+xml.", "BIMI draft section 8.5");
    public static readonly CheckDefinition Redirect = s_rows.Warning("BIMI-SVG-REDIRECT", CheckNeeds.Https, "The logo is served without a redirect", "{fault}: the logo is behind a redirect, which mailbox providers may not follow.", "Put the final address in the record, or serve the file at the first one.", "draft-brotman-ietf-bimi-guidance section 5.6");
    public static readonly CheckDefinition MediaType = s_rows.Warning("BIMI-SVG-MEDIA-TYPE", CheckNeeds.Https, "The logo is served as image/svg+xml", "{address} is served with {type}, not as image/svg+xml.", "Have the web server send Content-Type: image/svg+xml.", "RFC 6170 section 5.2; SVG Tiny 1.2 appendix M");
    public static readonly CheckDefinition NotReadable = s_rows.Error("BIMI-SVG-XML", CheckNeeds.Https, "The logo is an SVG that can be read", "The file cannot be read as SVG: {fault}", "Export it again as plain SVG.", "SVG Tiny PS section 2.1");
    public static readonly CheckDefinition Doctype = s_rows.Error("BIMI-SVG-DTD", CheckNeeds.Https, "The logo has no DOCTYPE", "The SVG has a DOCTYPE; the rest of the file was not read.", "Remove the DOCTYPE and every entity.", "SVG Tiny PS section 2.3");
    public static readonly CheckDefinition Profile = s_rows.Error("BIMI-SVG-PROFILE", CheckNeeds.Https, "The logo declares SVG Tiny PS", "The root is not an svg element with version=\"1.2\" and baseProfile=\"tiny-ps\": {fault}", "Set version=\"1.2\" and baseProfile=\"tiny-ps\" on the root svg element of the SVG namespace.", "SVG Tiny PS section 2.1");
    public static readonly CheckDefinition Title = s_rows.Error("BIMI-SVG-TITLE", CheckNeeds.Https, "The logo begins with one short title", "<title> is missing, empty, repeated, not first, or longer than 64 characters: {fault}", "Make <title> with the brand's name the first child of the root, 64 characters at most.", "SVG Tiny PS section 2.1");
    public static readonly CheckDefinition RootPosition = s_rows.Error("BIMI-SVG-ROOT-XY", CheckNeeds.Https, "The root has neither x nor y", "The root svg element has x= or y=: {fault}", "Remove x and y from the root; they have no effect there.", "SVG Tiny PS section 6.2");
    public static readonly CheckDefinition Element = s_rows.Error("BIMI-SVG-ELEMENT", CheckNeeds.Https, "Only elements of SVG Tiny PS are used", "An element is not allowed: {fault}", "Remove it, or draw it with paths.", "SVG Tiny PS section 2.3 and its RELAX NG schema");
    public static readonly CheckDefinition Attribute = s_rows.Error("BIMI-SVG-ATTRIBUTE", CheckNeeds.Https, "Only attributes of SVG Tiny PS are used", "An attribute is not allowed: {fault}", "Use presentation attributes in place of style; remove the others.", "SVG Tiny PS, RELAX NG schema");
    public static readonly CheckDefinition Value = s_rows.Warning("BIMI-SVG-VALUE", CheckNeeds.Https, "Colours and paths are those of SVG Tiny 1.2", "A value is not part of SVG Tiny 1.2: {fault}", "Write colours as #rrggbb, refer only to gradients of the file, and draw arcs as curves (C).", "SVG Tiny 1.2 sections 8.3 and 11.13");
    public static readonly CheckDefinition External = s_rows.Error("BIMI-SVG-EXTERNAL", CheckNeeds.Https, "The logo refers to nothing outside itself", "The SVG refers to something outside itself: {fault}", "Embed what it refers to as paths.", "SVG Tiny PS section 2.3; RFC 6170 section 5.2");
    public static readonly CheckDefinition Size = s_rows.Warning("BIMI-SVG-SIZE", CheckNeeds.Https, "The logo is at most 32 KB", "The SVG is larger than 32 KB: {fault}", "Simplify the paths and round their numbers.", "SVG Tiny PS section 2.4");
    public static readonly CheckDefinition Square = s_rows.Warning("BIMI-SVG-SQUARE", CheckNeeds.Https, "The logo is square", "The picture is not square: {fault}", "Make the viewBox square with the logo in its centre on a solid background.", "SVG Tiny PS section 2.4; Gmail BIMI requirements");
    public static readonly CheckDefinition Dimension = s_rows.Warning("BIMI-SVG-DIMENSION", CheckNeeds.Https, "Width and height are absolute and at least 96", "width and height are missing, relative or below 96: {fault}", "Set width and height, in pixels, to 96 or more.", "Gmail BIMI requirements");
    public static readonly CheckDefinition Colors = s_rows.Warning("BIMI-SVG-COLORS", CheckNeeds.Https, "The logo has two colours or more", "The picture has one colour: {fault}", "Add a background of another colour.", "SVG Tiny PS section 2.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
