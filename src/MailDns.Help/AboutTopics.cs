using System;
using System.IO;
using System.Linq;
using System.Text;

namespace MailDns.Help;

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
