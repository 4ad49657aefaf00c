namespace MailDns;

/// <summary>The TLSA records of one host that takes a domain's mail, and what is to be said of them.</summary>
public sealed class TlsaStatus : AreaStatus
{
    internal TlsaStatus(string domain, string hostName, string recordName, int port, IReadOnlyList<string> records, CheckSheet sheet)
        : base(domain, recordName)
    {
        HostName = hostName;
        Port = port;
        Records = records.Select(PrintableText.Escape).ToArray();
        Judge(sheet, isThere: Records.Length > 0);
    }

    /// <summary>The host: one of the domain's mail exchangers, or the one that was named.</summary>
    public string HostName { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The resolver that answered; null for zone files and planned records.</summary>
    public string? Resolver { get; internal set; }

    /// <summary>True where that resolver says that it validated the records by DNSSEC. It is its word: MailDns validates nothing itself.</summary>
    public bool IsAuthenticated { get; internal set; }

    /// <summary>The records, read.</summary>
    internal IReadOnlyList<TlsaData> Data { get; init; } = Array.Empty<TlsaData>();

    /// <summary>The lookup of the records, where it failed and that leaves them unknown.</summary>
    internal DnsResponse? Failure { get; init; }

    /// <summary>Host and number of records.</summary>
    public override string ToString() => RecordName + ": " + (Records.Length == 0 ? "no TLSA record" : string.Join(" | ", Records));
}
