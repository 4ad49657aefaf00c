using MailDns.Text;

namespace MailDns.Spf;

/// <summary>One step of an evaluation, made into text only when somebody reads it.</summary>
internal readonly struct SpfTraceEntry
{
    private readonly SpfFrame _frame;
    private readonly SpfTerm? _term;
    private readonly string _outcome;

    public SpfTraceEntry(SpfFrame frame, SpfTerm? term, string outcome)
    {
        _frame = frame;
        _term = term;
        _outcome = outcome;
    }

    public override string ToString()
    {
        string indent = new(' ', 2 * _frame.Depth);
        return _term is null
            ? indent + _frame.Domain + ": " + PrintableText.Escape(_outcome)
            : indent + "  " + PrintableText.Escape(_term.Text) + ": " + PrintableText.Escape(_outcome);
    }
}
