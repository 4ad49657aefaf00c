using System.Xml;
using System.Xml.Linq;

namespace MailDns.Bimi;

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
