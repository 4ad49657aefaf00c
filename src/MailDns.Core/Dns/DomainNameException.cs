namespace MailDns;

/// <summary>A name is no domain name: empty, too long, not IDNA, of one label only. The message says which and where.</summary>
public sealed class DomainNameException : FormatException
{
    /// <summary>Creates the error for <paramref name="name"/>, shown escaped.</summary>
    public DomainNameException(string name, string reason)
        : base(MailDns.Text.PrintableText.Quote(name) + " is no domain name: " + reason)
    {
        Name = name;
        Reason = reason;
    }

    /// <summary>The text that was given.</summary>
    public string Name { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }
}
