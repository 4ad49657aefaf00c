using System.Net;
using System.Net.Sockets;

namespace MailDns.Dns;

/// <summary>How a server is asked.</summary>
internal enum ServerTransport
{
    /// <summary>UDP, and TCP where an answer does not fit (RFC 1035 section 4.2).</summary>
    Plain,

    /// <summary>DNS over TLS (RFC 7858), with the server's name or address checked (RFC 8310 section 5, strict).</summary>
    Tls,

    /// <summary>DNS over HTTPS (RFC 8484).</summary>
    Https,
}

/// <summary>
/// A DNS server as a person types it: <c>address[:port]</c>, <c>[IPv6]:port</c>, <c>name[:port]</c>, <c>tls://name-or-address[:port]</c> or
/// <c>https://name/path</c>.
/// </summary>
internal sealed class ServerAddress : IEquatable<ServerAddress>
{
    /// <summary>The port of DNS over TLS (RFC 7858 section 3.1).</summary>
    public const int TlsPort = 853;

    private const string TlsScheme = "tls://";
    private const string Forms = "IP address or host name; write address, address:port, [IPv6]:port, name, tls://name or https://name/dns-query.";
    private const string HttpsScheme = "https://";
    private const string DefaultPath = "/dns-query";
    private const string Template = "{?dns}";
    private const int MaxLength = 2048;

    private ServerAddress(ServerTransport transport, string text, string host, int port, IPEndPoint? endPoint = null, Uri? uri = null)
    {
        Transport = transport;
        Text = text;
        Host = host;
        Port = port;
        EndPoint = endPoint;
        Uri = uri;
    }

    public ServerTransport Transport { get; }

    /// <summary>As it is shown: an address without the port that needs no saying.</summary>
    public string Text { get; }

    /// <summary>The name or the address.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>Where a plain server is; null where its name is to be resolved first, and for the other transports.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>Where DNS over HTTPS is served; null for the other transports.</summary>
    public Uri? Uri { get; }

    /// <summary>
    /// True for a server that answers as the Internet sees a domain: one with a public address, and one over TLS or HTTPS. A plain server
    /// with a private address may hold a zone of its own.
    /// </summary>
    public bool IsOutside => Transport != ServerTransport.Plain || (EndPoint is not null && Https.PublicAddress.IsPublic(EndPoint.Address));

    /// <summary>A plain server.</summary>
    public static ServerAddress Of(IPEndPoint endPoint) => new(
        ServerTransport.Plain,
        endPoint.Port == ServerEndpoint.DefaultPort ? endPoint.Address.ToString() : endPoint.ToString(),
        endPoint.Address.ToString(),
        endPoint.Port,
        endPoint);

    /// <summary>Reads what was typed; the reason says what is wrong with it.</summary>
    public static bool TryParse(string? text, out ServerAddress? address, out string reason)
    {
        address = null;
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length > MaxLength)
        {
            reason = "it is longer than " + MaxLength.ToString(CultureInfo.InvariantCulture) + " characters.";
            return false;
        }

        if (trimmed.StartsWith(HttpsScheme, StringComparison.OrdinalIgnoreCase))
            return TryParseHttps(trimmed, out address, out reason);

        if (trimmed.StartsWith(TlsScheme, StringComparison.OrdinalIgnoreCase))
            return TryParseHost(ServerTransport.Tls, trimmed.Substring(TlsScheme.Length), TlsPort, out address, out reason);

        if (trimmed.IndexOf("://", StringComparison.Ordinal) is > 0 and int scheme)
        {
            reason = "the scheme " + PrintableText.Quote(trimmed.Substring(0, scheme)) + " is not supported; use https:// or tls://.";
            return false;
        }

        return TryParseHost(ServerTransport.Plain, trimmed, ServerEndpoint.DefaultPort, out address, out reason);
    }

    public bool Equals(ServerAddress? other) => other is not null && Transport == other.Transport && string.Equals(Text, other.Text, StringComparison.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as ServerAddress);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Text);

    public override string ToString() => Text;

    private static bool TryParseHttps(string text, out ServerAddress? address, out string reason)
    {
        address = null;

        // A URI template with the variable "dns" (RFC 8484 section 4.1): with POST the variable stays empty.
        if (text.EndsWith(Template, StringComparison.Ordinal)) text = text.Substring(0, text.Length - Template.Length);

        if (text.IndexOf('{') >= 0 || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Host.Length == 0)
        {
            reason = "it is not a valid https address of a DNS server; write https://name/dns-query.";
            return false;
        }

        if (uri.AbsolutePath == "/" && uri.Query.Length == 0) uri = new Uri(uri, DefaultPath);

        reason = string.Empty;
        address = new ServerAddress(ServerTransport.Https, uri.AbsoluteUri, uri.DnsSafeHost, uri.Port, uri: uri);
        return true;
    }

    private static bool TryParseHost(ServerTransport transport, string text, int defaultPort, out ServerAddress? address, out string reason)
    {
        address = null;
        text = transport == ServerTransport.Tls ? text.TrimEnd('/') : text;
        if (ServerEndpoint.TryParse(text, out IPEndPoint? endPoint, out reason, Forms))
        {
            bool hasPort = text.IndexOf("]:", StringComparison.Ordinal) >= 0 || (text.IndexOf(':') >= 0 && text.IndexOf(':') == text.LastIndexOf(':'));
            var place = new IPEndPoint(endPoint!.Address, hasPort ? endPoint.Port : defaultPort);
            address = transport == ServerTransport.Plain
                ? Of(place)
                : new ServerAddress(transport, TlsScheme + (place.Port == defaultPort ? Bracket(place.Address) : place.ToString()), place.Address.ToString(), place.Port);
            return true;
        }

        int colon = text.IndexOf(':');
        string host = colon < 0 ? text : text.Substring(0, colon);
        int port = defaultPort;
        if (!IsName(host)) return false;

        if (colon >= 0 && (!int.TryParse(text.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > IPEndPoint.MaxPort))
        {
            reason = PrintableText.Quote(text.Substring(colon + 1)) + " is not a valid port; a port is 1 to 65535.";
            return false;
        }

        reason = string.Empty;
        string shown = port == defaultPort ? host : host + ":" + port.ToString(CultureInfo.InvariantCulture);
        address = new ServerAddress(transport, transport == ServerTransport.Tls ? TlsScheme + shown : shown, host, port);
        return true;
    }

    private static string Bracket(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "[" + address + "]" : address.ToString();

    // "1.2.3" and "0x7f.1" are mistyped addresses and not names: a name's last label is not a number.
    private static bool IsName(string text)
    {
        string[] labels = text.TrimEnd('.').Split('.');
        return text.Length is > 0 and <= DomainName.MaxLength
            && labels.All(label => label.Length is > 0 and <= DomainName.MaxLabelLength && label[0] != '-' && label.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_'))
            && !labels[labels.Length - 1].All(c => c is >= '0' and <= '9')
            && !labels[labels.Length - 1].StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A DNS server as a person types it: <c>address</c>, <c>address:port</c>, <c>[IPv6]</c>, <c>[IPv6]:port</c>.</summary>
internal static class ServerEndpoint
{
    /// <summary>The port of DNS (RFC 1035 section 4.2).</summary>
    public const int DefaultPort = 53;

    // The longest address, a scope name and a port.
    private const int MaxLength = 128;

    /// <summary>Reads an address; names are for <see cref="ServerAddress"/>, which says so in its forms.</summary>
    public static bool TryParse(string? text, out IPEndPoint? endpoint, out string reason, string forms = "IP address; write address, address:port or [IPv6]:port.")
    {
        endpoint = null;
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed.Length == 0 || trimmed.Length > MaxLength)
        {
            reason = trimmed.Length == 0 ? "it is empty." : "it is too long.";
            return false;
        }

        Cut(trimmed, out string address, out string? port);
        if (!TryParseAddress(address, out IPAddress? parsed))
        {
            reason = PrintableText.Quote(trimmed) + " is not a valid " + forms;
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
