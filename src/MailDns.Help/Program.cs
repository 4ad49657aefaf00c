using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace MailDns.Help;

/// <summary>
/// MailDns.Help &lt;root of the repository&gt; &lt;configuration&gt;: reads the built module and its documentation files, and
/// writes the views, en-US/ (Get-Help) and docs/cmdlets/ (pages). A cmdlet or a parameter without a text ends it with 1.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string root = Path.GetFullPath(args[0]);
        string configuration = args[1];
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        ViewFile.Write(root);
        var docs = new XmlDocs(new[] { "MailDns", "MailDns.Core" }.Select(project =>
            Path.Combine(root, "src", project, "bin", configuration, "netstandard2.0", project + ".xml")));
        IReadOnlyList<CommandHelp> commands = new CommandReader(docs).Read(Path.Combine(root, "MailDns.psd1"));
        string[] gaps = [.. Gaps.Find(commands)];
        foreach (string gap in gaps)
            Console.Error.WriteLine("error: " + gap);
        if (gaps.Length > 0)
            return 1;

        string target = Path.Combine(root, "en-US");
        Directory.CreateDirectory(target);
        AboutTopics.Write(Path.Combine(root, "docs", "about"), target, CheckList.Read(Path.Combine(root, "MailDns.psd1")));
        MarkdownWriter.Write(Path.Combine(root, "docs", "cmdlets"), commands);
        MamlWriter.Write(Path.Combine(target, "MailDns.dll-Help.xml"), commands);
        return 0;
    }
}

/// <summary>The about_ topics: docs/about/*.md as the text files that Get-Help shows.</summary>
internal static class AboutTopics
{
    private const string CheckList = "<!-- checks -->";

    public static void Write(string source, string target, string checks)
    {
        foreach (string path in Directory.GetFiles(source, "about_*.md"))
        {
            string text = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
            string name = Path.GetFileNameWithoutExtension(path);
            File.WriteAllText(Path.Combine(target, name + ".help.txt"), ToText(name, text.Replace(CheckList, checks, StringComparison.Ordinal)));
        }
    }

    // Get-Help finds a topic by its file's name and takes its synopsis from the SHORT DESCRIPTION.
    private static string ToText(string name, string markdown)
    {
        string[] lines = markdown.Split('\n');
        string synopsis = lines.Skip(1).First(line => line.Trim().Length > 0);
        var text = new StringBuilder();
        text.Append("TOPIC\n  ").Append(name).Append("\n\nSHORT DESCRIPTION\n  ").Append(synopsis.Trim()).Append("\n\nLONG DESCRIPTION\n");
        bool inCode = false;
        foreach (string line in lines.SkipWhile(line => line != synopsis).Skip(1))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
                continue;
            }

            text.Append(inCode ? "      " + line : Line(line)).Append('\n');
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static string Line(string line)
    {
        if (line.StartsWith('#'))
            return line.TrimStart('#').Trim().ToUpperInvariant();
        return line.Length == 0 ? string.Empty : "  " + line.Replace("`", string.Empty, StringComparison.Ordinal).Replace("**", string.Empty, StringComparison.Ordinal);
    }
}

/// <summary>The catalogue of checks as lines of text, from Get-SendingDomainCheck.</summary>
internal static class CheckList
{
    public static string Read(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        var text = new StringBuilder();
        foreach (IGrouping<string, PSObject> area in shell.AddCommand("Get-SendingDomainCheck").Invoke().GroupBy(check => Value(check, "Area")))
        {
            text.Append("## ").Append(area.Key).Append("\n\n```\n");
            foreach (PSObject check in area)
                text.Append(Value(check, "Id").PadRight(28)).Append(Value(check, "Severity").PadRight(12)).Append(Value(check, "Title")).Append('\n');
            text.Append("```\n\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Value(PSObject check, string property) => check.Properties[property].Value.ToString()!;
}

/// <summary>What the help of a cmdlet must have and has not.</summary>
internal static class Gaps
{
    private const int LeastExamples = 2;

    public static IEnumerable<string> Find(IEnumerable<CommandHelp> commands) => commands.SelectMany(Find);

    private static IEnumerable<string> Find(CommandHelp help)
    {
        if (help.Synopsis.Length == 0)
            yield return help.Name + " has no synopsis (<summary> of its class).";
        if (help.Description.Count == 0)
            yield return help.Name + " has no description (<remarks> of its class).";
        if (help.Examples.Count < LeastExamples)
            yield return help.Name + " has " + help.Examples.Count + " examples; at least two are wanted (<example> of its class).";
        if (help.Examples.Any(example => example.Code.Length == 0 || example.Remarks.Count == 0))
            yield return help.Name + " has an example without code or without a word on it.";
        if (help.Links.Count == 0)
            yield return help.Name + " names no other cmdlet and no RFC and has no <seealso href=\"...\">.";
        foreach (ParameterHelp parameter in help.Parameters.Where(parameter => parameter.Description.Count == 0))
            yield return help.Name + " -" + parameter.Name + " has no text (<summary> of its property).";
    }
}
