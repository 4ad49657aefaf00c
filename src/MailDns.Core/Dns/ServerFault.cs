namespace MailDns.Dns;

/// <summary>A name server of a zone that does not serve it, and why.</summary>
internal sealed class ServerFault
{
    public ServerFault(string server, ServerFaultKind kind, string detail)
    {
        Server = server;
        Kind = kind;
        Detail = detail;
    }

    /// <summary>Name and address.</summary>
    public string Server { get; }

    public ServerFaultKind Kind { get; }

    /// <summary>In words, escaped.</summary>
    public string Detail { get; }

    public override string ToString() => Server + ": " + Detail;
}
