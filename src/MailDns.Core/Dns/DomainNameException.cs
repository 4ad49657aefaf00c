namespace MailDns;

/// <summary>A name is not a valid domain name: empty, too long, not IDNA, of one label only; or it cannot be where it is meant to be. The message says why.</summary>
public sealed class DomainNameException : FormatException
{
    /// <summary>Creates the error for <paramref name="name"/>, which is not a valid domain name; shown escaped.</summary>
    public DomainNameException(string name, string reason)
        : this(name, reason, " is not a valid domain name: ")
    {
    }

    private DomainNameException(string name, string reason, string link)
        : base(MailDns.Text.PrintableText.Quote(name) + link + reason)
    {
        Name = name;
        Reason = reason;
    }

    /// <summary>The text that was given.</summary>
    public string Name { get; }

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; }

    /// <summary>A valid name that a record cannot have there.</summary>
    internal static DomainNameException Misplaced(DomainName name, string reason) => new(name.ToString(), reason, ": ");
}
