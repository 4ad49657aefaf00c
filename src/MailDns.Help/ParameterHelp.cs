namespace MailDns.Help;

/// <summary>One parameter: what it is called, takes and means.</summary>
internal sealed record ParameterHelp(
    string Name,
    IReadOnlyList<string> Aliases,
    string TypeName,
    string FullTypeName,
    bool IsSwitch,
    bool IsMandatory,
    string Position,
    string PipelineInput,
    string DefaultValue,
    bool TakesWildcards,
    IReadOnlyList<string> AcceptedValues,
    IReadOnlyList<string> Description);
