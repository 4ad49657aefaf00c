namespace MailDns;

/// <summary>A provider's profile: the records that it asks a sending domain for, with their sources.</summary>
public sealed class SendingProvider
{
    internal SendingProvider(string id, string name, string fileName)
    {
        Id = id;
        Name = name;
        FileName = fileName;
    }

    /// <summary>Stable short name, as -Provider takes it.</summary>
    public string Id { get; }

    /// <summary>The provider's name for people.</summary>
    public string Name { get; }

    /// <summary>Other names that -Provider takes.</summary>
    public string[] Aliases { get; internal set; } = Array.Empty<string>();

    /// <summary>What the provider does for the domain.</summary>
    public SendingProviderKind Kind { get; internal set; }

    /// <summary>Where its mail returns to, which decides what SPF is checked for.</summary>
    public SendingProviderReturnPath ReturnPath { get; internal set; }

    /// <summary>The records that it asks for.</summary>
    public SendingProviderRecord[] Records { get; internal set; } = Array.Empty<SendingProviderRecord>();

    /// <summary>The values that differ from account to account.</summary>
    public SendingProviderParameter[] Parameters { get; internal set; } = Array.Empty<SendingProviderParameter>();

    /// <summary>Values that it once asked for.</summary>
    public SendingProviderObsoleteValue[] Obsolete { get; internal set; } = Array.Empty<SendingProviderObsoleteValue>();

    /// <summary>Where the profile's values come from.</summary>
    public SendingProviderSource[] Sources { get; internal set; } = Array.Empty<SendingProviderSource>();

    /// <summary>How sure the profile is, where a record does not say otherwise.</summary>
    public SendingProviderConfidence Confidence { get; internal set; } = SendingProviderConfidence.High;

    /// <summary>What is not known of the provider's set-up.</summary>
    public string[] Unknowns { get; internal set; } = Array.Empty<string>();

    /// <summary>What the administrator has to know of the provider.</summary>
    public string? Note { get; internal set; }

    /// <summary>The file that the profile was read from.</summary>
    public string FileName { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    /// <summary>The parameter of that name; null where the profile has none.</summary>
    internal SendingProviderParameter? FindParameter(string name) =>
        Parameters.FirstOrDefault(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>True where the profile answers to that name: id, name or alias, in any case.</summary>
    internal bool IsNamed(string name) =>
        string.Equals(Id, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Name, name, StringComparison.OrdinalIgnoreCase)
        || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of a role, in the order of the profile.</summary>
    internal SendingProviderRecord[] RecordsOf(RecordPurpose role) => Records.Where(record => record.Role == role).ToArray();
}
