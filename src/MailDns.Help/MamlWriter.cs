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
