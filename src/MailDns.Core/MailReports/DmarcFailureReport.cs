using System.Net;

namespace MailDns;

/// <summary>
/// A report on one message that failed (RFC 9991, RFC 6591, RFC 5965). Local parts of addresses, the subject and the body
/// are left out unless they were asked for.
/// </summary>
public sealed class DmarcFailureReport : MailReport
{
    /// <summary>Feedback-Type: auth-failure, or abuse and others that come to the same mailbox.</summary>
    public string FeedbackType { get; internal set; } = string.Empty;

    /// <summary>Auth-Failure: dmarc, spf, signature, bodyhash, revoked or adsp; several where the report has several.</summary>
    public string[] AuthFailure { get; internal set; } = Array.Empty<string>();

    /// <summary>Identity-Alignment as it is written. RFC 7489 lists the mechanisms that aligned, RFC 9991 those that did not.</summary>
    public string? IdentityAlignment { get; internal set; }

    /// <summary>Authentication-Results of the receiver; null where the report has none.</summary>
    public string? AuthenticationResults { get; internal set; }

    /// <summary>The software that wrote the report; null where it does not say.</summary>
    public string? UserAgent { get; internal set; }

    /// <summary>The address that sent; null where it is absent or not an address.</summary>
    public IPAddress? SourceIP { get; internal set; }

    /// <summary>Source-IP as it is written; null where it is absent.</summary>
    public string? SourceText { get; internal set; }

    /// <summary>Arrival-Date, else Received-Date, as it is written; null where both are absent.</summary>
    public string? ArrivalDate { get; internal set; }

    /// <summary>What became of the message: delivered, spam, policy, reject or other; null where the report does not tell.</summary>
    public string? DeliveryResult { get; internal set; }

    /// <summary>d= of the signature that failed; null where the report does not tell.</summary>
    public string? DkimDomain { get; internal set; }

    /// <summary>s= of the signature that failed; null where the report does not tell.</summary>
    public string? DkimSelector { get; internal set; }

    /// <summary>The SPF records that the receiver used.</summary>
    public string[] SpfDns { get; internal set; } = Array.Empty<string>();

    /// <summary>How many messages the report stands for; null where it does not tell, which means one.</summary>
    public int? Incidents { get; internal set; }

    /// <summary>MAIL FROM of the message: its domain, or the whole where that was asked for.</summary>
    public string? EnvelopeFrom { get; internal set; }

    /// <summary>Recipients of the message: their domains, or the whole where that was asked for.</summary>
    public string[] EnvelopeTo { get; internal set; } = Array.Empty<string>();

    /// <summary>The From field of the message: its domain, or the whole where that was asked for.</summary>
    public string? HeaderFrom { get; internal set; }

    /// <summary>The subject of the message; null unless it was asked for.</summary>
    public string? Subject { get; internal set; }

    /// <summary>What the report has of the message: Message, Headers or None.</summary>
    public string Sample { get; internal set; } = "None";

    /// <summary>Kind, domain and address.</summary>
    public override string ToString() => FeedbackType + " on " + Domain + (SourceText is null ? string.Empty : " from " + SourceText);
}
