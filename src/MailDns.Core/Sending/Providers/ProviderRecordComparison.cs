using MailDns.Dns;

namespace MailDns;

/// <summary>One record of a profile against DNS.</summary>
internal sealed class ProviderRecordComparison
{
    public ProviderRecordComparison(SendingProviderRecord template, DomainName? host, ProviderRecordState state, string expected, string? actual, string detail)
    {
        Template = template;
        Host = host;
        State = state;
        Expected = expected;
        Actual = actual;
        Detail = detail;
    }

    public SendingProviderRecord Template { get; }

    /// <summary>The record's owner; null where a value for it was not given.</summary>
    public DomainName? Host { get; }

    public ProviderRecordState State { get; }

    /// <summary>What the profile asks for; unknown values stand in braces.</summary>
    public string Expected { get; }

    /// <summary>What DNS holds, escaped; null for nothing.</summary>
    public string? Actual { get; }

    /// <summary>The facts in one line, escaped.</summary>
    public string Detail { get; }

    /// <summary>The old value that was found; null unless the state is Obsolete or an old value stands beside the new one.</summary>
    public SendingProviderObsoleteValue? Obsolete { get; set; }

    /// <summary>True where the record that was found still holds a placeholder or a sample of the documentation.</summary>
    public bool HoldsPlaceholder { get; set; }

    /// <summary>The record that would put it right; null where values are missing, or where it has to be merged into one that is there (SPF).</summary>
    public ResourceRecord? Fix { get; set; }

    public override string ToString() => State + " " + Detail;
}
