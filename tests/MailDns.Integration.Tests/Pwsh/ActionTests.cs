using System.Text.Json;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>The step of action.yml that checks zone files, in PowerShell itself, as a build runs it.</summary>
public sealed class ActionTests : IDisposable
{
    private const string Zone = """
        $ORIGIN contoso.com.
        $TTL 3600
        @ IN SOA ns1 hostmaster 1 2 3 4 5
        @ NS ns1
        @ MX 10 mail
        ns1 A 192.0.2.1
        mail A 192.0.2.25
        mail TXT "v=spf1 a -all"
        @ TXT "v=spf1 ip4:192.0.2.300 %0A::error::injected -all"
        _dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@contoso.com"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("GITHUB_ACTIONS", "Error", 1, "::error file=zones/contoso.com.zone,line=9,title=SPF-")]
    [InlineData("GITHUB_ACTIONS", "None", 0, "::error file=zones/contoso.com.zone,line=9,title=SPF-")]
    [InlineData("TF_BUILD", "Error", 1, "##vso[task.logissue type=error;sourcepath=zones/contoso.com.zone;linenumber=9;code=SPF-")]
    public async Task Findings_are_annotations_at_file_and_line(string host, string failOn, int code, string annotation)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "zones"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "zones", "contoso.com.zone"), Zone);
        string summary = Path.Combine(_folder, "summary.md");

        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            "Import-Module " + PowerShellProcess.Quote(TestPaths.Manifest) + "; & " + PowerShellProcess.Quote(Path.Combine(TestPaths.Root, ".github", "action", "Test-ZoneFile.ps1")) + "; exit $LASTEXITCODE",
            _folder,
            ("GITHUB_ACTIONS", host == "GITHUB_ACTIONS" ? "true" : string.Empty),
            ("TF_BUILD", host == "TF_BUILD" ? "True" : string.Empty),
            ("GITHUB_STEP_SUMMARY", summary),
            ("MAILDNS_ZONE_FILE", "zones/*.zone"),
            ("MAILDNS_DOMAIN", string.Empty),
            ("MAILDNS_PROVIDER", string.Empty),
            ("MAILDNS_FAIL_ON", failOn),
            ("MAILDNS_SARIF", "findings.sarif"));

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(annotation, result.Output, StringComparison.Ordinal);

        // text of the zone neither ends a command nor begins one
        Assert.DoesNotContain(result.Output.Split('\n'), line => line.StartsWith("::error::", StringComparison.Ordinal));
        Assert.Contains("SPF-", await File.ReadAllTextAsync(summary), StringComparison.Ordinal);

        using JsonDocument sarif = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "findings.sarif")));
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        JsonElement[] results = [.. sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()];
        Assert.All(results, found => Assert.Equal("zones/contoso.com.zone", found.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.Contains(results, found => found.GetProperty("level").GetString() == "error" && found.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32() == 9);
    }
}
