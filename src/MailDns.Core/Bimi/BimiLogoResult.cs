using MailDns.Bimi;

namespace MailDns;

/// <summary>What Test-BimiLogo found of a logo.</summary>
public sealed class BimiLogoResult : IChecked
{
    internal BimiLogoResult(string source, SvgReading? reading, CheckSheet sheet, MarkCertificate? certificate = null)
    {
        Certificate = certificate;
        Source = source;
        Results = sheet.Results;
        Findings = sheet.Findings;
        Passed = sheet.IsClean;
        Size = reading?.Size;
        if (reading?.Document?.Root is { } root)
        {
            Width = SvgLength.TryPixels(root.Attribute("width")?.Value, out double width) ? width : null;
            Height = SvgLength.TryPixels(root.Attribute("height")?.Value, out double height) ? height : null;
            Title = root.Elements(SvgTinyPsSchema.Svg + "title").FirstOrDefault() is { } title ? PrintableText.Escape(title.Value.Trim()) : null;
        }
    }

    /// <summary>The file or address.</summary>
    public string Source { get; }

    /// <summary>True when the logo keeps every rule of SVG Tiny PS, and the mark certificate, where one is given, every rule of its own. Warnings, such as a picture that is not square, are among the findings.</summary>
    public bool Passed { get; }

    /// <summary>What was found, all but passes.</summary>
    public CheckResult[] Findings { get; }

    /// <summary>Width in pixels; null where it is missing or relative.</summary>
    public double? Width { get; }

    /// <summary>Height in pixels; null where it is missing or relative.</summary>
    public double? Height { get; }

    /// <summary>The title, escaped; null where there is none.</summary>
    public string? Title { get; }

    /// <summary>Bytes, uncompressed; null where nothing could be fetched.</summary>
    public int? Size { get; }

    /// <summary>The mark certificate (-CertificatePath); null where none was read.</summary>
    public MarkCertificate? Certificate { get; }

    internal IReadOnlyList<CheckResult> Results { get; }
    IReadOnlyList<CheckResult> IChecked.Results => Results;

    /// <summary>Source and verdict.</summary>
    public override string ToString() => Source + ": " + (Passed ? "passed" : "failed");
}
