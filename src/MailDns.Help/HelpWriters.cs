using System.IO;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MailDns.Help;

/// <summary>Writes the file that Get-Help reads (MAML).</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_root = "http://msh";

    public static void Write(string path, IReadOnlyList<CommandHelp> commands)
    {
        var root = new XElement(s_root + "helpItems", new XAttribute("schema", "maml"), commands.Select(Command));
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" };
        using XmlWriter writer = XmlWriter.Create(path, settings);
        new XDocument(root).Save(writer);
    }

    private static XElement Command(CommandHelp help) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", help.Name),
            new XElement(s_command + "verb", help.Verb),
            new XElement(s_command + "noun", help.Noun),
            Description([help.Synopsis])),
        Description(help.Description),
        new XElement(s_command + "syntax", help.Syntax.Select(set => Syntax(help.Name, set))),
        new XElement(s_command + "parameters", help.Parameters.Select(Parameter)),
        new XElement(s_command + "inputTypes", help.Inputs.Select(type => Type(s_command + "inputType", type))),
        new XElement(s_command + "returnValues", help.Outputs.Select(type => Type(s_command + "returnValue", type))),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(help.Notes))),
        new XElement(s_command + "examples", help.Examples.Select(Example)),
        new XElement(s_command + "relatedLinks", help.Links.Select(Link)));

    private static XElement Syntax(string name, SyntaxHelp set) =>
        new(s_command + "syntaxItem", new XElement(s_maml + "name", name), set.Parameters.Select(Parameter));

    private static XElement Parameter(ParameterHelp parameter)
    {
        var element = new XElement(
            s_command + "parameter",
            new XAttribute("required", parameter.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", parameter.TypeName.EndsWith("[]", System.StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", parameter.TakesWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", parameter.PipelineInput),
            new XAttribute("position", parameter.Position),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(s_maml + "name", parameter.Name),
            Description(parameter.Description));
        if (parameter.AcceptedValues.Count > 0)
        {
            element.Add(new XElement(
                s_command + "parameterValueGroup",
                parameter.AcceptedValues.Select(value => new XElement(s_command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value))));
        }

        if (!parameter.IsSwitch)
            element.Add(new XElement(s_command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), parameter.TypeName));

        element.Add(
            new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName), new XElement(s_maml + "uri")),
            new XElement(s_dev + "defaultValue", parameter.DefaultValue));
        return element;
    }

    private static XElement Type(XName name, TypeHelp type) => new(
        name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name), new XElement(s_maml + "uri")),
        Description([type.Description]));

    private static XElement Example(ExampleHelp example, int index) => new(
        s_command + "example",
        new XElement(s_maml + "title", "-------------------------- Example " + (index + 1) + " --------------------------"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks)));

    // Get-Help -Online opens the first address of a link, whatever it is of: an RFC's stands in the text.
    private static XElement Link(LinkHelp link) => new(
        s_maml + "navigationLink",
        new XElement(s_maml + "linkText", link.Uri is null ? link.Text : link.Text + ": " + link.Uri),
        new XElement(s_maml + "uri"));

    private static XElement Description(IReadOnlyList<string> paragraphs) => new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IReadOnlyList<string> paragraphs) => paragraphs.Select(text => new XElement(s_maml + "para", text));
}

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
