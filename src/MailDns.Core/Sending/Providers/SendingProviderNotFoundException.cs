namespace MailDns;

/// <summary>No shipped profile has the name that was given. The message names the nearest, or all.</summary>
/// <remarks>Creates the error.</remarks>
public sealed class SendingProviderNotFoundException(string message) : ArgumentException(message)
{
}
