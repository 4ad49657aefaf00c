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

    /// <summary>Records that are made together or not at all, and which of them exclude each other; -ProviderGroup chooses.</summary>
    public SendingProviderGroup[] Groups { get; internal set; } = Array.Empty<SendingProviderGroup>();

    /// <summary>What a template asks for and this module does not make, with the reason.</summary>
    public string[] LeftOut { get; internal set; } = Array.Empty<string>();

    /// <summary>Ids of the platforms whose servers send for it: mail of a brand on Amazon SES looks like Amazon SES.</summary>
    public string[] Underlying { get; internal set; } = Array.Empty<string>();

    /// <summary>What in DNS tells the provider, beside the records that it asks for.</summary>
    internal ProviderTrait[] Traits { get; set; } = Array.Empty<ProviderTrait>();

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

    /// <summary>The same as <see cref="FileName"/>.</summary>
    public string Source => FileName;

    /// <summary>The template that it was made of; null for a profile.</summary>
    internal DomainConnectTemplate? Template { get; set; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    /// <summary>The parameter of that name; null where the profile has none.</summary>
    internal SendingProviderParameter? FindParameter(string name) =>
        Parameters.FirstOrDefault(parameter => string.Equals(parameter.Key, name, Template is null ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    /// <summary>True where a value of that name is for this profile or template.</summary>
    internal bool Takes(string name) =>
        Template is { } template ? template.Variables.Contains("%" + name + "%", StringComparer.Ordinal) : FindParameter(name) is not null;

    internal bool HasGroup(string name) => Groups.Any(group => string.Equals(group.Name, name, GroupComparison));

    /// <summary>
    /// The profile with the groups that are named, and of the others those that are made by default and that none of the named
    /// ones excludes. With none named it is the whole profile.
    /// </summary>
    /// <exception cref="SendingProviderValueException">It has no such group.</exception>
    internal SendingProvider Choose(IReadOnlyList<string> names)
    {
        string? unknown = names.FirstOrDefault(name => !HasGroup(name));
        if (unknown is not null)
        {
            string known = Groups.Length == 0 ? " It has no groups." : " Its groups: " + string.Join(", ", Groups.Select(group => group.Name)) + ".";
            throw new SendingProviderValueException(Id, "ProviderGroup", "Profile " + Id + " has no group " + PrintableText.Quote(unknown) + "." + known);
        }

        SendingProviderGroup[] named = Groups.Where(group => names.Contains(group.Name, StringComparer.OrdinalIgnoreCase)).ToArray();
        SendingProviderGroup? clash = named.FirstOrDefault(group => named.Any(other => group.Excludes.Contains(other.Name, StringComparer.Ordinal)));
        if (clash is not null)
        {
            throw new SendingProviderValueException(Id, "ProviderGroup", "Group " + clash.Name + " of profile " + Id + " cannot be made together with " + string.Join(", ", clash.Excludes) + ".");
        }

        return names.Count == 0 ? this : Keep(named.Concat(Groups.Where(group => group.IsDefault && !named.Any(other => other.Excludes.Contains(group.Name, StringComparer.Ordinal)))));
    }

    /// <summary>The profile with the groups that are made where nobody chooses.</summary>
    internal SendingProvider ChooseDefault() => Groups.Length == 0 || Template is not null ? this : Keep(Groups.Where(group => group.IsDefault));

    /// <summary>The profile with the records of these groups and those without a group.</summary>
    internal SendingProvider Keep(IEnumerable<SendingProviderGroup> groups)
    {
        var kept = (SendingProvider)MemberwiseClone();
        kept.Groups = groups.ToArray();
        kept.Records = Records.Where(record => record.Group is null || kept.HasGroup(record.Group)).ToArray();
        return kept;
    }

    private StringComparison GroupComparison => Template is null ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>True where the profile answers to that name: id, name or alias, in any case.</summary>
    internal bool IsNamed(string name) =>
        string.Equals(Id, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(Name, name, StringComparison.OrdinalIgnoreCase)
        || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The records of a role, in the order of the profile.</summary>
    internal SendingProviderRecord[] RecordsOf(RecordPurpose role) => Records.Where(record => record.Role == role).ToArray();
}
