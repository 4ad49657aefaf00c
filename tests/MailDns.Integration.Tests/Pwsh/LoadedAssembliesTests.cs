using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>What a session loads, and when: libraries that a user does not need cost nothing. Each case in a process of its own.</summary>
public class LoadedAssembliesTests
{
    private const string Imported = "MailDns.Core.dll MailDns.dll";
    private const string Network = "Dependencies/net8.0/MailDns.Resolver.dll ";
    private const string DnsClient = "Dependencies/net8.0/DnsClient.dll ";
    private const string Crypto = "Dependencies/net8.0/BouncyCastle.Cryptography.dll Dependencies/net8.0/MailDns.Crypto.dll ";
    private const string Json = "Dependencies/net8.0/MailDns.Json.dll Dependencies/net8.0/Newtonsoft.Json.dll ";

    private const string Mime = "Dependencies/net8.0/MailDns.Mime.dll Dependencies/net8.0/MimeKit.dll ";

    // Reads the system's settings and asks nobody.
    private const string FindSystemServers = """
        $resolver = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'MailDns.Resolver' }
        $exchange = [System.Activator]::CreateInstance($resolver.GetType('MailDns.Resolver.Pooled.PooledExchange'))
        'servers ' + @($exchange.GetType().GetMethod('FindSystemServers').Invoke($exchange, @())).Count

        """;

    [Theory]
    [InlineData("", Imported)]
    [InlineData("New-SpfRecord -Domain example.com -Include spf.example.net", Imported)]
    [InlineData("New-DmarcRecord -Domain example.com -Policy reject -AggregateReportUri report@example.com", Imported)]
    [InlineData("Get-SpfStatus example.com -ZoneFile $zone", Imported)]
    [InlineData("Test-SendingDomain example.com -ZoneFile $zone", Imported)]
    [InlineData("Get-SpfStatus example.com -Server $server", Network + Imported)]
    [InlineData("Test-SendingDomain example.com -Server $server", Network + Imported)]
    [InlineData("Get-SpfStatus example.com -Server $server\n" + FindSystemServers, DnsClient + Network + Imported)]
    [InlineData("Get-SendingProvider Altcraft", Json + Imported)]
    [InlineData("Import-MailReport $report", Imported)]
    [InlineData("Import-MailReport $mail", Mime + Imported)]
    [InlineData("Measure-TlsReport $mail", Mime + Imported)]
    [InlineData("Measure-DmarcReport $report", Json + Imported)]
    [InlineData("New-DkimKey example.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $key", Crypto + Imported)]
    public async Task What_is_loaded_is_what_is_used(string script, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("example.com. 60 IN TXT \"v=spf1 -all\""));
        string folder = Directory.CreateTempSubdirectory("maildns-loaded-").FullName;
        try
        {
            string zone = Path.Combine(folder, "example.com.zone");
            await File.WriteAllTextAsync(zone, "$ORIGIN example.com.\n@ 3600 IN SOA ns hostmaster 1 7200 3600 1209600 300\n@ 3600 IN TXT \"v=spf1 -all\"\n");
            string variables = $"$server = '{server.Address}'; $zone = '{zone}'; $key = '{Path.Combine(folder, "key.pem")}'\n$report = '{Reports}/receiver.example!example.com!1793836800!1793923199.xml'; $mail = '{Reports}/failure.eml'\n";
            string[] loaded = await LoadedAsync(variables + script);
            Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), loaded);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Another_modules_MIME_library_is_not_taken()
    {
        string folder = Directory.CreateTempSubdirectory("maildns-loaded-").FullName;
        try
        {
            string foreign = Path.Combine(folder, "MimeKit.dll");
            File.Copy(Path.Combine(TestPaths.Binaries, "Dependencies", "net8.0", "MimeKit.dll"), foreign);
            string[] loaded = await LoadedAsync($"$null = [System.Reflection.Assembly]::LoadFrom('{foreign}')\nImport-MailReport '{Reports}/failure.eml'");
            Assert.Equal((Mime + Imported).Split(' ').Order(StringComparer.Ordinal), loaded);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Another_modules_copy_of_a_library_is_not_taken()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("example.com. 60 IN TXT \"v=spf1 -all\""));
        string folder = Directory.CreateTempSubdirectory("maildns-loaded-").FullName;
        try
        {
            string foreign = Path.Combine(folder, "DnsClient.dll");
            File.Copy(Path.Combine(TestPaths.Binaries, "Dependencies", "net8.0", "DnsClient.dll"), foreign);
            string[] loaded = await LoadedAsync($"$null = [System.Reflection.Assembly]::LoadFrom('{foreign}')\nGet-SpfStatus example.com -Server {server.Address}\n" + FindSystemServers);
            Assert.Equal((DnsClient + Network + Imported).Split(' ').Order(StringComparer.Ordinal), loaded);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Reports => Path.Combine(TestPaths.Root, "examples", "reports");

    /// <returns>The files of the module's folder that the process has loaded after the script, and any library by whatever path.</returns>
    private static async Task<string[]> LoadedAsync(string script)
    {
        PowerShellResult result = await PowerShellProcess.RunCommandAsync("$ErrorActionPreference = 'Stop'\n" + TestPaths.Import + script + "\n" + """
            [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { -not $_.IsDynamic -and $_.Location } | ForEach-Object { 'loaded ' + $_.Location }
            """);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        return [.. result.Output.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("loaded " + TestPaths.Binaries, StringComparison.Ordinal))
            .Select(line => Path.GetRelativePath(TestPaths.Binaries, line["loaded ".Length..]).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];
    }
}
