namespace MailDns.Report;

/// <summary>What people call an area.</summary>
internal static class AreaLabel
{
    /// <summary>The name itself for an area that this version does not know.</summary>
    public static string Of(string area) => area switch
    {
        nameof(CheckArea.Dns) => "DNS",
        nameof(CheckArea.Spf) => "SPF",
        nameof(CheckArea.SenderId) => "Sender ID",
        nameof(CheckArea.Dkim) => "DKIM",
        nameof(CheckArea.DomainKeys) => "DomainKeys",
        nameof(CheckArea.Dmarc) => "DMARC",
        nameof(CheckArea.Bimi) => "BIMI",
        nameof(CheckArea.Mx) => "MX",
        nameof(CheckArea.Bounce) => "Bounce host",
        nameof(CheckArea.Tracking) => "Tracking host",
        nameof(CheckArea.MtaSts) => "MTA-STS",
        nameof(CheckArea.TlsRpt) => "TLS reporting",
        nameof(CheckArea.Dane) => "DANE",
        nameof(CheckArea.Caa) => "CAA",
        nameof(CheckArea.Ptr) => "Reverse DNS",
        nameof(CheckArea.Provider) => "Provider",
        nameof(CheckArea.Alignment) => "Alignment",
        nameof(CheckArea.Message) => "Received message",
        "" => "Other",
        _ => area,
    };
}
