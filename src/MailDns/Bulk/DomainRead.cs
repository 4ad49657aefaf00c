using System;
using System.Collections.Generic;

namespace MailDns.Bulk;

/// <summary>One domain of a pipeline: its text as given, and once it is done what it gave.</summary>
internal sealed class DomainRead
{
    private volatile bool _isDone;

    public DomainRead(string text) => Text = text;

    public string Text { get; }

    /// <summary>What is to be written; empty after a failure.</summary>
    public IReadOnlyList<object> Output { get; private set; } = Array.Empty<object>();

    /// <summary>Why there is no output; null where there is.</summary>
    public Exception? Failure { get; private set; }

    public bool IsDone => _isDone;

    public void Complete(IReadOnlyList<object> output)
    {
        Output = output;
        _isDone = true;
    }

    public void Fail(Exception failure)
    {
        Failure = failure;
        _isDone = true;
    }
}
