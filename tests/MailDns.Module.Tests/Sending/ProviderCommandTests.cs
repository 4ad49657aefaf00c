using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Sending;

/// <summary>Templates, several platforms, and what other modules' objects give, at the prompt.</summary>
public sealed class ProviderCommandTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Template = """
        {
          "providerId": "vendor.example", "providerName": "Vendor", "serviceId": "mail", "serviceName": "Mail",
          "records": [
            { "groupId": "dkim", "type": "TXT", "host": "%sel%._domainkey", "data": "p=%key%", "ttl": "600" },
            { "groupId": "alias", "type": "CNAME", "host": "%sel%._domainkey", "pointsTo": "%sel%.vendor.example", "ttl": 600 },
            { "type": "SPFM", "host": "@", "spfRules": "include:spf.vendor.example" },
            { "type": "TXT", "host": "_dmarc", "data": "v=DMARC1; p=none; rua=mailto:r@vendor.example", "ttl": 600 }
          ]
        }
        """;

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-template-").FullName;

    public ProviderCommandTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "vendor.example.mail.json"), Template);
        File.WriteAllText(Path.Combine(_folder, "broken.json"), Template.Replace("\"SPFM\"", "\"MX\"", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "other.json"), "{ \"a\": 1 }");
        File.WriteAllText(
            Path.Combine(_folder, "contoso.com.zone"),
            "$ORIGIN contoso.com.\n@ 3600 IN SOA ns1 hostmaster 1 2 3 4 5\n@ 3600 IN TXT \"v=spf1 include:spf.protection.outlook.com include:sendgrid.net -all\"\n"
            + "s1._domainkey 3600 IN CNAME s1.domainkey.u1.wl1.sendgrid.net.\n_dmarc 3600 IN TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.com\"\n");
    }

    private static string Key { get; } = Convert.ToBase64String(RSA.Create(2048).ExportSubjectPublicKeyInfo());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_is_listed_and_a_broken_file_is_one_error()
    {
        EngineResult result = _engine.Invoke("param($folder) Get-SendingProvider -Path $folder | ForEach-Object { \"$($_.Id) $($_.Kind) $($_.Groups[0].Excludes)\" }", _folder);
        Assert.Equal(["vendor.example.mail Template alias"], result.Output.Select(item => item.ToString()));
        Assert.Contains("records[2].pointsTo", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ProviderValue @{ sel = 's'; key = $key }", "Groups of template vendor.example.mail exclude each other")]
    [InlineData("-ProviderGroup dkim -ProviderValue @{ sel = 's' }", "%key%: DKIM key in records[0].data")]
    [InlineData("-ProviderGroup dkim -ProviderValue @{ sel = 's'; key = 'AAAA' }", "The value for %key% of template")]
    [InlineData("-ProviderGroup nope -ProviderValue @{ sel = 's' }", "has no group \"nope\"")]
    public void A_template_is_made_whole_or_not_at_all(string given, string error)
    {
        EngineResult result = _engine.Invoke("param($folder, $key) New-SendingDomainRecord contoso.com \"$folder/vendor.example.mail.json\" " + given, _folder, Key);
        Assert.Empty(result.Output);
        Assert.Contains(error, Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    // broken.json comes before vendor.example.mail.json: the one is an error, the other is listed.
    [Theory]
    [InlineData("Get-SendingProvider -Path $folder/*.json")]
    [InlineData("Get-SendingProvider -Path $folder")]
    [InlineData("Get-ChildItem $folder -Filter *.mail.json | Get-SendingProvider -ErrorVariable +e; Get-SendingProvider -Path $folder/broken.json")]
    public void A_broken_file_does_not_keep_others_from_being_listed(string command)
    {
        EngineResult result = _engine.Invoke("param($folder) " + command, _folder);
        Assert.Equal(["vendor.example.mail"], result.Properties<string>("Id"));
        Assert.NotEmpty(result.Errors);
    }

    [Fact]
    public void A_templates_records_are_merged_into_what_is_there()
    {
        EngineResult result = _engine.Invoke(
            "param($folder, $key) Compare-SendingDomain contoso.com \"$folder/vendor.example.mail.json\" -ProviderGroup dkim -ProviderValue @{ sel = 's'; key = $key } -ZoneFile \"$folder/contoso.com.zone\" | ForEach-Object { \"$($_.Action) $($_.Name) $($_.After)\" }",
            _folder,
            Key);
        Assert.Equal(
            ["Add s._domainkey p=" + Key, "Replace @ v=spf1 include:spf.protection.outlook.com include:sendgrid.net include:spf.vendor.example -all", "Replace _dmarc v=DMARC1; p=reject; rua=mailto:d@contoso.com,mailto:r@vendor.example"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Platforms_come_from_a_csv_and_from_what_was_found()
    {
        EngineResult result = _engine.Invoke(
            """
            param($folder)
            $zone = @{ ZoneFile = "$folder/contoso.com.zone" }
            $rows = 'Domain,Provider', 'contoso.com,"microsoft365, sendgrid"' | ConvertFrom-Csv | Test-SendingDomain @zone
            @($rows | Where-Object Id -eq PROFILE-INCOMPLETE).Count
            $found = Find-SendingProvider contoso.com @zone -WarningAction SilentlyContinue
            "$($found.Provider)"
            @($found | Test-SendingDomain @zone | Where-Object Id -eq PROFILE-INCOMPLETE).Count
            """,
            _folder);
        result.EnsureClean();
        Assert.Equal(["2", "microsoft365 sendgrid", "2"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Objects_of_Exchange_Online_and_Graph_bind()
    {
        EngineResult result = _engine.Invoke("""
            [pscustomobject]@{ Domain = 'contoso.com'; Selector1CNAME = 'selector1-contoso-com._domainkey.contoso.p-v1.dkim.mail.microsoft'; Selector2CNAME = 'selector2-contoso-com._domainkey.contoso.p-v1.dkim.mail.microsoft' } |
                New-SendingDomainRecord -Provider microsoft365 -WarningAction SilentlyContinue | ForEach-Object { "$($_.Name) $_" }
            [pscustomobject]@{ Id = 'x'; Label = 'contoso.com'; RecordType = 'Mx'; Ttl = 3600; AdditionalProperties = @{ mailExchange = 'contoso-com.mail.protection.outlook.com'; preference = 0 } },
            [pscustomobject]@{ Id = 'y'; Label = 'autodiscover.contoso.com'; RecordType = 'CName'; Ttl = 3600; AdditionalProperties = @{ canonicalName = 'autodiscover.outlook.com' } } |
                ConvertTo-DnsRecordText -Format Zone
            """);
        string[] lines = string.Join('\n', result.Output.Select(item => item.ToString())).Split('\n').Where(line => line.Length > 0).ToArray();
        Assert.Contains("selector2._domainkey selector2-contoso-com._domainkey.contoso.p-v1.dkim.mail.microsoft", lines);
        Assert.Contains(lines, line => line.Contains("autodiscover.outlook.com", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("contoso-com.mail.protection.outlook.com", StringComparison.Ordinal));
    }

    [Fact]
    public void A_profile_whose_pattern_runs_away_is_refused()
    {
        string patterns = string.Join(",", Enumerable.Range(0, 40).Select(i => $"\"p{i}\":{{\"description\":\"x\",\"example\":\"c\",\"pattern\":\"(a|b|ab)*c\"}}"));
        string records = string.Join(",", Enumerable.Range(0, 40).Select(i => $"{{\"role\":\"verification\",\"host\":\"{{domain}}\",\"type\":\"TXT\",\"value\":\"{{p{i}}}\",\"source\":\"s\"}}"));
        string file = Path.Combine(_folder, "runaway.json");
        File.WriteAllText(file, "{\"id\":\"x\",\"name\":\"X\",\"kind\":\"esp\",\"confidence\":\"high\",\"sources\":[{\"id\":\"s\",\"title\":\"s\"}],\"parameters\":{" + patterns + "},\"records\":[" + records + "]}");
        File.WriteAllText(Path.Combine(_folder, "contoso.net.zone"), "$ORIGIN contoso.net.\n@ 3600 IN SOA ns1 hostmaster 1 2 3 4 5\n" + string.Concat(Enumerable.Range(0, 10).Select(i => "@ 3600 IN TXT \"" + string.Concat(Enumerable.Repeat("ab", 60 + i)) + "\"\n")));
        EngineResult result = _engine.Invoke("param($folder, $file) Test-SendingDomain contoso.net -Provider $file -ZoneFile \"$folder/contoso.net.zone\"", _folder, file);
        Assert.Contains("takes too long", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }
}
