namespace MailDns;

/// <summary>A placeholder of a provider's profile has no value, or a wrong one. The message says what the value is and where to find it.</summary>
public sealed class SendingProviderValueException : ArgumentException
{
    /// <summary>Creates the error for a profile's placeholder.</summary>
    public SendingProviderValueException(string provider, string placeholder, string message)
        : base(message)
    {
        Provider = provider;
        Placeholder = placeholder;
    }

    /// <summary>The profile's id.</summary>
    public string Provider { get; }

    /// <summary>The placeholder's name, without braces.</summary>
    public string Placeholder { get; }
}
