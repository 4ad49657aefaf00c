namespace MailDns.Spf;

/// <summary>Reports findings on one record: bounded in number, with the corrected record where there is one.</summary>
internal sealed class SpfReporter
{
    /// <summary>Most findings of one check; a hostile record could cause thousands.</summary>
    private const int MostOfOneCheck = 10;

    private readonly CheckSheet _sheet;
    private readonly ResourceRecord[] _fix;
    private readonly string? _corrected;
    private readonly string _text;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private readonly string? _doubt;

    public SpfReporter(SpfReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord, IReadOnlyList<string>? strings = null)
    {
        _sheet = sheet;
        _text = reading.Record.Source;
        _corrected = SpfCorrector.TryCorrect(reading, strings, out string? doubt);
        _doubt = doubt is null ? null : " There is no corrected record: " + doubt + ".";
        _fix = _corrected is null || toRecord is null ? Array.Empty<ResourceRecord>() : new[] { toRecord(_corrected) };
    }

    /// <summary>A finding that the corrected record, where there is one, puts right.</summary>
    public void Corrected(CheckFinding finding, string? recommendation = null)
    {
        if (IsOneMore(finding.Check))
            _sheet.Report(finding, expected: Escaped(_corrected), actual: PrintableText.Escape(_text), (recommendation ?? finding.Check.Recommendation) + _doubt, _fix);
    }

    /// <summary>A finding that a person has to decide on.</summary>
    public void Plain(CheckFinding finding)
    {
        if (IsOneMore(finding.Check)) _sheet.Report(finding, actual: PrintableText.Escape(_text));
    }

    private static string? Escaped(string? text) => text is null ? null : PrintableText.Escape(text);

    private bool IsOneMore(CheckDefinition definition)
    {
        _counts.TryGetValue(definition.Id, out int count);
        _counts[definition.Id] = count + 1;
        return count < MostOfOneCheck;
    }
}
