namespace MailDns;

/// <summary>An SPF result as a receiver saw it. A pass says that the domain authorises the address, not that it aligns.</summary>
public sealed class DmarcReportSpf
{
    internal DmarcReportSpf(string domain, string? scope, string result)
    {
        Domain = domain;
        Scope = scope;
        Result = result;
    }

    /// <summary>The domain that was checked; empty where the report does not tell.</summary>
    public string Domain { get; }

    /// <summary>mfrom or helo; null where the report does not tell.</summary>
    public string? Scope { get; }

    /// <summary>The result in lower case (RFC 7208): none, neutral, pass, fail, softfail, temperror, permerror; other words stay as they are.</summary>
    public string Result { get; }

    /// <summary>Domain and result.</summary>
    public override string ToString() => Domain + " " + Result;
}
