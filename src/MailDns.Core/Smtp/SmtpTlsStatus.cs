namespace MailDns;

/// <summary>What one address of a mail host shows up to TLS, held against MTA-STS, DANE and its names. Texts from outside are escaped.</summary>
public sealed class SmtpTlsStatus : AreaStatus
{
    internal SmtpTlsStatus(string domain, string host, int port)
        : base(domain)
    {
        Host = host;
        Port = port;
    }

    /// <summary>The mail host: an exchanger of the domain, the domain itself where it has no MX, or the one that was named; empty where there is none.</summary>
    public string Host { get; }

    /// <summary>The address that was connected to; null where the host has none.</summary>
    public string? Address { get; internal set; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The exchanger's preference; lower is tried first. Null for a host that was named, and without MX.</summary>
    public int? Preference { get; internal set; }

    /// <summary>True where a connection came about, false where none did; null where none was tried.</summary>
    public bool? Reachable { get; internal set; }

    /// <summary>The first line of the greeting; null where there is none.</summary>
    public string? Greeting { get; internal set; }

    /// <summary>The name that the server says of itself in answer to EHLO; null where it says none.</summary>
    public string? HeloName { get; internal set; }

    /// <summary>The extensions that the server offers before TLS.</summary>
    public string[] Extensions { get; internal set; } = Array.Empty<string>();

    /// <summary>Whether the server offers STARTTLS, and what became of it.</summary>
    public StartTlsState StartTls { get; internal set; }

    /// <summary>The version of TLS, e.g. "TLS 1.3"; also the old one of a server that knows no newer, to which nothing was encrypted. Null without TLS.</summary>
    public string? Protocol { get; internal set; }

    /// <summary>The cipher suite; null without TLS.</summary>
    public string? Cipher { get; internal set; }

    /// <summary>The server's certificate, with those that it sends beside it; null where none was seen.</summary>
    public SmtpCertificate? Certificate { get; internal set; }

    /// <summary>The TLSA records of the host, with what is to be said of them (DNSSEC, usage); null where they were not looked at.</summary>
    public TlsaStatus? Dane { get; internal set; }

    /// <summary>True where the certificate matches one of the TLSA records, false where it matches none; null without usable records, and where it is not known.</summary>
    public bool? DaneMatch { get; internal set; }

    /// <summary>The TLSA records that the certificate matches.</summary>
    public string[] MatchingRecords { get; internal set; } = Array.Empty<string>();

    /// <summary>True where senders that keep the domain's MTA-STS policy deliver to the host, false where they do not; null without a policy, and where it is not known.</summary>
    public bool? MtaStsMatch { get; internal set; }

    /// <summary>The names of the address (PTR), and whether one leads back; null where it was not connected to.</summary>
    public ReverseDnsStatus? ReverseDns { get; internal set; }

    /// <summary>Host, address and what TLS there is.</summary>
    public override string ToString() => Host + (Address is null ? string.Empty : " [" + Address + "]") + ": " + (Protocol ?? StartTls.ToString());

    /// <summary>The checks of several hosts of one domain: every finding, and of what is right or not looked at one result a check.</summary>
    internal static IEnumerable<CheckResult> Join(IEnumerable<SmtpTlsStatus> statuses)
    {
        foreach (IGrouping<string, CheckResult> results in statuses.SelectMany(status => status.Results).GroupBy(result => result.Id, StringComparer.Ordinal))
        {
            CheckResult[] findings = results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)).ToArray();
            foreach (CheckResult result in findings.Length > 0 ? findings : new[] { results.FirstOrDefault(result => result.Status == CheckStatus.Pass) ?? results.First() })
                yield return result;
        }
    }
}
