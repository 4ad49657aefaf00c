using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailDns.Help;

/// <summary>The compiler's documentation files: members by their id, their parts as plain text.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    public XmlDocs(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            foreach (XElement member in XDocument.Load(path).Root!.Element("members")!.Elements("member"))
                _members[member.Attribute("name")!.Value] = member;
        }
    }

    public string Summary(string id) => _members.TryGetValue(id, out XElement? member) && member.Element("summary") is { } summary ? Paragraph(summary) : string.Empty;

    /// <summary>The remarks: a paragraph for each &lt;para&gt;, or one for all.</summary>
    public IReadOnlyList<string> Remarks(string id) =>
        _members.TryGetValue(id, out XElement? member) && member.Element("remarks") is { } remarks ? Paragraphs(remarks) : [];

    public IReadOnlyList<ExampleHelp> Examples(string id) => _members.TryGetValue(id, out XElement? member)
        ? [.. member.Elements("example").Select(example => new ExampleHelp(Code(example.Element("code")!), [.. example.Elements("para").Select(Paragraph)]))]
        : [];

    public IReadOnlyList<LinkHelp> Links(string id) => _members.TryGetValue(id, out XElement? member)
        ? [.. member.Elements("seealso").Where(link => link.Attribute("href") is not null).Select(link => new LinkHelp(LinkText(link), link.Attribute("href")!.Value))]
        : [];

    private static string LinkText(XElement link) => Paragraph(link) is { Length: > 0 } text ? text : link.Attribute("href")!.Value;

    private static IReadOnlyList<string> Paragraphs(XElement element)
    {
        List<string> paragraphs = [.. element.Elements("para").Select(Paragraph)];
        if (paragraphs.Count == 0)
            return [Paragraph(element)];

        string loose = Squeeze(string.Concat(element.Nodes().Where(node => node is not XElement { Name.LocalName: "para" }).Select(Text)));
        return loose.Length == 0 ? paragraphs : [loose, .. paragraphs];
    }

    private static string Paragraph(XElement element) => Squeeze(string.Concat(element.Nodes().Select(Text)));

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "seealso" } see => see.Nodes().Any() ? string.Concat(see.Nodes().Select(Text)) : Reference(see),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => reference.Attribute("name")!.Value,
        XElement { Name.LocalName: "item" } item => string.Concat(item.Nodes().Select(Text)) + " ",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => string.Empty,
    };

    private static string Reference(XElement see)
    {
        if ((see.Attribute("langword") ?? see.Attribute("href")) is { } word)
            return word.Value;

        string cref = see.Attribute("cref")!.Value;
        string name = cref[(cref.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    // The file keeps the source's indentation: the least of it belongs to the source.
    private static string Code(XElement code)
    {
        string[] lines = code.Value.Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n').TrimEnd().Split('\n');
        int margin = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        var text = new StringBuilder();
        foreach (string line in lines)
            text.Append(line.Length > margin ? line[margin..].TrimEnd() : string.Empty).Append('\n');
        return text.ToString().Trim('\n');
    }

    private static string Squeeze(string text) => Regex.Replace(text, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)).Trim();
}
