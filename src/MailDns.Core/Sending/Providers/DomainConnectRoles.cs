namespace MailDns;

/// <summary>
/// What a record of a Domain Connect template is for. The standard does not say it, and names of variables follow no
/// convention: owner, type and text tell.
/// </summary>
internal static class DomainConnectRoles
{
    private static readonly string[] s_bounceLabels = { "bounce", "bounces", "return", "returnpath", "return-path", "rp" };
    private static readonly string[] s_trackingLabels = { "track", "tracking", "trk", "click", "clicks", "link", "links" };

    /// <param name="type">The template's type.</param>
    /// <param name="owner">The owner's full name, unknown variables as they are written.</param>
    /// <param name="isDomain">True where that is the domain itself.</param>
    /// <param name="text">The content, unknown variables as they are written.</param>
    public static RecordPurpose Of(string type, string owner, bool isDomain, string text) => type switch
    {
        DomainConnectRecord.SpfMerge => RecordPurpose.Spf,
        "A" or "AAAA" => RecordPurpose.Address,
        "NS" => RecordPurpose.Delegation,
        "MX" => RecordPurpose.Mx,
        "TXT" or "CNAME" => OfName(owner) ?? (type == "TXT" ? OfText(text) : OfAlias(owner, isDomain)),
        _ => RecordPurpose.Other,
    };

    /// <summary>What a variable is, by where it stands: "DKIM selector", "whole SPF rules".</summary>
    public static string Place(DomainConnectRecord record, string property, SendingProviderTemplate text)
    {
        RecordPurpose role = Of(record.Type, record.Host.Text + ".x", record.Host.Text is "" or "@", record.Content.Text);
        string label = role switch
        {
            RecordPurpose.Spf => "SPF",
            RecordPurpose.Dkim => "DKIM",
            RecordPurpose.Dmarc => "DMARC",
            RecordPurpose.Bimi => "BIMI",
            RecordPurpose.MtaSts => "MTA-STS",
            RecordPurpose.TlsRpt => "TLS-RPT",
            RecordPurpose.Tracking => "tracking",
            RecordPurpose.Bounce => "bounce",
            RecordPurpose.Mx => "MX",
            RecordPurpose.Delegation => "name server",
            RecordPurpose.Verification => "verification",
            RecordPurpose.Address => record.Type,
            _ => record.Type,
        };
        if (property == record.HostName) return role == RecordPurpose.Dkim ? "DKIM selector" : label + " host";
        if (property != record.ContentName) return label + " " + property;

        bool isText = record.Type is "TXT" or DomainConnectRecord.SpfMerge;
        return !isText ? label + (record.Type is "A" or "AAAA" ? " address" : " target")
            : text.IsBare ? "whole " + label + (record.Type == "TXT" ? " record" : " rules")
            : role == RecordPurpose.Dkim ? "DKIM key"
            : "part of " + label;
    }

    private static RecordPurpose? OfName(string owner)
    {
        bool Begins(string label) => owner.StartsWith(label + ".", StringComparison.OrdinalIgnoreCase);
        bool Holds(string label) => owner.IndexOf("." + label + ".", StringComparison.OrdinalIgnoreCase) > 0;
        return Holds("_domainkey") ? RecordPurpose.Dkim
            : Holds("_report._dmarc") ? RecordPurpose.DmarcReportAuthorization
            : Begins("_dmarc") ? RecordPurpose.Dmarc
            : Holds("_bimi") ? RecordPurpose.Bimi
            : Begins("_mta-sts") || Begins("mta-sts") ? RecordPurpose.MtaSts
            : Begins("_smtp._tls") ? RecordPurpose.TlsRpt
            : Begins("_domainkey") ? RecordPurpose.DomainKeysPolicy
            : null;
    }

    private static RecordPurpose OfText(string text)
    {
        bool Is(string version) => text.StartsWith(version, StringComparison.OrdinalIgnoreCase);
        return Is("v=spf1 ") || text.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) ? RecordPurpose.Spf
            : Is("spf2.0/") ? RecordPurpose.SenderId
            : RecordPurpose.Verification;
    }

    private static RecordPurpose OfAlias(string owner, bool isDomain)
    {
        string label = owner.Split('.')[0].ToLowerInvariant();
        return isDomain ? RecordPurpose.Other
            : s_bounceLabels.Contains(label) || label.EndsWith("-bounces", StringComparison.Ordinal) || label.EndsWith("-bounce", StringComparison.Ordinal) ? RecordPurpose.Bounce
            : s_trackingLabels.Contains(label) ? RecordPurpose.Tracking
            : RecordPurpose.Other;
    }
}
