using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Help;

/// <summary>
/// Runs what documents show as it stands: in a folder with the files that it names, against a server on loopback in place of
/// the network. What it takes from other modules is stood in for.
/// </summary>
internal sealed class ExampleSession : IAsyncDisposable
{
    private readonly EngineFixture _engine;
    private readonly LoopbackDnsServer _server;
    private readonly TlsAuthority _authority = new();
    private readonly X509Certificate2 _certificate;
    private readonly SmtpTestServer _mailHost;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-example-").FullName;

    public ExampleSession(EngineFixture engine)
    {
        _engine = engine;
        _certificate = _authority.Issue(["mx1.contoso.com"]);
        _mailHost = new SmtpTestServer(SmtpFault.None, _certificate, [_authority.Root]);
        _server = LoopbackDnsServer.Start(TestZone.Parse(File.ReadAllText(Source("examples.zone"))));
        CopyFolder(Path.Combine(TestPaths.Root, "examples"), Path.Combine(_folder, "examples"));
        _engine.UseDnsServer("contoso.com", "contoso.net", "example.com", "fabrikam.com");
        _engine.UseAzDns("contoso.com", "contoso.net", "example.com");
        _engine.UseDnsClient();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _mailHost.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs one example, or the blocks of a page one after the other, and expects no error.</summary>
    public void Run(string code, string command = "", int index = 0)
    {
        // An example's own server is one that nobody may ask from here.
        string local = Regex.Replace(code, @"-Server [\d.]+( *, *[\d.]+)*", "-Server '" + _server.EndPoint + "'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        EngineResult result = _engine.Invoke(
            File.ReadAllText(Source("examples.ps1")) + "\n" + local,
            _folder,
            _server.EndPoint.ToString(),
            TestPaths.Root,
            command,
            index,
            code,
            _mailHost.Port);

        IEnumerable<string> errors = result.Errors.Select(error => error.FullyQualifiedErrorId + ": " + error);
        Assert.True(result.Errors.Count == 0, code + "\n" + string.Join("\n", errors));
    }

    private static string Source(string file) => Path.Combine(TestPaths.Root, "tests", "MailDns.Module.Tests", "Help", file);

    private static void CopyFolder(string source, string target)
    {
        foreach (string path in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }
}
