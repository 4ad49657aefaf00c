namespace MailDns.TestSupport;

/// <summary>RCODE values (RFC 1035 section 4.1.1, RFC 6891 section 9).</summary>
public enum ResponseCode
{
    NoError = 0,
    FormErr = 1,
    ServFail = 2,
    NxDomain = 3,
    NotImp = 4,
    Refused = 5,
    BadVers = 16,
}
