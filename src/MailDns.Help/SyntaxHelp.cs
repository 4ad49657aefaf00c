namespace MailDns.Help;

/// <summary>One parameter set, the parameters in the order of their positions.</summary>
internal sealed record SyntaxHelp(string Name, IReadOnlyList<ParameterHelp> Parameters, string Text);
