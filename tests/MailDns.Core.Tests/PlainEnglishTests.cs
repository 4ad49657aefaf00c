using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace MailDns.Core.Tests;

/// <summary>Messages speak as other cmdlets do: no string of the sources has the phrases that people stumble over.</summary>
public sealed partial class PlainEnglishTests
{
    [Fact]
    public void No_string_has_an_odd_phrase()
    {
        string source = Path.Combine(Root(), "src");
        string[] found =
        [
            .. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, System.StringComparison.Ordinal))
                .SelectMany(file => File.ReadLines(file).Select((line, index) => (File: file, Line: line, Number: index + 1)))
                .Where(item => !item.Line.TrimStart().StartsWith("//", System.StringComparison.Ordinal))
                .Where(item => Literal().Matches(item.Line).Any(literal => Odd().IsMatch(literal.Value)))
                .Select(item => Path.GetRelativePath(source, item.File) + ":" + item.Number + " " + item.Line.Trim()),
        ];

        Assert.True(found.Length == 0, string.Join("\n", found));
    }

    // What is mended is named in the words of its time.
    [Fact]
    public void No_document_has_an_odd_phrase()
    {
        string root = Root();
        string[] found =
        [
            .. new[] { "docs", "module" }
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
                .Concat(Directory.EnumerateFiles(root, "*.md"))
                .Where(file => Path.GetExtension(file) is ".md" or ".json" or ".txt" or ".xml" or ".html" && Path.GetFileName(file) != "faults.md")
                .Where(file => !file.Contains(Path.DirectorySeparatorChar + "bin" + Path.DirectorySeparatorChar, System.StringComparison.Ordinal))
                .SelectMany(file => File.ReadLines(file).Select((line, index) => (File: file, Line: line, Number: index + 1)))
                .Where(item => Odd().IsMatch(item.Line))
                .Select(item => Path.GetRelativePath(root, item.File) + ":" + item.Number + " " + item.Line.Trim()),
        ];

        Assert.True(found.Length == 0, string.Join("\n", found));
    }

    [Theory]
    [InlineData("\"x is no domain name\"", true)]
    [InlineData("\"A record stands at x\"", true)]
    [InlineData("\"several parted by commas\"", true)]
    [InlineData("\"The tag p= stands twice\"", true)]
    [InlineData("\"the records are no keys\"", true)]
    [InlineData("\"The file holds no key\"", true)]
    [InlineData("\"it leads to no record\"", true)]
    [InlineData("\"specify it, or give -Path\"", true)]
    [InlineData("\"There is no DMARC record\"", false)]
    [InlineData("\"x is no longer valid\"", false)]
    public void The_test_sees_them(string literal, bool isOdd) => Assert.Equal(isOdd, Odd().IsMatch(literal));

    private static string Root()
    {
        DirectoryInfo? folder = new(System.AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MailDns.sln")))
            folder = folder.Parent;

        return folder!.FullName;
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Literal();

    [GeneratedRegex("(?<![Tt]here )(?:is|are) no (?!longer|more)[a-z]|none stands|[Nn]othing stands| stands? (?:at|in|beside|alone|twice|there|before|after|above|below|between|among|more than)|parted by|holds (?:no|up)|holds up nobody|nothing is asked to happen|[Nn]othing is known|leads? (?:nowhere|to no)|is not there: it comes|cannot be told|[Gg]ive -[A-Z]")]
    private static partial Regex Odd();
}
