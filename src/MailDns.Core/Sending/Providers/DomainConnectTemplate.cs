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
