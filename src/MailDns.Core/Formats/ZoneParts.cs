namespace MailDns.Formats;

/// <summary>What a formatter wrote for the sets of one zone.</summary>
internal sealed class ZoneParts(DomainName zone)
{
    private readonly List<ExportSet> _sets = new();
    private readonly List<string> _texts = new();

    public DomainName Zone { get; } = zone;

    public IReadOnlyList<ExportSet> Sets => _sets;

    /// <summary>One a set.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public void Add(ExportSet set, string text)
    {
        _sets.Add(set);
        _texts.Add(text);
    }
}
