using System.IO;
using System.Xml;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>
/// Reads an SVG (.svg, or .svgz by its first bytes) from a stranger: no DTD, no entities, nothing fetched, and bounds on
/// bytes before and after unpacking, on depth and on the number of elements.
/// </summary>
internal static class SvgReader
{
    /// <summary>Most bytes that are read, packed or not. The recommended limit is 32 KB (SVG Tiny PS section 2.4).</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxDepth = 128;
    private const int MaxElements = 20_000;

    /// <summary>Reads; a DOCTYPE is a fault.</summary>
    public static SvgReading Read(byte[] content) => Read(content, DtdProcessing.Prohibit);

    /// <summary>Reads; a DOCTYPE without an internal subset is skipped, as it declares nothing that is used.</summary>
    public static SvgReading ReadSkippingDoctype(byte[] content) => Read(content, DtdProcessing.Ignore);

    private static SvgReading Read(byte[] content, DtdProcessing processing)
    {
        if (content.Length > MaxBytes)
            return new SvgReading(null, content.Length, "It has " + content.Length + " bytes; more than " + MaxBytes + " are not read.", HasDoctype: false);

        byte[] text = content;
        if (Gzip.IsPacked(content) && !Gzip.TryUnpack(content, MaxBytes, out text, out string problem))
            return new SvgReading(null, content.Length, problem, HasDoctype: false);

        SvgDoctype doctype = SvgProlog.FindDoctype(text);
        if (doctype == SvgDoctype.WithSubset || (doctype == SvgDoctype.Plain && processing == DtdProcessing.Prohibit))
            return new SvgReading(null, text.Length, Problem: null, HasDoctype: true);

        try
        {
            CheckBounds(text, processing);
            using XmlReader reader = CreateReader(text, processing);
            return new SvgReading(XDocument.Load(reader, LoadOptions.SetLineInfo), text.Length, Problem: null, HasDoctype: false);
        }
        catch (XmlException exception)
        {
            return new SvgReading(null, text.Length, "It is not well-formed XML: " + PrintableText.Escape(exception.Message), HasDoctype: false);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            return new SvgReading(null, text.Length, "It is in no encoding that XML knows.", HasDoctype: false);
        }
    }

    private static XmlReader CreateReader(byte[] text, DtdProcessing processing) => XmlReader.Create(
        new MemoryStream(text, writable: false),
        new XmlReaderSettings
        {
            DtdProcessing = processing,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            MaxCharactersFromEntities = 1,
            IgnoreWhitespace = true,
            CloseInput = true,
        });

    private static void CheckBounds(byte[] text, DtdProcessing processing)
    {
        using XmlReader reader = CreateReader(text, processing);
        int elements = 0;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && (++elements > MaxElements || reader.Depth > MaxDepth))
                throw new XmlException("more than " + MaxElements + " elements or " + MaxDepth + " levels are not read.");
        }
    }
}

/// <summary>Whether an XML file has a DOCTYPE.</summary>
internal enum SvgDoctype
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>It names an external subset at most.</summary>
    Plain,

    /// <summary>It declares entities or attributes itself, or has no end.</summary>
    WithSubset,
}

/// <summary>The bytes of an SVG, unpacked and read; <see cref="Document"/> is null where they could not be, and <see cref="Problem"/> says why.</summary>
/// <param name="Size">Bytes after unpacking.</param>
internal sealed record SvgReading(XDocument? Document, int Size, string? Problem, bool HasDoctype);
