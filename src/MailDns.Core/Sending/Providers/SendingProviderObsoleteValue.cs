namespace MailDns;

/// <summary>A value that a provider once asked for and has replaced.</summary>
public sealed class SendingProviderObsoleteValue
{
    internal SendingProviderObsoleteValue(RecordPurpose role, string value, string? replacement, string? note, SendingProviderSource source)
    {
        Role = role;
        Value = value;
        Replacement = replacement;
        Note = note;
        Source = source.ToString();
    }

    /// <summary>What the value was for: SPF, the bounce host...</summary>
    public RecordPurpose Role { get; }

    /// <summary>The old include or target.</summary>
    public string Value { get; }

    /// <summary>What stands in its place today; null where the provider asks for nothing of the kind any more.</summary>
    public string? Replacement { get; }

    /// <summary>"which x has replaced" or "which is not asked for any more".</summary>
    internal string Fate => Replacement is null ? "which is not asked for any more" : "which " + Replacement + " has replaced";

    /// <summary>What else is to be known of the change.</summary>
    public string? Note { get; }

    /// <summary>The page that still named the old value.</summary>
    public string Source { get; }

    /// <summary>Old and new value.</summary>
    public override string ToString() => Value + " -> " + (Replacement ?? "nothing");
}
