namespace MailDns.Dns;

/// <summary>The DNS types that MailDns asks for or publishes, with their IANA numbers. Others are kept as their number.</summary>
internal enum DnsRecordType
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Dname = 39,
    Ds = 43,
    Rrsig = 46,
    Dnskey = 48,
    Nsec3Param = 51,
    Tlsa = 52,
    Spf = 99,
    Caa = 257,
}
