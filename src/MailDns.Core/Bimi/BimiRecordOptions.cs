namespace MailDns.Bimi;

/// <summary>What a new BIMI record is to say.</summary>
internal sealed class BimiRecordOptions
{
    public string Selector { get; init; } = BimiSelector.Default;

    public string? LogoUri { get; init; }

    public string? EvidenceUri { get; init; }

    public BimiAvatarPreference AvatarPreference { get; init; }

    /// <summary>True: the domain declines to take part.</summary>
    public bool Decline { get; init; }
}
