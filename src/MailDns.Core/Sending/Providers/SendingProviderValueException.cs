namespace MailDns;

/// <summary>A placeholder of a provider's profile has no value, or a wrong one. The message says what the value is and where to find it.</summary>
/// <remarks>Creates the error for a profile's placeholder.</remarks>
public sealed class SendingProviderValueException(string provider, string placeholder, string message) : ArgumentException(message)
{
    /// <summary>The profile's id.</summary>
    public string Provider { get; } = provider;

    /// <summary>The placeholder's name, without braces.</summary>
    public string Placeholder { get; } = placeholder;
}
