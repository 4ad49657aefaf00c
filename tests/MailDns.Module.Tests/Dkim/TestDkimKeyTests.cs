using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Dkim;

public sealed class TestDkimKeyTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Secret = "$password = [securestring]::new(); 'correct horse'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }; ";

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public TestDkimKeyTests(EngineFixture engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Rsa", false)]
    [InlineData("Ed25519", false)]
    [InlineData("Rsa", true)]
    public async Task The_published_key_passes_and_another_fails(string type, bool aliased)
    {
        EngineResult keys = _engine.Invoke(
            """
            param($folder, $type)
            'a', 'b' | ForEach-Object {
                $key = New-DkimKey contoso.com -Selector s1 -KeyType $type -PrivateKeyPath "$folder/$_.pem"
                ($key | New-DkimRecord -WarningAction SilentlyContinue).Value
            }
            """,
            _folder,
            type).EnsureClean();
        string record = keys.Output[0].ToString();
        const string name = "s1._domainkey.contoso.com";
        TestZone zone = new TestZone().Zone("contoso.com").Zone("platform.net");
        zone = aliased ? zone.Cname(name, "s1.platform.net").Txt("s1.platform.net", record) : zone.Txt(name, record);
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(zone);

        EngineResult pass = Test(server, "a.pem", string.Empty).EnsureClean();
        Assert.Equal("MailDns.CheckResult", pass.Single().TypeNames[0]);
        Assert.Equal("DKIM-KEY-MISMATCH", pass.Property<string>("Id"));
        Assert.Equal("Pass", pass.Property<string>("Status"));
        Assert.True(Test(server, "a.pem", "-Quiet").Single<bool>());

        EngineResult fail = Test(server, "b.pem", string.Empty).EnsureClean();
        Assert.Equal("Fail", fail.Property<string>("Status"));
        Assert.False(Test(server, "b.pem", "-Quiet").Single<bool>());

        // The record that puts it right is the other key's; none beside an alias.
        object[] fix = fail.Property<object[]>("Record")!;
        if (aliased)
            Assert.Empty(fix);
        else
            Assert.Equal(keys.Output[1].ToString(), Assert.Single(fix).ToString());
    }

    [Fact]
    public async Task A_failed_lookup_is_unknown_and_false_with_a_warning()
    {
        MakeKey("a.pem");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com"));
        server.AddFault(DnsFault.ServFail);
        EngineResult result = Test(server, "a.pem", string.Empty).EnsureClean();
        Assert.Equal("Unknown", result.Property<string>("Status"));
        Assert.False(result.Property<bool>("Passed"));
        EngineResult quiet = Test(server, "a.pem", "-Quiet");
        Assert.False(quiet.Single<bool>());
        Assert.Contains("SERVFAIL", Assert.Single(quiet.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_record_fails()
    {
        MakeKey("a.pem");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com"));
        EngineResult result = Test(server, "a.pem", string.Empty).EnsureClean();
        Assert.Equal("Fail", result.Property<string>("Status"));
        Assert.Equal("There is no key at s1._domainkey.contoso.com: no such name (NXDOMAIN).", result.Property<string>("Message"));
    }

    [Fact]
    public void A_key_from_the_pipeline_is_tested_against_planned_records()
    {
        File.WriteAllText(FilePath("contoso.com.zone"), "$ORIGIN contoso.com.\n@ 3600 IN SOA ns.contoso.com. h.contoso.com. 1 1 1 1 1\n@ 3600 IN NS ns.contoso.com.\n");
        EngineResult result = _engine.Invoke(
            """
            param($folder)
            $key = New-DkimKey contoso.com -Selector s1 -PrivateKeyPath $folder
            $key | Test-DkimKey -ZoneFile "$folder/contoso.com.zone" -Quiet
            $key | Test-DkimKey -ZoneFile "$folder/contoso.com.zone" -PlannedRecord ($key | New-DkimRecord -WarningAction SilentlyContinue) -Quiet
            """,
            _folder).EnsureClean();
        Assert.Equal([false, true], result.Output.Select(item => (bool)item.BaseObject));
    }

    [Fact]
    public async Task An_encrypted_key_needs_its_pass_phrase()
    {
        string record = _engine.Invoke(
            Secret + "(New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $args[0] -Password $password | New-DkimRecord).Value",
            FilePath("a.pem")).Single().ToString();
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com").Txt("s1._domainkey.contoso.com", record));
        const string test = "Test-DkimKey contoso.com -Selector s1 -PrivateKeyPath $args[0] -Server $args[1] -Quiet ";
        Assert.True(_engine.Invoke(Secret + test + "-Password $password", FilePath("a.pem"), server.Address).EnsureClean().Single<bool>());

        EngineResult none = _engine.Invoke(test, FilePath("a.pem"), server.Address);
        Assert.Equal(["PasswordRequired"], none.ErrorIds);
        Assert.Empty(none.Output);

        EngineResult wrong = _engine.Invoke(Secret + "$password.AppendChar('x'); " + test + "-Password $password", FilePath("a.pem"), server.Address);
        Assert.Equal(["WrongPassword"], wrong.ErrorIds);
        Assert.Equal(ErrorCategory.AuthenticationError, wrong.Errors[0].CategoryInfo.Category);
        Assert.Empty(wrong.Output);
    }

    [Fact]
    public async Task One_bad_domain_does_not_stop_the_others()
    {
        MakeKey("a.pem");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com"));
        EngineResult result = _engine.Invoke(
            "'contoso..com', 'contoso.com' | Test-DkimKey -Selector s1 -PrivateKeyPath $args[0] -Server $args[1]", FilePath("a.pem"), server.Address);
        Assert.Equal(["InvalidDomain"], result.ErrorIds);
        Assert.Equal("contoso.com", Assert.Single(result.Output).Properties["Domain"].Value);
    }

    [Fact]
    public async Task An_error_holds_nothing_of_the_key_and_nothing_is_asked()
    {
        MakeKey("a.pem");
        string[] lines = File.ReadAllLines(FilePath("a.pem"));
        File.WriteAllText(FilePath("cut.pem"), string.Join('\n', lines.SkipLast(2)));
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com"));
        EngineResult result = Test(server, "cut.pem", string.Empty);
        Assert.Equal(["InvalidPrivateKey"], result.ErrorIds);
        Assert.Empty(result.Output);
        ErrorRecord error = result.Errors[0];
        Assert.Equal("The private key cannot be read: its END line is missing, so it is cut off.", error.Exception.Message);
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '-'))
            Assert.DoesNotContain(line[..10], error + error.Exception.ToString() + error.TargetObject + error.ErrorDetails, StringComparison.Ordinal);
        Assert.Empty(server.Log);
    }

    [Theory]
    [InlineData("none.pem", "FileNotFound")]
    [InlineData("large.pem", "FileError")]
    public async Task A_file_that_is_none_is_an_error(string name, string id)
    {
        File.WriteAllBytes(FilePath("large.pem"), new byte[(64 * 1024) + 1]);
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Zone("contoso.com"));
        EngineResult result = Test(server, name, string.Empty);
        Assert.Equal([id], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    private void MakeKey(string name) =>
        _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path", FilePath(name)).EnsureClean();

    private EngineResult Test(LoopbackDnsServer server, string file, string parameters) =>
        _engine.Invoke("Test-DkimKey contoso.com -Selector s1 -PrivateKeyPath $args[0] -Server $args[1] " + parameters, FilePath(file), server.Address);

    private string FilePath(string name) => Path.Combine(_folder, name);
}
