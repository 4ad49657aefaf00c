namespace MailDns;

/// <summary>The TLSA records of one host that takes a domain's mail, and what is to be said of them.</summary>
public sealed class TlsaStatus
{
    internal TlsaStatus(string domain, string hostName, string recordName, int port, IReadOnlyList<string> records, CheckSheet sheet)
    {
        Domain = domain;
        HostName = hostName;
        RecordName = recordName;
        Port = port;
        Records = records.Select(PrintableText.Escape).ToArray();
        Results = sheet.Results;
        Findings = sheet.Findings;
        IsValid = Records.Length > 0 && sheet.IsClean;
    }

    /// <summary>The domain that was asked about.</summary>
    public string Domain { get; }

    /// <summary>The host: one of the domain's mail exchangers, or the one that was named.</summary>
    public string HostName { get; }

    /// <summary>Where the records stand.</summary>
    public string RecordName { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The records as in a zone file: usage, selector, matching type, data.</summary>
    public string[] Records { get; }

    /// <summary>The resolver that answered; null for zone files and planned records.</summary>
    public string? Resolver { get; internal set; }

    /// <summary>True where that resolver says that it validated the records by DNSSEC. It is its word: MailDns validates nothing itself.</summary>
    public bool IsAuthenticated { get; internal set; }

    /// <summary>True where there are records, none has an error, and DNSSEC is known to secure them.</summary>
    public bool IsValid { get; }

    /// <summary>What was found, all but passes.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>Host and number of records.</summary>
    public override string ToString() => RecordName + ": " + (Records.Length == 0 ? "no TLSA record" : string.Join(" | ", Records));
}
