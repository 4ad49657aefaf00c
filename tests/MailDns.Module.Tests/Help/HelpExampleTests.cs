using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Help;

/// <summary>
/// Runs every example of the help as it stands, in a folder with the files that it names, against a server on loopback in
/// place of the network. What the examples take from other modules is stood in for.
/// </summary>
public sealed class HelpExampleTests : IClassFixture<EngineFixture>, IAsyncLifetime, IDisposable
{
    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-help-").FullName;
    private LoopbackDnsServer? _server;

    public HelpExampleTests(EngineFixture engine) => _engine = engine;

    public static TheoryData<string, int> Examples()
    {
        var data = new TheoryData<string, int>();
        foreach ((string command, int index, _) in HelpFile.Examples())
            data.Add(command, index);
        return data;
    }

    public Task InitializeAsync()
    {
        _server = LoopbackDnsServer.Start(TestZone.Parse(File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "MailDns.Module.Tests", "Help", "examples.zone"))));
        CopyFolder(Path.Combine(TestPaths.Root, "examples"), Path.Combine(_folder, "examples"));
        using (var authority = new MarkAuthority())
        {
            File.WriteAllText(Path.Combine(_folder, "vmc.pem"), authority.Chain(new MarkSettings()));
            File.WriteAllText(Path.Combine(_folder, "mark-roots.pem"), MarkAuthority.Pem(authority.Root));
        }

        _engine.UseDnsServer("contoso.com", "example.com", "fabrikam.com");
        _engine.UseAzDns("contoso.com", "example.com");
        _engine.UseDnsClient();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_runs(string command, int index)
    {
        string code = HelpFile.Examples().Single(example => example.Command == command && example.Index == index).Code;
        string preparation = File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "MailDns.Module.Tests", "Help", "examples.ps1"));

        // An example's own server is one that nobody may ask from here.
        string local = Regex.Replace(code, @"-Server \S+( *, *\S+)*", "-Server '" + _server!.EndPoint + "'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        EngineResult result = _engine.Invoke(
            "param($__folder, $__server, $__root, $__example, $__index, $__code)\n" + preparation + "\n" + local,
            _folder,
            _server.EndPoint.ToString(),
            TestPaths.Root,
            command,
            index,
            code);

        IEnumerable<string> errors = result.Errors.Select(error => error.FullyQualifiedErrorId + ": " + error);
        Assert.True(result.Errors.Count == 0, code + "\n" + string.Join("\n", errors));
    }

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
