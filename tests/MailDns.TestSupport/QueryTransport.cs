namespace MailDns.TestSupport;

public enum QueryTransport
{
    Udp,
    Tcp,
}
