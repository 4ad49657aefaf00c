namespace MailDns;

/// <summary>What the owner of a domain knows of mailing lists, which break both SPF and, often, DKIM (RFC 9989 section 7.4).</summary>
public enum MailingListUse
{
    /// <summary>Nobody writes to mailing lists with the domain in From.</summary>
    None,

    /// <summary>Some do, and the owner accepts that this mail is refused.</summary>
    Accepted,
}
