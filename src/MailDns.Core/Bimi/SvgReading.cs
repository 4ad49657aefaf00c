using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>The bytes of an SVG, unpacked and read; <see cref="Document"/> is null where they could not be, and <see cref="Problem"/> says why.</summary>
internal sealed class SvgReading
{
    public SvgReading(XDocument? document, int size, string? problem, bool hasDoctype)
    {
        Document = document;
        Size = size;
        Problem = problem;
        HasDoctype = hasDoctype;
    }

    public XDocument? Document { get; }

    /// <summary>Bytes after unpacking.</summary>
    public int Size { get; }

    public string? Problem { get; }

    public bool HasDoctype { get; }
}
