namespace MailDns.Spf;

/// <summary>One breach of the grammar, with the term that holds it.</summary>
internal sealed class SpfFault
{
    public SpfFault(SpfFaultKind kind, RecordParseException error, int termOffset, int termLength)
    {
        Kind = kind;
        Error = error;
        TermOffset = termOffset;
        TermLength = termLength;
    }

    public SpfFaultKind Kind { get; }

    /// <summary>What is wrong and at which character.</summary>
    public RecordParseException Error { get; }

    public int TermOffset { get; }

    public int TermLength { get; }

    /// <summary>The whole term, as written.</summary>
    public string TermText => Error.Text.Substring(TermOffset, TermLength);
}
