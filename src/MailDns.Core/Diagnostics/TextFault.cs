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

/// <summary>
/// The TXT record of one kind at a name, of which there may be one. Receivers discard what does not begin with the exact
/// version; a text that was meant to be a record is looked at only if there is no other.
/// </summary>
internal sealed class SingleText(DnsResponse answer, Func<string, bool> isRecord, Func<string, bool> isMeant)
{
    private const int MostShown = 5;

    public DnsResponse Answer { get; } = answer;
    public string[] Texts { get; } = answer.Texts.Where(answer.Texts.Any(isRecord) ? isRecord : isMeant).ToArray();

    /// <summary>The text, if there is exactly one; otherwise reports that there is none, or that there are several.</summary>
    /// <param name="missing">Reports that there is none; its last fact is what the answer says.</param>
    /// <param name="multiple">Reports several; its facts are their number and the name.</param>
    /// <param name="sheet">Where findings go.</param>
    /// <param name="where">The first facts of <paramref name="missing"/>.</param>
    public string? Judge(CheckDefinition missing, CheckDefinition multiple, CheckSheet sheet, params object?[] where)
    {
        if (Texts.Length == 1)
        {
            sheet.Found(missing, Texts[0]);
            return Texts[0];
        }

        if (Texts.Length > 1)
            sheet.Report(multiple.With(Texts.Length, Answer.Question.Name), actual: string.Join(" | ", Texts.Take(MostShown).Select(PrintableText.Escape)));
        else if (!Answer.IsFailure)
            sheet.Report(missing.With(where.Append(Answer.Describe()).ToArray()));

        return null;
    }

    /// <summary>Completes the checks if there is no text to judge.</summary>
    public void CompleteWithout(IReadOnlyList<CheckDefinition> checks, string reason, CheckSheet sheet)
    {
        if (Answer.IsFailure)
            sheet.CompleteUnknown(checks, Answer);
        else
            sheet.CompleteNotApplicable(checks, reason);
    }
}
