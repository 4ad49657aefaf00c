using System.Collections.Generic;

namespace MailDns.Help;

/// <summary>All that the help of one cmdlet says.</summary>
internal sealed record CommandHelp(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<SyntaxHelp> Syntax,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<TypeHelp> Inputs,
    IReadOnlyList<TypeHelp> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<LinkHelp> Links)
{
    public string Verb => Name[..Name.IndexOf('-', System.StringComparison.Ordinal)];

    public string Noun => Name[(Name.IndexOf('-', System.StringComparison.Ordinal) + 1)..];
}
