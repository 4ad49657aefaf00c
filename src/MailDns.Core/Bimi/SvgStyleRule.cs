using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>A style sheet's rule with one simple selector: an element's name, classes and an id, each optional.</summary>
internal sealed class SvgStyleRule
{
    private readonly string? _element;
    private readonly string? _id;
    private readonly IReadOnlyList<string> _classes;

    public SvgStyleRule(string? element, string? id, IReadOnlyList<string> classes, IReadOnlyList<KeyValuePair<string, string>> declarations)
    {
        _element = element;
        _id = id;
        _classes = classes;
        Declarations = declarations;
    }

    public IReadOnlyList<KeyValuePair<string, string>> Declarations { get; }

    /// <summary>Specificity as one number (Selectors Level 3 section 9).</summary>
    public int Specificity => (_id is null ? 0 : 1_000_000) + (_classes.Count * 1000) + (_element is null ? 0 : 1);

    public bool Matches(XElement element)
    {
        if ((_element is not null && _element != element.Name.LocalName) || (_id is not null && _id != element.Attribute("id")?.Value))
        {
            return false;
        }

        string[] classes = (element.Attribute("class")?.Value ?? string.Empty).Split(' ', '\t', '\r', '\n');
        return _classes.All(name => classes.Contains(name));
    }
}
