using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Desktop;

/// <summary>
/// The module's assemblies on .NET Framework, with the adapters of Dependencies/net472. Where there is no Windows, Mono stands
/// in: it shows that they load, by the module's own loader, and work. The cmdlets cannot run there, since Mono has no
/// System.Management.Automation: only Windows PowerShell 5.1 itself shows those (tests/MailDns.Tests.ps1).
/// </summary>
public sealed class DesktopSmokeTests : IDisposable
{
    private readonly string _certificate = Path.GetTempFileName();

    [FrameworkFact]
    public async Task Every_adapter_loads_and_works()
    {
        using var authority = new MarkAuthority();
        await File.WriteAllTextAsync(_certificate, authority.Chain(new MarkSettings()));
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("contoso.com", "v=spf1 mx -all"));

        (int code, string output, string error) = await FrameworkProgram.RunAsync(Program, TestPaths.Binaries, server.Address, _certificate);

        Assert.True(code == 0, error);
        Assert.Equal(
            [
                "core: " + Path.Combine(TestPaths.Binaries, "MailDns.Core.dll"),
                "records: v=spf1 include:spf.akmta.net -all | v=DMARC1; p=none",
                "dns: Success v=spf1 mx -all",
                "profile: altcraft EmailServiceProvider",
                "key: Ed25519SubjectPublicKeyInfo read back",
                "certificate: 2 contoso.com Registered Mark",
                "mail: receiver.example on contoso.com: 0 of 3 passed body",
                .. Adapters(string.Empty, "MailDns.Resolver", "DnsClient"),
                "System.Buffers: " + Library("Mime", "System.Buffers") + " " + Library(string.Empty, "System.Buffers"),
                .. Adapters(string.Empty, "MailDns.Json", "Newtonsoft.Json", "MailDns.Crypto", "BouncyCastle.Cryptography"),
                .. Adapters("Mime", "MailDns.Mime", "MimeKit"),
            ],
            Lines(output));
        Assert.Equal(1, server.UdpQueries);
    }

    [FrameworkFact]
    public async Task A_folder_without_the_module_is_told()
    {
        (int code, string output, string error) = await FrameworkProgram.RunAsync(Program, Path.GetTempPath(), "127.0.0.1:1", _certificate);

        Assert.Equal((1, string.Empty), (code, output));
        Assert.Contains("MailDns.Core", error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Adapters(string folder, params string[] names) => names.Select(name => name + ": " + Library(folder, name));

    private static string Library(string folder, string name) => Path.Combine(TestPaths.Binaries, "Dependencies", "net472", folder, name + ".dll");

    // bin/<configuration>/net10.0/ of this project, and bin/<configuration>/net472/ of the other
    private static string Program => Path.Combine(
        TestPaths.Root, "tests", "MailDns.DesktopSmoke", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net472", "MailDns.DesktopSmoke.exe");

    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => File.Delete(_certificate);
}
