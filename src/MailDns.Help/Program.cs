using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MailDns.Help;

/// <summary>
/// MailDns.Help &lt;root of the repository&gt; &lt;configuration&gt;: reads the built module and its documentation files, and
/// writes en-US/ (Get-Help) and docs/cmdlets/ (pages). A cmdlet or a parameter without a text ends it with 1.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        string root = Path.GetFullPath(args[0]);
        string configuration = args[1];
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
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
