namespace MailDns.MailReports;

/// <summary>What is to be said of a report, each thing once and with how often it was met.</summary>
internal sealed class ReportNotes
{
    // A hostile report could have a different fault in each of its million rows.
    private const int MaxTexts = 40;

    private readonly Dictionary<string, int> _warnings = new(System.StringComparer.Ordinal);
    private readonly Dictionary<string, int> _notes = new(System.StringComparer.Ordinal);

    public string[] Warnings => Texts(_warnings);

    public string[] Notes => Texts(_notes);

    /// <summary>Something that lowers the trust in the figures.</summary>
    public void Warn(string text) => Add(_warnings, text);

    /// <summary>A deviation that changes no figure.</summary>
    public void Note(string text) => Add(_notes, text);

    private static void Add(Dictionary<string, int> texts, string text)
    {
        if (texts.TryGetValue(text, out int count))
            texts[text] = count + 1;
        else if (texts.Count < MaxTexts)
            texts.Add(text, 1);
    }

    private static string[] Texts(Dictionary<string, int> texts) =>
        texts.Select(text => text.Value == 1 ? text.Key : text.Key.TrimEnd('.') + " (" + text.Value.ToString(CultureInfo.InvariantCulture) + " times).").ToArray();
}
