namespace MailDns;

/// <summary>What became of one item of a plan, with what undoes it.</summary>
public sealed class RecordChangeResult
{
    internal RecordChangeResult(RecordChange change, RecordChangeStatus status, string message, RecordChange[] undo)
    {
        Change = change;
        Status = status;
        Message = PrintableText.Escape(message);
        Undo = undo;
    }

    /// <summary>The zone.</summary>
    public string ZoneName => Change.ZoneName;

    /// <summary>The owner relative to the zone.</summary>
    public string Name => Change.Name;

    /// <summary>The type's mnemonic.</summary>
    public string RecordType => Change.RecordType;

    /// <summary>What was planned.</summary>
    public RecordAction Action => Change.Action;

    /// <summary>What became of it.</summary>
    public RecordChangeStatus Status { get; }

    /// <summary>Why, in one line; where it failed, what the server or its cmdlet said.</summary>
    public string Message { get; }

    /// <summary>The item of the plan.</summary>
    public RecordChange Change { get; }

    /// <summary>What restores the former state when it is piped to Publish-SendingDomainRecord; empty where nothing was written.</summary>
    public RecordChange[] Undo { get; }

    /// <summary>Status and change in one line.</summary>
    public override string ToString() => Status + ": " + Change;

    internal static RecordChangeResult Of(RecordChange change, RecordChangeStatus status, string message) =>
        new(change, status, message, Array.Empty<RecordChange>());
}
