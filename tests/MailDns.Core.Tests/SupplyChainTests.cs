using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests;

/// <summary>What is built is what was agreed to: advisories, lock files, and actions of others.</summary>
public class SupplyChainTests
{
    [Fact]
    public void Actions_are_named_by_their_commit_and_keep_no_credentials()
    {
        string[] workflows = Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml").Select(File.ReadAllText).ToArray();
        Assert.NotEmpty(workflows);
        Assert.All(workflows, text =>
        {
            Assert.All(Regex.Matches(text, @"uses:\s*(\S+)").Select(match => match.Groups[1].Value), use => Assert.Matches(@"^(\./|[\w./-]+@[0-9a-f]{40}$)", use));
            Assert.Equal(Regex.Count(text, "actions/checkout@"), Regex.Count(text, "persist-credentials: false"));
        });
    }

    [Fact]
    public void Advisories_are_errors_and_lock_files_bind()
    {
        string props = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.Contains("<NuGetAudit>true</NuGetAudit>", props, StringComparison.Ordinal);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props, StringComparison.Ordinal);
        Assert.Contains("<RestoreLockedMode Condition=\"'$(CI)' == 'true'\">true</RestoreLockedMode>", props, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(NoWarn|WarningsNotAsErrors)>[^<]*NU190[1-4]", props);
    }
}
