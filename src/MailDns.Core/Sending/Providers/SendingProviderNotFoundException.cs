namespace MailDns;

/// <summary>No shipped profile has the name that was given. The message names the nearest, or all.</summary>
public sealed class SendingProviderNotFoundException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    public SendingProviderNotFoundException(string message)
        : base(message)
    {
    }
}
