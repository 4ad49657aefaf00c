namespace MailDns.Bimi;

/// <summary>A fault of a BIMI record with its place in the text.</summary>
internal sealed class BimiFault
{
    public BimiFault(BimiFaultKind kind, string message, int offset, int length, string rule)
    {
        Kind = kind;
        Message = message;
        Offset = offset;
        Length = length;
        Rule = rule;
    }

    public BimiFaultKind Kind { get; }

    /// <summary>In words, foreign text escaped.</summary>
    public string Message { get; }

    public int Offset { get; }

    public int Length { get; }

    public string Rule { get; }

    /// <summary>True for what is allowed but worth saying: an unknown tag is ignored by receivers.</summary>
    public bool IsHarmless => Kind == BimiFaultKind.UnknownTag;
}
