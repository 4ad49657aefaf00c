namespace MailDns.Messages;

/// <summary>The octets are not a message, or are more than MailDns reads. The message says what they are and what to do.</summary>
internal sealed class MessageException(bool isTooLarge, string message) : Exception(message)
{
    /// <summary>True where a limit was reached; false where the octets are not a message.</summary>
    public bool IsTooLarge { get; } = isTooLarge;
}
