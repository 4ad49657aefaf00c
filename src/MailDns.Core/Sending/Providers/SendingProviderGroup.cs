namespace MailDns;

/// <summary>Records of a profile or template that are made together or not at all; -ProviderGroup chooses among them.</summary>
public sealed class SendingProviderGroup
{
    internal SendingProviderGroup(string name, string? description, string[] excludes, bool isDefault)
    {
        Name = name;
        Description = description;
        Excludes = excludes;
        IsDefault = isDefault;
    }

    /// <summary>The name that -ProviderGroup takes.</summary>
    public string Name { get; }

    /// <summary>What its records are for; null where the file does not say.</summary>
    public string? Description { get; }

    /// <summary>Groups that cannot be made beside it: alternatives, such as a key as TXT or by CNAME.</summary>
    public string[] Excludes { get; } = Array.Empty<string>();

    /// <summary>True where its records are made without -ProviderGroup.</summary>
    public bool IsDefault { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
