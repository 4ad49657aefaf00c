namespace MailDns;

/// <summary>
/// A Domain Connect template: the records that a service asks for, with variables, in the machine-readable form of the
/// DNS industry (draft-ietf-dconn-domainconnect).
/// </summary>
internal sealed record DomainConnectTemplate(string ProviderId, string ServiceId, string ProviderName, string ServiceName, string FileName)
{
    /// <summary>Variables that the protocol itself gives a value: the zone, the name below it, both together.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = new[] { "%domain%", "%host%", "%fqdn%" };

    /// <summary>Number of the template's edition; null where it has none.</summary>
    public int? Version { get; init; }

    /// <summary>True where the service does not offer the synchronous flow.</summary>
    public bool SyncBlock { get; init; }

    /// <summary>Where the key stands that requests have to be signed with; null where none is needed.</summary>
    public string? SyncPubKeyDomain { get; init; }

    /// <summary>True where applying it again, with other values, does not take the place of what was applied before.</summary>
    public bool MultiInstance { get; init; }

    /// <summary>True where it is for a name below the zone only.</summary>
    public bool HostRequired { get; init; }

    public IReadOnlyList<DomainConnectRecord> Records { get; init; } = Array.Empty<DomainConnectRecord>();

    /// <summary>What is strange in the file and does not matter.</summary>
    public IReadOnlyList<string> Notes { get; init; } = Array.Empty<string>();

    public string Id => ProviderId + "." + ServiceId;

    /// <summary>The variables that need a value, in the order of the file.</summary>
    public IEnumerable<string> Variables => VariablesOf(Records);

    public IEnumerable<string> Groups => Records.Select(record => record.GroupId).OfType<string>().Distinct(StringComparer.Ordinal);

    public static IEnumerable<string> VariablesOf(IEnumerable<DomainConnectRecord> records) =>
        records.SelectMany(record => record.Texts).SelectMany(item => item.Text.Placeholders).Except(BuiltIn, StringComparer.Ordinal);
}

/// <summary>One record of a Domain Connect template (draft-ietf-dconn-domainconnect, "Template record"), as it was read.</summary>
internal sealed record DomainConnectRecord(string Type, SendingProviderTemplate Host, string ContentName, SendingProviderTemplate Content, JsonValue Json)
{
    public const string SpfMerge = "SPFM";

    /// <summary>The group that it belongs to; null for a record that is always made.</summary>
    public string? GroupId { get; init; }

    /// <summary>False where the DNS provider may let a user change it afterwards (essential: OnApply).</summary>
    public bool IsEssential { get; init; } = true;

    public SendingProviderTemplate? Ttl { get; init; }
    public SendingProviderTemplate? Priority { get; init; }
    public SendingProviderTemplate? Weight { get; init; }
    public SendingProviderTemplate? Port { get; init; }
    public SendingProviderTemplate? Service { get; init; }
    public SendingProviderTemplate? Protocol { get; init; }

    /// <summary>Which texts of the owner the template would remove: "None", "All" or "Prefix".</summary>
    public string ConflictMode { get; init; } = "None";

    public string ConflictPrefix { get; init; } = string.Empty;

    /// <summary>The property that names the owner.</summary>
    public string HostName => Type == "SRV" ? "name" : "host";

    /// <summary>Every text that may hold variables, by its property.</summary>
    public IEnumerable<(string Property, SendingProviderTemplate Text)> Texts =>
        new (string Property, SendingProviderTemplate? Text)[]
        {
            (HostName, Host), (ContentName, Content), ("ttl", Ttl), ("priority", Priority), ("weight", Weight), ("port", Port), ("service", Service), ("protocol", Protocol),
        }.Where(item => item.Text is not null).Select(item => (item.Property, item.Text!));

    /// <summary>"records[2].pointsTo (line 31)".</summary>
    public string Place(string property)
    {
        JsonValue at = Json.Find(property) ?? Json;
        return JsonValue.MemberPath(Json.Path, property) + " (line " + at.Line + ")";
    }
}

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
