namespace MailDns;

/// <summary>One check of the catalogue, as Get-SendingDomainCheck lists it. Ids are stable.</summary>
public sealed class CheckDefinition
{
    private static int s_count;
    private readonly FindingTemplate _template;
    private string? _satisfied;

    internal CheckDefinition(
        string id,
        CheckArea area,
        CheckSeverity severity,
        CheckNeeds needs,
        string title,
        string finding,
        string recommendation,
        string reference)
    {
        Id = id;
        Area = area;
        Severity = severity;
        Needs = needs;
        Title = title;
        Finding = finding;
        Recommendation = recommendation;
        Reference = reference;
        _template = new FindingTemplate(finding);
    }

    /// <summary>Stable mnemonic, e.g. SPF-MULTIPLE.</summary>
    public string Id { get; }

    /// <summary>The part of the sending domain that it looks at.</summary>
    public CheckArea Area { get; }

    /// <summary>How much a finding matters.</summary>
    public CheckSeverity Severity { get; }

    /// <summary>What it has to look at.</summary>
    public CheckNeeds Needs { get; }

    /// <summary>What is true when the check passes, e.g. "One SPF record only".</summary>
    public string Title { get; }

    /// <summary>What it reports otherwise, with placeholders for the facts.</summary>
    public string Finding { get; }

    /// <summary>What to do about a finding.</summary>
    public string Recommendation { get; }

    /// <summary>The RFC and section, or the provider's page, that asks for it.</summary>
    public string Reference { get; }

    /// <summary>A number of its own from 0 on, for sets of checks.</summary>
    internal int Ordinal { get; } = Interlocked.Increment(ref s_count) - 1;

    /// <summary>The title as a sentence.</summary>
    internal string Satisfied => _satisfied ??= Title + ".";

    /// <summary>The id.</summary>
    public override string ToString() => Id;

    /// <summary>The finding with its facts: one for each placeholder, in the order of their first appearance. Foreign text in them is already escaped.</summary>
    internal CheckFinding With(params object?[] facts) => new(this, _template.Fill(facts));

    /// <summary>A finding in words of its own: only for a check that stands for several faults, which its row says by {fault}.</summary>
    internal CheckFinding Saying(string message)
    {
        FindingTemplate.Require(_template.IsOfSeveral, this);
        return new CheckFinding(this, message);
    }
}
