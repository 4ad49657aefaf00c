using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>A record as it is to be published after an edit, and what to tell of it.</summary>
internal sealed class SpfEditReport
{
    public SpfEditReport(string text, SpfBudget before, SpfBudget after, IReadOnlyList<string> details, IReadOnlyList<string> warnings)
    {
        Text = text;
        Before = before;
        After = after;
        Details = details;
        Warnings = warnings;
    }

    public string Text { get; }

    public SpfBudget Before { get; }

    public SpfBudget After { get; }

    /// <summary>What was done, and the budget before and after.</summary>
    public IReadOnlyList<string> Details { get; }

    /// <summary>What a person must know before publishing.</summary>
    public IReadOnlyList<string> Warnings { get; }
}
