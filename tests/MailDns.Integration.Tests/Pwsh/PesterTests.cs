using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>The Pester files, in each version of Pester that is supported.</summary>
public sealed class PesterTests(ITestOutputHelper log)
{
    public static TheoryData<string> Versions => [.. PowerShellProcess.PesterVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_files_pass(string version)
    {
        PowerShellResult result = await PowerShellProcess.RunFileAsync(
            [Path.Combine(TestPaths.Root, "tests", "Invoke-PesterTest.ps1"), "-PesterPath", PowerShellProcess.Pester(version)],
            environment: ("MAILDNS_TEST_MODULE", TestPaths.Manifest));

        log.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches("(?m)^Pester " + version.Replace(".", "\\.", StringComparison.Ordinal) + ": [1-9][0-9]+ passed, 0 failed, 0 skipped", result.Output);
    }
}
