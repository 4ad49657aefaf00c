namespace MailDns.MtaSts;

/// <summary>A fault of an MTA-STS record or policy with its place in the text.</summary>
internal sealed class MtaStsFault
{
    public MtaStsFault(MtaStsFaultKind kind, string message, int offset, int length, string rule)
    {
        Kind = kind;
        Message = message;
        Offset = offset;
        Length = length;
        Rule = rule;
    }

    public MtaStsFaultKind Kind { get; }

    /// <summary>In words, foreign text escaped.</summary>
    public string Message { get; }

    public int Offset { get; }

    public int Length { get; }

    /// <summary>The section and ABNF rule that is broken.</summary>
    public string Rule { get; }
}
