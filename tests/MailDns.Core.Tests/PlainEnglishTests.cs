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

    [Theory]
    [InlineData("\"x is no domain name\"", true)]
    [InlineData("\"A record stands at x\"", true)]
    [InlineData("\"several parted by commas\"", true)]
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

    [GeneratedRegex("(?<![Tt]here )is no (?!longer|more)[a-z]|none stands| stands (?:at|in|beside|alone)|parted by|holds up nobody|nothing is asked to happen|nothing is known of it|leads? nowhere|is not there: it comes")]
    private static partial Regex Odd();
}
