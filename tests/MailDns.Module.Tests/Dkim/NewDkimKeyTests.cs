using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Dkim;

public sealed class NewDkimKeyTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Secret = "$password = [securestring]::new(); 'correct horse'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }; ";

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public NewDkimKeyTests(EngineFixture engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("-KeyType Rsa", "Rsa", 2048)]
    [InlineData("-KeySize 3072", "Rsa", 3072)]
    [InlineData("-KeyType Ed25519", "Ed25519", 256)]
    [InlineData("-KeySize 1024 -Force", "Rsa", 1024)]
    public void A_key_is_made(string parameters, string type, int size)
    {
        EngineResult result = _engine.Invoke("param($path) New-DkimKey Contoso.com -Selector S1 -PrivateKeyPath $path " + parameters, FilePath("a.pem"));
        PSObject key = result.Single();
        Assert.Equal("MailDns.DkimKey", key.TypeNames[0]);
        Assert.Equal("contoso.com", result.Property<string>("Domain"));
        Assert.Equal("s1", result.Property<string>("Selector"));
        Assert.Equal(type, result.Property<string>("KeyType"));
        Assert.Equal(size, result.Property<int>("KeySize"));
        Assert.Equal(FilePath("a.pem"), result.Property<string>("PrivateKeyPath"));
        Assert.Matches("^[0-9a-f]{64}$", result.Property<string>("Fingerprint")!);
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", File.ReadAllText(FilePath("a.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_its_owners_alone()
    {
        _engine.Invoke("param($path) New-DkimKey -Selector s1 -PrivateKeyPath $path", FilePath("a.pem")).EnsureClean();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath("a.pem")));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void In_a_folder_files_are_named_by_selector_and_domain()
    {
        EngineResult result = _engine.Invoke("param($path) 'contoso.com', 'fabrikam.com' | New-DkimKey -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path", _folder);
        result.EnsureClean();
        Assert.Equal(new[] { FilePath("s1.contoso.com.pem"), FilePath("s1.fabrikam.com.pem") }, result.Properties<string>("PrivateKeyPath"));
        Assert.All(result.Properties<string>("PrivateKeyPath"), path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public void A_pass_phrase_encrypts_the_file()
    {
        string script = Secret + "New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $args[0] -Password $password";
        _engine.Invoke(script, FilePath("a.pem")).EnsureClean();
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", File.ReadAllText(FilePath("a.pem")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_if_makes_nothing()
    {
        EngineResult result = _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -PrivateKeyPath $path -WhatIf", FilePath("a.pem")).EnsureClean();
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Contains("Create a private DKIM key of type Rsa", result.HostText, StringComparison.Ordinal);
        Assert.Contains(FilePath("a.pem"), result.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_replaced_with_Force_only()
    {
        File.WriteAllText(FilePath("a.pem"), "old");
        EngineResult refused = _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path", FilePath("a.pem"));
        Assert.Equal(["FileExists"], refused.ErrorIds);
        Assert.Equal(ErrorCategory.ResourceExists, refused.Errors[0].CategoryInfo.Category);
        Assert.Empty(refused.Output);
        Assert.Equal("old", File.ReadAllText(FilePath("a.pem")));

        EngineResult whatIf = _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -PrivateKeyPath $path -Force -WhatIf", FilePath("a.pem"));
        Assert.Contains("Replace by a private DKIM key", whatIf.HostText, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(FilePath("a.pem")));

        _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path -Force", FilePath("a.pem")).EnsureClean();
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----\n", File.ReadAllText(FilePath("a.pem")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath("a.pem")));
    }

    [Theory]
    [InlineData("contoso.com -Selector s1 -KeySize 1024", "InvalidValue", "-Force makes it all the same")]
    [InlineData("contoso.com -Selector s1 -KeySize 2049", "InvalidValue", "multiple of 64")]
    [InlineData("contoso.com -Selector s1 -KeyType Ed25519 -KeySize 2048", "InvalidValue", "leave -KeySize out")]
    [InlineData("contoso.com -Selector s_1", "InvalidValue", "underscore")]
    [InlineData("contoso..com -Selector s1", "InvalidDomain", "empty label")]
    [InlineData("contoso.com -Selector s1 -KeySize 512", "ParameterArgumentValidationError", "512")]
    [InlineData("contoso.com -Selector s1 -Password ([securestring]::new())", "InvalidValue", "pass phrase is empty")]
    public void What_cannot_be_made_is_an_error_and_leaves_no_file(string parameters, string id, string said)
    {
        EngineResult result = _engine.Invoke("param($path) New-DkimKey -PrivateKeyPath $path " + parameters, FilePath("a.pem"));
        Assert.Equal([id], result.ErrorIds);
        Assert.Contains(said, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("none/a.pem", "FileNotFound")]
    [InlineData("env:a", "InvalidValue")]
    public void A_path_that_is_none_is_an_error(string path, string id)
    {
        string full = path.Contains(':', StringComparison.Ordinal) ? path : FilePath(path);
        EngineResult result = _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path", full);
        Assert.Equal([id], result.ErrorIds);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("Rsa", "v=DKIM1; k=rsa; p=")]
    [InlineData("Ed25519", "v=DKIM1; k=ed25519; p=")]
    public void A_key_pipes_into_its_record(string type, string begins)
    {
        EngineResult result = _engine.Invoke(
            "param($path, $type) $key = New-DkimKey contoso.com -Selector s1 -KeyType $type -PrivateKeyPath $path; $key; $key | New-DkimRecord -WarningAction SilentlyContinue",
            FilePath("a.pem"),
            type).EnsureClean();
        Assert.Equal(2, result.Output.Count);
        string publicKey = (string)result.Output[0].Properties["PublicKey"].Value;
        Assert.Equal("s1._domainkey.contoso.com", result.Output[1].Properties["Fqdn"].Value);
        Assert.Equal(begins + publicKey, result.Output[1].Properties["Value"].Value);
    }

    [Fact]
    public void A_stored_key_still_pipes_into_its_record_and_holds_nothing_private()
    {
        EngineResult result = _engine.Invoke(
            """
            param($path, $store)
            New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path | Export-Clixml $store
            Import-Clixml $store | New-DkimRecord
            """,
            FilePath("a.pem"),
            FilePath("a.xml")).EnsureClean();
        Assert.StartsWith("v=DKIM1; k=ed25519; p=", result.Property<string>("Value")!, StringComparison.Ordinal);
        string secret = File.ReadLines(FilePath("a.pem")).Skip(1).First();
        Assert.DoesNotContain(secret, File.ReadAllText(FilePath("a.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_sees_of_a_key_is_public()
    {
        EngineResult result = _engine.Invoke("param($path) New-DkimKey contoso.com -Selector s1 -KeyType Ed25519 -PrivateKeyPath $path", FilePath("a.pem"));
        string secret = File.ReadLines(FilePath("a.pem")).Skip(1).First();
        Assert.Contains("s1", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[^20..], result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", result.Text, StringComparison.Ordinal);
    }

    private string FilePath(string name) => Path.Combine(_folder, name);
}
