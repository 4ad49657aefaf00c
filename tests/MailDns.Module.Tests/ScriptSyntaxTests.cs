using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Every script of the repository is one.</summary>
public class ScriptSyntaxTests
{
    public static TheoryData<string> Scripts => [.. new[] { "*.ps1", "*.psm1", "*.psd1" }
        .SelectMany(pattern => Directory.EnumerateFiles(TestPaths.Root, pattern, SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(TestPaths.Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal)
            && !path.StartsWith("output/", StringComparison.Ordinal) && !path.StartsWith('.'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Parses(string path)
    {
        Parser.ParseFile(Path.Combine(TestPaths.Root, path), out _, out ParseError[] errors);

        Assert.Empty(errors.Select(error => error.Extent.StartLineNumber + ": " + error.Message));
    }
}
