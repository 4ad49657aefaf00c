using System.ComponentModel;

namespace MailDns;

/// <summary>The part of a sending domain that a check looks at.</summary>
public enum CheckArea
{
    /// <summary>Names, answers and delegation.</summary>
    [Description("DNS")]
    Dns,

    /// <summary>Sender Policy Framework (RFC 7208).</summary>
    [Description("SPF")]
    Spf,

    /// <summary>Sender ID (RFC 4406, Historic).</summary>
    [Description("Sender ID")]
    SenderId,

    /// <summary>DKIM keys (RFC 6376).</summary>
    [Description("DKIM")]
    Dkim,

    /// <summary>DomainKeys and ADSP policies (RFC 4870, RFC 5617, Historic).</summary>
    [Description("DomainKeys")]
    DomainKeys,

    /// <summary>DMARC (RFC 9989).</summary>
    [Description("DMARC")]
    Dmarc,

    /// <summary>BIMI.</summary>
    [Description("BIMI")]
    Bimi,

    /// <summary>Mail exchangers.</summary>
    [Description("MX")]
    Mx,

    /// <summary>Return-Path host.</summary>
    [Description("Bounce host")]
    Bounce,

    /// <summary>Tracking host.</summary>
    [Description("Tracking host")]
    Tracking,

    /// <summary>MTA-STS (RFC 8461).</summary>
    [Description("MTA-STS")]
    MtaSts,

    /// <summary>SMTP TLS reporting (RFC 8460).</summary>
    [Description("TLS reporting")]
    TlsRpt,

    /// <summary>DANE (RFC 7672).</summary>
    [Description("DANE")]
    Dane,

    /// <summary>Certification authority authorisation (RFC 8659).</summary>
    [Description("CAA")]
    Caa,

    /// <summary>Reverse DNS and HELO names.</summary>
    [Description("Reverse DNS")]
    Ptr,

    /// <summary>What a provider's profile asks for.</summary>
    [Description("Provider")]
    Provider,

    /// <summary>DMARC alignment of the whole.</summary>
    [Description("Alignment")]
    Alignment,

    /// <summary>What mailbox providers ask of senders.</summary>
    Receiver,

    /// <summary>One received message (Test-MailMessage).</summary>
    [Description("Received message")]
    Message,

    /// <summary>The mail hosts themselves: SMTP, STARTTLS and certificates (RFC 3207).</summary>
    [Description("Mail hosts")]
    Smtp,

    /// <summary>DNS-based block lists (RFC 5782).</summary>
    [Description("Block lists")]
    Blocklist,

    /// <summary>Keys and signatures of the zone (RFC 4033 to 4035).</summary>
    [Description("DNSSEC")]
    Dnssec,
}
