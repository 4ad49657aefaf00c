using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>A DKIM signature that mail will carry.</summary>
internal sealed class AlignmentSignature
{
    public AlignmentSignature(DomainName domain, DomainName? keyName)
    {
        Domain = domain;
        KeyName = keyName;
    }

    /// <summary>The signing domain, d= (RFC 6376 section 3.5).</summary>
    public DomainName Domain { get; }

    /// <summary>Where its key is published; null where the selector is not known, and the key is taken for granted.</summary>
    public DomainName? KeyName { get; }
}
