namespace MailDns;

/// <summary>A failure of an SMTP TLS report (RFC 8460 section 4.3).</summary>
public sealed class TlsReportFailure
{
    /// <summary>What failed, e.g. certificate-expired. The set is open.</summary>
    public string ResultType { get; internal set; } = string.Empty;

    /// <summary>The address that sent; null where the report does not tell.</summary>
    public string? SendingMtaIP { get; internal set; }

    /// <summary>The mail exchanger; null where the failure came before one was asked.</summary>
    public string? ReceivingMxHostName { get; internal set; }

    /// <summary>What the mail exchanger called itself; null where the report does not tell.</summary>
    public string? ReceivingMxHelo { get; internal set; }

    /// <summary>The mail exchanger's address; null where the report does not tell.</summary>
    public string? ReceivingIP { get; internal set; }

    /// <summary>Sessions that failed so.</summary>
    public long FailedSessions { get; internal set; }

    /// <summary>Where more is said; null where the report does not tell.</summary>
    public string? AdditionalInformation { get; internal set; }

    /// <summary>The sender's own code; null where the report does not tell.</summary>
    public string? FailureReasonCode { get; internal set; }

    /// <summary>Type, host and sessions.</summary>
    public override string ToString() => ResultType + " " + (ReceivingMxHostName ?? ReceivingIP ?? string.Empty) + " x" + FailedSessions;
}
