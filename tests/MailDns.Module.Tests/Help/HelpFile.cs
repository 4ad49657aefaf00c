using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using MailDns.Module.Tests.Engine;

namespace MailDns.Module.Tests.Help;

/// <summary>The help file beside the manifest under test.</summary>
internal static class HelpFile
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Folder => Path.Combine(Path.GetDirectoryName(TestPaths.Manifest)!, "en-US");

    /// <summary>Every example: its cmdlet, its place, its code.</summary>
    public static IEnumerable<(string Command, int Index, string Code)> Examples() =>
        from command in XDocument.Load(Path.Combine(Folder, "MailDns.dll-Help.xml")).Root!.Elements(s_command + "command")
        let name = command.Element(s_command + "details")!.Element(s_command + "name")!.Value
        from example in command.Element(s_command + "examples")!.Elements(s_command + "example").Select((element, index) => (element, index))
        select (name, example.index + 1, example.element.Element(s_dev + "code")!.Value);
}
