namespace MailDns;

/// <summary>One DKIM signature as a receiver saw it. A pass says that the signature is good, not that it aligns.</summary>
public sealed class DmarcReportDkim
{
    internal DmarcReportDkim(string domain, string? selector, string result)
    {
        Domain = domain;
        Selector = selector;
        Result = result;
    }

    /// <summary>d= of the signature; empty where the report does not tell.</summary>
    public string Domain { get; }

    /// <summary>s= of the signature; null where the report does not tell.</summary>
    public string? Selector { get; }

    /// <summary>The result in lower case (RFC 8601: none, pass, fail, policy, neutral, temperror, permerror); other words stay as they are.</summary>
    public string Result { get; }

    /// <summary>Domain, selector and result.</summary>
    public override string ToString() => (Selector is null ? Domain : Selector + "._domainkey." + Domain) + " " + Result;
}
