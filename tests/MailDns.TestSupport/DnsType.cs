namespace MailDns.TestSupport;

/// <summary>DNS record types the test server knows by name (IANA values).</summary>
public enum DnsType
{
    None = 0,
    A = 1,
    NS = 2,
    CNAME = 5,
    SOA = 6,
    PTR = 12,
    MX = 15,
    TXT = 16,
    AAAA = 28,
    SRV = 33,
    OPT = 41,
    DS = 43,
    TLSA = 52,
    SPF = 99,
    ANY = 255,
    CAA = 257,
}
