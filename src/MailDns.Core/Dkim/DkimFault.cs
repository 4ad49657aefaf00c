namespace MailDns.Dkim;

/// <summary>One fault of a text, with its place and the check that reports it. The message's foreign text is escaped.</summary>
internal sealed class DkimFault
{
    public DkimFault(CheckDefinition check, string message, int offset, int length, string rule)
    {
        Check = check;
        Message = message;
        Offset = offset;
        Length = length;
        Rule = rule;
    }

    public CheckDefinition Check { get; }

    /// <summary>A sentence without its full stop.</summary>
    public string Message { get; }

    public int Offset { get; }

    public int Length { get; }

    public string Rule { get; }
}
