namespace MailDns;

/// <summary>The part of a sending domain that a check looks at.</summary>
public enum CheckArea
{
    /// <summary>Names, answers and delegation.</summary>
    Dns,

    /// <summary>Sender Policy Framework (RFC 7208).</summary>
    Spf,

    /// <summary>Sender ID (RFC 4406, Historic).</summary>
    SenderId,

    /// <summary>DKIM keys (RFC 6376).</summary>
    Dkim,

    /// <summary>DomainKeys and ADSP policies (RFC 4870, RFC 5617, Historic).</summary>
    DomainKeys,

    /// <summary>DMARC (RFC 9989).</summary>
    Dmarc,

    /// <summary>BIMI.</summary>
    Bimi,

    /// <summary>Mail exchangers.</summary>
    Mx,

    /// <summary>Return-Path host.</summary>
    Bounce,

    /// <summary>Tracking host.</summary>
    Tracking,

    /// <summary>MTA-STS (RFC 8461).</summary>
    MtaSts,

    /// <summary>SMTP TLS reporting (RFC 8460).</summary>
    TlsRpt,

    /// <summary>DANE (RFC 7672).</summary>
    Dane,

    /// <summary>Certification authority authorisation (RFC 8659).</summary>
    Caa,

    /// <summary>Reverse DNS and HELO names.</summary>
    Ptr,

    /// <summary>What a provider's profile asks for.</summary>
    Provider,

    /// <summary>DMARC alignment of the whole.</summary>
    Alignment,

    /// <summary>What mailbox providers ask of senders.</summary>
    Receiver,

    /// <summary>One received message (Test-MailMessage).</summary>
    Message,
}
