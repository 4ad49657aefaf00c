namespace MailDns.Publishing;

/// <summary>A target could not be read or written.</summary>
internal sealed class TargetException(string message, bool isChanged = false, Exception? inner = null) : InvalidOperationException(message, inner)
{
    /// <summary>True where the target refused because the zone is not any more what the plan was made from; nothing was written.</summary>
    public bool IsChanged { get; } = isChanged;
}
