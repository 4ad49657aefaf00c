namespace MailDns;

/// <summary>A kind of TLS failure at one host.</summary>
public sealed class TlsFailureSummary
{
    internal TlsFailureSummary(string resultType, string? host)
    {
        ResultType = resultType;
        Host = host;
    }

    /// <summary>The kind (RFC 8460 section 4.3). The set is open.</summary>
    public string ResultType { get; }

    /// <summary>The mail exchanger; null where the failure came before one was asked.</summary>
    public string? Host { get; }

    /// <summary>Sessions that failed so.</summary>
    public long Sessions { get; internal set; }

    /// <summary>Senders that met it; at most 100 of them.</summary>
    public string[] Reporters { get; internal set; } = Array.Empty<string>();

    /// <summary>What it means.</summary>
    public string Meaning { get; internal set; } = string.Empty;

    /// <summary>Who must act: MailServer, DnsZone, PolicyHost or Sender.</summary>
    public TlsResponsibility Responsible { get; internal set; }

    /// <summary>Kind, host and sessions.</summary>
    public override string ToString() => ResultType + " " + (Host ?? string.Empty) + " x" + Sessions;
}
