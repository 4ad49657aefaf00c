namespace MailDns.Dmarc;

/// <summary>One place where a DMARC text breaks its grammar.</summary>
internal sealed class DmarcFault
{
    public DmarcFault(DmarcFaultKind kind, string tag, string fragment, string message, int offset, int length, string rule)
    {
        Kind = kind;
        Tag = tag;
        Fragment = fragment;
        Message = message;
        Offset = offset;
        Length = length;
        Rule = rule;
    }

    public DmarcFaultKind Kind { get; }

    /// <summary>Name of the tag in lower case; empty where the part is none.</summary>
    public string Tag { get; }

    /// <summary>The offending text as it stands, not escaped.</summary>
    public string Fragment { get; }

    /// <summary>What is wrong, with foreign text escaped.</summary>
    public string Message { get; }

    public int Offset { get; }

    public int Length { get; }

    /// <summary>The rule that is broken.</summary>
    public string Rule { get; }

    public RecordParseException ToException(string text) => new(Message, text, Offset, Length, Rule);
}
