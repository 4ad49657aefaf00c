namespace MailDns.Adapters;

/// <summary>
/// The port of name servers: 53. A process that runs name servers of its own on another port, as the tests do, says so by
/// <c>[AppDomain]::CurrentDomain.SetData('MailDns.NameServerPort', 5300)</c>. No parameter: NS records name no port.
/// </summary>
internal static class NameServerPort
{
    private const string DataName = "MailDns.NameServerPort";

    public static int Value => AppDomain.CurrentDomain.GetData(DataName) is { } port
        ? Convert.ToInt32(port, CultureInfo.InvariantCulture)
        : ServerEndpoint.DefaultPort;
}
