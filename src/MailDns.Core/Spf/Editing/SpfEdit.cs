using System;
using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>A record after mechanisms were added or removed.</summary>
internal sealed class SpfEdit
{
    public SpfEdit(SpfRecord before, SpfRecord after, IReadOnlyList<string> done, IReadOnlyList<string> notes)
    {
        Before = before;
        After = after;
        Done = done;
        Notes = notes;
    }

    public SpfRecord Before { get; }

    public SpfRecord After { get; }

    /// <summary>The terms that were added or removed, as they are in the record.</summary>
    public IReadOnlyList<string> Done { get; }

    /// <summary>What a person should know of the terms that were not, and of what stays in force; escaped for display.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>False when the record is what it was, to the letter.</summary>
    public bool IsChanged => !string.Equals(Before.Text, After.Text, StringComparison.Ordinal);
}
