using System.IO;
using System.Text;
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

/// <summary>Looks for a DOCTYPE in front of the root element (XML 1.0 section 2.8) without letting any XML reader act on it.</summary>
internal static class SvgProlog
{
    public static SvgDoctype FindDoctype(byte[] content)
    {
        string text = Decode(content);
        int at = SkipMisc(text);
        if (at < 0 || string.CompareOrdinal(text, at, "<!DOCTYPE", 0, 9) != 0) return SvgDoctype.None;

        return HasSubset(text, at + 9) ? SvgDoctype.WithSubset : SvgDoctype.Plain;
    }

    // Only ASCII matters here, so any ASCII-compatible encoding may pass for Latin-1.
    private static string Decode(byte[] content)
    {
        if (content.Length >= 2 && content[0] == 0xFF && content[1] == 0xFE)
            return Encoding.Unicode.GetString(content, 2, content.Length - 2);

        if (content.Length >= 2 && content[0] == 0xFE && content[1] == 0xFF)
            return Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2);

        int start = content.Length >= 3 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF ? 3 : 0;
        return Encoding.GetEncoding(28591).GetString(content, start, content.Length - start);
    }

    // Past the XML declaration, comments, processing instructions and white space; -1 where one of them has no end.
    private static int SkipMisc(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
                continue;
            }

            string? end = string.CompareOrdinal(text, at, "<?", 0, 2) == 0 ? "?>"
                : string.CompareOrdinal(text, at, "<!--", 0, 4) == 0 ? "-->"
                : null;
            if (end is null) return at;

            int close = text.IndexOf(end, at + 2, StringComparison.Ordinal);
            if (close < 0) return -1;

            at = close + end.Length;
        }

        return -1;
    }

    private static bool HasSubset(string text, int start)
    {
        char quote = '\0';
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '[' or '>')
                return c == '[';
        }

        return true;
    }
}

/// <summary>Gathers what the rules find, so that each check ends in one result with all its places.</summary>
internal sealed class SvgFaultList
{
    private const int MaxShown = 10;
    private readonly Dictionary<string, List<string>> _texts = new(System.StringComparer.Ordinal);
    private readonly List<CheckDefinition> _checks = new();

    public void Add(CheckDefinition check, string text, XObject? place = null)
    {
        if (!_texts.TryGetValue(check.Id, out List<string>? texts))
        {
            _texts[check.Id] = texts = new List<string>();
            _checks.Add(check);
        }

        texts.Add(text + Place(place));
    }

    public void Report(CheckSheet sheet)
    {
        foreach (CheckDefinition check in _checks)
        {
            List<string> texts = _texts[check.Id];
            string more = texts.Count > MaxShown ? "; and " + (texts.Count - MaxShown).ToString(CultureInfo.InvariantCulture) + " more" : string.Empty;
            sheet.Report(check.Saying(string.Join("; ", texts.Take(MaxShown)) + more + "."));
        }
    }

    /// <summary>A name from the file, fit to be shown.</summary>
    public static string Show(string text) => PrintableText.Escape(text.Length > 80 ? text.Substring(0, 80) + "..." : text);

    private static string Place(XObject? place) =>
        place is IXmlLineInfo info && info.HasLineInfo()
            ? " (line " + info.LineNumber.ToString(CultureInfo.InvariantCulture) + ", column " + info.LinePosition.ToString(CultureInfo.InvariantCulture) + ")"
            : string.Empty;
}
