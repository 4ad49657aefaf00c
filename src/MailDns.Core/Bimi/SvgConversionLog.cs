using System;
using System.Collections.Generic;
using System.Xml;
using System.Xml.Linq;

namespace MailDns.Bimi;

/// <summary>What a conversion did and what it could not do, each said once.</summary>
internal sealed class SvgConversionLog
{
    private const int MaxTexts = 50;

    private readonly List<string> _changes = new();
    private readonly List<string> _obstacles = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Changes => _changes;

    public IReadOnlyList<string> Obstacles => _obstacles;

    public void Change(string text) => Add(_changes, text, text);

    /// <summary>The same obstacle is told at its first place only.</summary>
    public void Obstacle(string text, XObject? place)
    {
        string where = place is IXmlLineInfo info && info.HasLineInfo() ? " (line " + info.LineNumber + ", column " + info.LinePosition + ")" : string.Empty;
        Add(_obstacles, "!" + text, text + where + ".");
    }

    private void Add(List<string> list, string key, string text)
    {
        if (list.Count < MaxTexts && _seen.Add(key))
        {
            list.Add(text);
        }
    }
}
