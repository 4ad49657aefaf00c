namespace MailDns.Diagnostics;

/// <summary>What is wrong at one place of a text, and the check that reports it.</summary>
/// <param name="Check">The check.</param>
/// <param name="Message">What is wrong, in words, foreign text escaped.</param>
/// <param name="Offset">Where the offending part begins.</param>
/// <param name="Length">Its number of characters; 0 where something is missing.</param>
/// <param name="Rule">The section and the rule that is broken.</param>
internal sealed record TextFault(CheckDefinition Check, string Message, int Offset, int Length, string Rule)
{
    /// <summary>The name of the tag in lower case, or the term, that the fault is in; empty where there is none.</summary>
    public string Part { get; init; } = string.Empty;

    /// <summary>The offending text of a tag as it is written, not escaped.</summary>
    public string Fragment { get; init; } = string.Empty;

    public RecordParseException ToException(string text) => new(Message, text, Offset, Length, Rule);
}
