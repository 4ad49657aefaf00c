using System.Net;
using System.Net.Sockets;

namespace MailDns.Dns;

/// <summary>A DNS server as a person types it: <c>address</c>, <c>address:port</c>, <c>[IPv6]</c>, <c>[IPv6]:port</c>.</summary>
internal static class ServerEndpoint
{
    /// <summary>The port of DNS (RFC 1035 section 4.2).</summary>
    public const int DefaultPort = 53;

    // The longest address, a scope name and a port.
    private const int MaxLength = 128;

    /// <summary>Reads an address; names are for <see cref="ServerAddress"/>.</summary>
    public static bool TryParse(string? text, out IPEndPoint? endpoint, out string reason)
    {
        endpoint = null;
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length == 0 || trimmed.Length > MaxLength)
        {
            reason = trimmed.Length == 0 ? "The server is empty." : "The server is too long for an address.";
            return false;
        }

        Cut(trimmed, out string address, out string? port);
        if (!TryParseAddress(address, out IPAddress? parsed))
        {
            reason = PrintableText.Quote(trimmed) + " is not a valid IP address or host name; write address, address:port, [IPv6]:port, name, tls://name or https://name/dns-query.";
            return false;
        }

        int number = DefaultPort;
        if (port is not null && (!IsDigits(port) || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > IPEndPoint.MaxPort))
        {
            reason = PrintableText.Quote(port) + " is not a valid port; a port is 1 to 65535.";
            return false;
        }

        reason = string.Empty;
        endpoint = new IPEndPoint(parsed!, number);
        return true;
    }

    private static void Cut(string text, out string address, out string? port)
    {
        address = text;
        port = null;
        if (text[0] == '[')
        {
            int close = text.IndexOf(']');
            string rest = close < 0 ? string.Empty : text.Substring(close + 1);
            if (close < 0 || (rest.Length > 0 && rest[0] != ':') || text.IndexOf(':') > close)
            {
                address = string.Empty;
                return;
            }

            address = text.Substring(1, close - 1);
            port = rest.Length == 0 ? null : rest.Substring(1);
            return;
        }

        // More than one colon without brackets is an IPv6 address without a port.
        int colon = text.IndexOf(':');
        if (colon >= 0 && colon == text.LastIndexOf(':'))
        {
            address = text.Substring(0, colon);
            port = text.Substring(colon + 1);
        }
    }

    private static bool TryParseAddress(string text, out IPAddress? address)
    {
        address = null;
        bool version6 = text.IndexOf(':') >= 0;

        // IPAddress takes "1", "0x7f.1" and "010.0.0.1" for IPv4 addresses; people who type those mean something else.
        if (!version6 && !IsDottedQuad(text)) return false;

        return IPAddress.TryParse(text, out address)
            && address.AddressFamily == (version6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    private static bool IsDottedQuad(string text)
    {
        string[] parts = text.Split('.');
        foreach (string part in parts)
        {
            if (!IsDigits(part) || part.Length > 3 || (part.Length > 1 && part[0] == '0')) return false;
        }

        return parts.Length == 4;
    }

    private static bool IsDigits(string text)
    {
        foreach (char c in text)
        {
            if (c is < '0' or > '9') return false;
        }

        return text.Length > 0;
    }
}
