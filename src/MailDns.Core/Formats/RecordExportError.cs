namespace MailDns.Formats;

/// <summary>What could not be written, and why.</summary>
internal sealed class RecordExportError
{
    public RecordExportError(string owner, RecordExportException exception)
    {
        Owner = owner;
        Exception = exception;
    }

    /// <summary>The owner's full name.</summary>
    public string Owner { get; }

    public RecordExportException Exception { get; }
}
