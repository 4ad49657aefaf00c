namespace MailDns;

/// <summary>When a failure report is wanted (RFC 9989 section 4.7, tag fo). The first two exclude each other.</summary>
public enum DmarcFailureOption
{
    /// <summary>"0", the default: no mechanism gave an aligned pass.</summary>
    AllFail = 0,

    /// <summary>"1": any mechanism gave something else than an aligned pass.</summary>
    AnyFails = 1,

    /// <summary>"d": a DKIM signature failed, aligned or not.</summary>
    Dkim = 2,

    /// <summary>"s": SPF failed, aligned or not.</summary>
    Spf = 3,
}
