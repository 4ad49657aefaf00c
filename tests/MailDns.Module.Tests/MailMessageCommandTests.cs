using System.Text;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests;

public sealed class MailMessageCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Plain = "From: Ann <ann@contoso.com>\r\nTo: bob@example.net\r\nSubject: test\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <1@contoso.com>\r\n\r\nDid it work?\r\n";

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public MailMessageCommandTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "contoso.com.zone"), "$ORIGIN contoso.com.\n@ 300 SOA ns.contoso.com. h.contoso.com. 1 1 1 1 1\n@ 300 NS ns.contoso.com.\n@ 300 TXT \"v=spf1 ip4:192.0.2.10 -all\"\n_dmarc 300 TXT \"v=DMARC1; p=reject\"\n");
        File.WriteAllText(Path.Combine(_folder, "plain.eml"), Plain);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_is_made_planned_used_and_proven_before_it_is_published()
    {
        EngineResult made = _engine.Invoke(
            """
            param($folder)
            New-DkimKey contoso.com -Selector s1 -PrivateKeyPath "$folder/key.pem" | Out-Null
            New-DkimKey contoso.com -Selector s1 -PrivateKeyPath "$folder/other.pem" | Out-Null
            """,
            _folder).EnsureClean();
        Assert.Empty(made.Output);
        foreach (string name in new[] { "key", "other" })
        {
            using var signer = MailSigner.FromPem(File.ReadAllText(Path.Combine(_folder, name + ".pem")), "contoso.com", "s1");
            File.WriteAllText(Path.Combine(_folder, name + ".eml"), signer.Sign(Plain), Encoding.Latin1);
            File.WriteAllText(Path.Combine(_folder, name + ".txt"), signer.KeyRecord);
        }

        EngineResult proven = _engine.Invoke(
            """
            param($folder)
            $zone = @{ ZoneFile = "$folder/contoso.com.zone" }
            $record = New-DkimRecord contoso.com -Selector s1 -PublicKey (Get-Content "$folder/key.txt" -Raw) -WarningAction SilentlyContinue
            foreach ($name in 'key', 'other') {
                $message = Test-MailMessage "$folder/$name.eml" -PlannedRecord $record @zone
                $key = Test-DkimKey contoso.com -Selector s1 -PrivateKeyPath "$folder/$name.pem" -PlannedRecord $record @zone
                '{0} {1} {2} {3}' -f $message.Dkim[0].Result, $message.Dkim[0].Aligned, $message.DmarcResult, $key.Status
            }
            (Test-MailMessage "$folder/key.eml" @zone).Dkim[0].Result
            """,
            _folder).EnsureClean();
        Assert.Equal(["Pass True Pass Pass", "Fail True Fail Fail", "PermError"], proven.Output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData("[System.IO.FileInfo]\"$folder/plain.eml\" | Test-MailMessage @zone")]
    [InlineData("Test-MailMessage \"$folder/*.eml\" @zone")]
    [InlineData("Test-MailMessage -LiteralPath \"$folder/plain.eml\" @zone")]
    [InlineData("\"$folder/plain.eml\" | Test-MailMessage @zone")]
    [InlineData("[pscustomobject]@{ Path = \"$folder/plain.eml\"; Sender = 'ann@contoso.com'; IPAddress = '192.0.2.10' } | Test-MailMessage @zone")]
    [InlineData("Get-Content \"$folder/plain.eml\" -Raw | Test-MailMessage @zone")]
    public void Messages_come_as_paths_files_and_text(string command)
    {
        EngineResult result = _engine.Invoke("param($folder) $zone = @{ ZoneFile = \"$folder/contoso.com.zone\" }; " + command, _folder).EnsureClean();
        Assert.Equal("MailDns.MailMessageResult", result.Single().TypeNames[0]);
        Assert.Equal("contoso.com", result.Property<string>("Domain"));
    }

    [Fact]
    public void What_is_no_message_is_an_error_and_the_rest_goes_on()
    {
        File.WriteAllText(Path.Combine(_folder, "none.eml"), "hello");
        using (FileStream large = File.Create(Path.Combine(_folder, "large.eml")))
        {
            large.Write(Encoding.ASCII.GetBytes(Plain));
            large.SetLength(1L << 30);
        }

        EngineResult result = _engine.Invoke(
            """
            param($folder)
            Test-MailMessage "$folder/none.eml", "$folder/large.eml", "$folder/missing.eml", $folder, "$folder/plain.eml" -ZoneFile "$folder/contoso.com.zone" -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] } | Sort-Object
            """,
            _folder);
        Assert.Equal(["FileNotFound", "InvalidMessage", "InvalidValue", "MessageTooLarge"], result.Output.Where(line => line.TypeNames[0] != "MailDns.MailMessageResult").Select(line => line.ToString()));
        Assert.Single(result.Output, line => line.TypeNames[0] == "MailDns.MailMessageResult");
    }

    [Fact]
    public void Results_go_into_a_report()
    {
        EngineResult result = _engine.Invoke(
            """
            param($folder)
            Test-MailMessage "$folder/plain.eml" -ZoneFile "$folder/contoso.com.zone" | Export-SendingDomainReport "$folder/report.json"
            (Get-Content "$folder/report.json" -Raw) -match 'MSG-DKIM-NONE'
            Test-MailMessage "$folder/plain.eml" -TrustedHost 'not a host' -ErrorAction SilentlyContinue
            """,
            _folder);
        Assert.True(result.Output[0].BaseObject as bool?);
        Assert.Contains(result.Errors, error => error.FullyQualifiedErrorId.StartsWith("InvalidValue", StringComparison.Ordinal));
    }
}
