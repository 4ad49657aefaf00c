namespace MailDns.Formats;

/// <summary>Writes record sets in one format. A set is written whole or refused whole: targets that replace sets would delete what is left out.</summary>
internal abstract class RecordFormatter
{
    /// <summary>True where a document holds one zone.</summary>
    public abstract bool IsPerZone { get; }

    /// <summary>The set's part of the document.</summary>
    /// <exception cref="RecordExportException">The format cannot hold it.</exception>
    public abstract string Write(ExportSet set);

    /// <summary>What an administrator has to know before the document is applied; mostly nothing.</summary>
    public virtual string? Warn(ZoneParts zone) => null;

    /// <summary>The document, without a line end after its last line.</summary>
    public abstract string Compose(IReadOnlyList<ZoneParts> zones);
}
