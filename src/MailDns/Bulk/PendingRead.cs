namespace MailDns.Bulk;

/// <summary>One object of a pipeline: and once it is done what it gave.</summary>
internal sealed class PendingRead(object target)
{
    private volatile bool _isDone;

    public object Target { get; } = target;

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
