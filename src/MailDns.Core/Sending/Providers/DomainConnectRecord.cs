namespace MailDns;

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
