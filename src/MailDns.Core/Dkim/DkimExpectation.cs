using MailDns.Dns;

namespace MailDns.Dkim;

/// <summary>What a platform's profile asks for at one selector.</summary>
internal sealed class DkimExpectation
{
    public DkimExpectation(string selector, DomainName? cnameTarget)
    {
        Selector = selector;
        CnameTarget = cnameTarget;
    }

    public string Selector { get; }

    /// <summary>Where the selector's alias has to lead; null where the platform gives a TXT record or an account's own target.</summary>
    public DomainName? CnameTarget { get; }
}
