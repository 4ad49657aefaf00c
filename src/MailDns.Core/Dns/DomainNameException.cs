namespace MailDns;

/// <summary>A name is no domain name: empty, too long, not IDNA, of one label only. The message says which and where.</summary>
/// <remarks>Creates the error for <paramref name="name"/>, shown escaped.</remarks>
public sealed class DomainNameException(string name, string reason) : FormatException(MailDns.Text.PrintableText.Quote(name) + " is not a valid domain name: " + reason)
{
    /// <summary>The text that was given.</summary>
    public string Name { get; } = name;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
