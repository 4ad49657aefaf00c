namespace MailDns.Spf;

/// <summary>A change to an SPF record is refused: it would break the record, or cannot be shown to be right.</summary>
internal sealed class SpfRefusalException(string message, bool isUnknown = false) : InvalidOperationException(message)
{
    /// <summary>True when a lookup failed, so that another try may succeed.</summary>
    public bool IsUnknown { get; } = isUnknown;
}
