using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>Pipes, devices and files without an end, in every parameter that names a file: refused at once by what they are.</summary>
public sealed class OddFileTests : IClassFixture<EngineFixture>, IDisposable
{
    // Every parameter that reads a file, with a command that reads it. {0} is the file.
    private static readonly Dictionary<string, string> s_readers = new(StringComparer.Ordinal)
    {
        ["ZoneFile"] = "Get-SpfStatus contoso.com -ZoneFile {0}",
        ["Provider"] = "New-SendingDomainRecord contoso.com -Provider {0}",
        ["ConvertFrom-DnsZone -Path"] = "ConvertFrom-DnsZone -Path {0}",
        ["ConvertFrom-DnsZone -LiteralPath"] = "ConvertFrom-DnsZone -LiteralPath {0}",
        ["Get-SendingProvider -Path"] = "Get-SendingProvider -Path {0}",
        ["Get-SendingProvider -LiteralPath"] = "Get-SendingProvider -LiteralPath {0}",
        ["Import-MailReport -Path"] = "Import-MailReport -Path {0}",
        ["Import-MailReport -LiteralPath"] = "Import-MailReport -LiteralPath {0}",
        ["Measure-DmarcReport -Path"] = "Measure-DmarcReport -Path {0}",
        ["Measure-DmarcReport -LiteralPath"] = "Measure-DmarcReport -LiteralPath {0}",
        ["Measure-TlsReport -Path"] = "Measure-TlsReport -Path {0}",
        ["Measure-TlsReport -LiteralPath"] = "Measure-TlsReport -LiteralPath {0}",
        ["Test-DmarcReadiness -Path"] = "Test-DmarcReadiness contoso.com -Path {0} -ZoneFile $zone",
        ["Test-DmarcReadiness -LiteralPath"] = "Test-DmarcReadiness contoso.com -LiteralPath {0} -ZoneFile $zone",
        ["Test-MailMessage -Path"] = "Test-MailMessage -Path {0} -ZoneFile $zone",
        ["Test-MailMessage -LiteralPath"] = "Test-MailMessage -LiteralPath {0} -ZoneFile $zone",
        ["Test-BimiLogo -Path"] = "Test-BimiLogo -Path {0}",
        ["Test-BimiLogo -LiteralPath"] = "Test-BimiLogo -LiteralPath {0}",
        ["Test-BimiLogo -CertificatePath"] = "Test-BimiLogo -CertificatePath {0}",
        ["RootCertificatePath"] = "Get-BimiStatus contoso.com -RootCertificatePath {0} -ZoneFile $zone",
        ["BimiRootCertificatePath"] = "Test-SendingDomain contoso.com -BimiRootCertificatePath {0} -ZoneFile $zone",
        ["PublicSuffixListPath"] = "Get-DmarcStatus contoso.com -PublicSuffixListPath {0} -ZoneFile $zone",
        ["PublicKeyPath"] = "New-DkimRecord contoso.com -Selector s1 -PublicKeyPath {0}",
        ["Test-DkimKey -PrivateKeyPath"] = "Test-DkimKey contoso.com -Selector s1 -PrivateKeyPath {0} -ZoneFile $zone",
        ["New-TlsaRecord -CertificatePath"] = "New-TlsaRecord contoso.com -CertificatePath {0}",
        ["TsigKeyPath"] = "New-SpfRecord contoso.com | Publish-SendingDomainRecord -UpdateServer 127.0.0.1:1 -TsigKeyPath {0} -Confirm:$false",
    };

    // Those that write.
    private static readonly string[] s_writers = ["Export-SendingDomainReport -Path", "New-SendingDomainTest -Path", "New-DkimKey -PrivateKeyPath", "UndoPath", "OutputPath"];

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-odd-").FullName;

    public OddFileTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "contoso.com.zone"), "$ORIGIN contoso.com.\n@ 60 SOA ns1 h 1 2 3 4 5\n@ 60 NS ns1\n@ 60 TXT \"v=spf1 -all\"\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (string parameter in s_readers.Keys)
        {
            foreach (string file in new[] { "pipe", "/dev/zero", "/dev/tty" })
                data.Add(parameter, file);
        }

        return data;
    }

    [UnixTheory]
    [MemberData(nameof(Cases))]
    public void A_pipe_or_a_device_is_refused_by_what_it_is(string parameter, string file)
    {
        string path = file;
        if (file == "pipe")
        {
            path = Path.Combine(_folder, "pipe");
            using Process mkfifo = Process.Start("mkfifo", [path]);
            mkfifo.WaitForExit();
        }

        EngineResult result = _engine.Invoke($"$zone = '{_folder}/contoso.com.zone'; " + string.Format(System.Globalization.CultureInfo.InvariantCulture, s_readers[parameter], "'" + path + "'"));
        Assert.Contains(result.Errors, error => error.ToString().Contains("is not a regular file", StringComparison.Ordinal));
    }

    // A parameter that comes to be is tried too.
    [Fact]
    public void Every_parameter_of_a_file_is_tried()
    {
        EngineResult result = _engine.Invoke("Get-Command -Module MailDns -CommandType Cmdlet | ForEach-Object { $command = $_; $command.Parameters.Values.Name | Where-Object { $_ -match 'Path$|^ZoneFile$' } | ForEach-Object { \"$command -$_\" } }").EnsureClean();
        IEnumerable<string> names = result.Output.Select(item => item.BaseObject.ToString()!);
        Assert.DoesNotContain(names, name => !s_readers.ContainsKey(name) && !s_readers.ContainsKey(name.Split('-')[^1]) && !s_writers.Contains(name) && !s_writers.Contains(name.Split('-')[^1]));
    }
}

/// <summary>A test of files that only Unix has.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has neither pipes nor devices among its files.";
    }
}
