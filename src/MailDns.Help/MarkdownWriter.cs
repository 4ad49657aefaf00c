using System.IO;
using System.Text;

namespace MailDns.Help;

/// <summary>Writes a page for each cmdlet, and their list, for people who read in a browser.</summary>
internal static class MarkdownWriter
{
    public static void Write(string folder, IReadOnlyList<CommandHelp> commands)
    {
        Directory.CreateDirectory(folder);
        var expected = commands.Select(command => command.Name + ".md").Append("README.md").ToHashSet(StringComparer.Ordinal);
        foreach (string old in Directory.GetFiles(folder, "*.md").Where(path => !expected.Contains(Path.GetFileName(path))))
            File.Delete(old);

        foreach (CommandHelp command in commands)
            File.WriteAllText(Path.Combine(folder, command.Name + ".md"), Page(command));
        File.WriteAllText(Path.Combine(folder, "README.md"), List(commands));
    }

    private static string List(IReadOnlyList<CommandHelp> commands)
    {
        var text = new StringBuilder("# Cmdlets\n\nMade from the sources by the build; the same as `Get-Help`.\n\n| | |\n|---|---|\n");
        foreach (CommandHelp command in commands)
            text.Append("| [").Append(command.Name).Append("](").Append(command.Name).Append(".md) | ").Append(Cell(command.Synopsis)).Append(" |\n");
        return text.ToString();
    }

    private static string Page(CommandHelp help)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(help.Name).Append("\n\n").Append(Prose(help.Synopsis)).Append("\n\n");
        text.Append("```\n").Append(string.Join("\n\n", help.Syntax.Select(set => set.Text))).Append("\n```\n\n");
        foreach (string paragraph in help.Description)
            text.Append(Prose(paragraph)).Append("\n\n");

        text.Append("## Examples\n\n");
        foreach (ExampleHelp example in help.Examples)
            text.Append("```powershell\n").Append(example.Code).Append("\n```\n\n").Append(Prose(string.Join(" ", example.Remarks))).Append("\n\n");

        text.Append("## Parameters\n\n| parameter | type | default | pipeline | meaning |\n|---|---|---|---|---|\n");
        foreach (ParameterHelp parameter in help.Parameters)
            text.Append(Row(parameter));
        text.Append("\nAnd the common parameters (`about_CommonParameters`).\n\n");

        text.Append("## Inputs\n\n").Append(Types(help.Inputs)).Append("\n## Outputs\n\n").Append(Types(help.Outputs));
        text.Append("\n## Notes\n\n").Append(string.Join("\n\n", help.Notes.Select(Prose))).Append("\n\n## Links\n\n");
        foreach (LinkHelp link in help.Links)
            text.Append("- [").Append(link.Text).Append("](").Append(link.Uri ?? link.Text + ".md").Append(")\n");
        return text.ToString();
    }

    private static string Row(ParameterHelp parameter)
    {
        string name = "`-" + parameter.Name + "`" + (parameter.IsMandatory ? " (required)" : string.Empty)
            + (parameter.Aliases.Count > 0 ? "<br>" + string.Join(", ", parameter.Aliases.Select(alias => "`-" + alias + "`")) : string.Empty);
        string meaning = string.Join(" ", parameter.Description)
            + (parameter.TakesWildcards ? " Wildcards are allowed." : string.Empty)
            + (parameter.AcceptedValues.Count > 0 ? " One of " + string.Join(", ", parameter.AcceptedValues) + "." : string.Empty);
        return "| " + name + " | " + parameter.TypeName + " | " + Cell(parameter.DefaultValue) + " | " + parameter.PipelineInput.Replace("True ", string.Empty, StringComparison.Ordinal) + " | " + Cell(meaning) + " |\n";
    }

    private static string Types(IReadOnlyList<TypeHelp> types) =>
        string.Concat(types.Select(type => "- `" + type.Name + "`" + (type.Description.Length > 0 ? ": " + Prose(type.Description) : string.Empty) + "\n"));

    private static string Cell(string text) => Prose(text).Replace("|", "\\|", StringComparison.Ordinal);

    // What Markdown would read as marks stays what it is.
    private static string Prose(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '*' or '_' or '<' or '`' or '[' or ']')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
