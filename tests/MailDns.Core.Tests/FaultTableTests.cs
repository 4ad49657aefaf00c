using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests;

/// <summary>The table of mended faults names tests that are there.</summary>
public class FaultTableTests
{
    [Fact]
    public void Every_test_that_holds_a_fault_is_there()
    {
        Dictionary<string, string> classes = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains(Path.DirectorySeparatorChar + "obj" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .GroupBy(path => Path.GetFileNameWithoutExtension(path))
            .ToDictionary(group => group.Key, group => string.Concat(group.Select(File.ReadAllText)));
        string[] named = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "faults.md")), @"`(\w+Tests)\.(\w+)`").Select(match => match.Value.Trim('`')).Distinct().ToArray();
        Assert.True(named.Length > 80, named.Length + " tests are named.");
        Assert.All(named, name =>
        {
            string[] parts = name.Split('.');
            Assert.True(classes.TryGetValue(parts[0], out string? text) && Regex.IsMatch(text, @"(?:void|Task) " + parts[1] + @"\("), name + " is not there.");
        });
    }
}
