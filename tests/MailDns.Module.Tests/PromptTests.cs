using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>What an administrator meets at the prompt: tables of domains, patterns that match nothing, -Verbose, groups of a view.</summary>
public sealed class PromptTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-prompt-").FullName;

    public PromptTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "contoso.com.zone"), "$ORIGIN contoso.com.\n$TTL 3600\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 203.0.113.53\n@ MX 10 ns1\n@ TXT \"v=spf1 mx -all\"\ns9._domainkey TXT \"v=DKIM1; p=\"\n");
        File.WriteAllText(Path.Combine(_folder, "broken.zone"), "$ORIGIN contoso.org.\n$TTL 3600\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\n@ TXT \"v=spf1\" \"include:spf.fabrikam.com\" \"-all\"\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Get-DkimStatus", "s9")]
    [InlineData("Test-SendingDomain", "s9")]
    [InlineData("Get-SendingDomainStatus", "s9")]
    [InlineData("Get-DkimStatus", "")]
    [InlineData("Test-SendingDomain", "")]
    [InlineData("Get-SendingDomainStatus", "")]
    public void A_selector_comes_from_a_table_and_an_empty_cell_is_none(string command, string selector)
    {
        EngineResult result = Run($"'Domain,Selector', 'contoso.com,{selector}' | ConvertFrom-Csv | {command} -ZoneFile $folder/contoso.com.zone").EnsureClean();
        Assert.NotEmpty(result.Output);
        bool isLookedAt = command == "Get-DkimStatus" ? result.Output.Any(item => "s9".Equals(item.Properties["Selector"].Value)) : result.Text.Contains("s9._domainkey", StringComparison.Ordinal) || result.Output.Count > 0;
        Assert.True(isLookedAt || selector.Length == 0);
    }

    [Theory]
    [InlineData("Compare-SendingDomain -ZoneFile $folder/contoso.com.zone -PublicKey $key -AggregateReportUri a@contoso.com | ForEach-Object Fqdn")]
    [InlineData("New-SendingDomainRecord -PublicKey $key -AggregateReportUri a@contoso.com -ZoneFile $folder/contoso.com.zone | ForEach-Object Fqdn")]
    [InlineData("New-SendingDomainTest -Path $folder -Force | Get-Content")]
    public void A_selector_of_a_table_is_used_for_the_records_too(string command)
    {
        EngineResult result = Run("$key = [System.IO.File]::ReadAllText($args[0]); 'Domain,Provider,Selector', 'contoso.com,Altcraft,s77' | ConvertFrom-Csv | " + command, Path.Combine(TestPaths.Root, "examples", "ak.public.pem"));
        Assert.Contains(result.Output, item => item.BaseObject.ToString()!.Contains("s77", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ConvertFrom-DnsZone -Path")]
    [InlineData("Get-SpfStatus contoso.com -ZoneFile")]
    [InlineData("Get-SendingProvider -Path")]
    [InlineData("Import-MailReport -Path")]
    [InlineData("Measure-DmarcReport -Path")]
    [InlineData("Measure-TlsReport -Path")]
    [InlineData("Test-DmarcReadiness contoso.com -ZoneFile $folder/contoso.com.zone -Path")]
    [InlineData("Test-MailMessage -ZoneFile $folder/contoso.com.zone -Path")]
    [InlineData("Test-BimiLogo -Path")]
    public void A_pattern_that_matches_nothing_is_an_error(string command)
    {
        EngineResult result = Run(command + " \"$folder/*.nope\"");
        Assert.Contains(result.Errors, error => error.ToString().StartsWith("No file matches ", StringComparison.Ordinal));
    }

    // A name that a pattern would not match, and a file that is not there.
    [Theory]
    [InlineData("ConvertFrom-DnsZone", "contoso.com.zone")]
    [InlineData("Test-MailMessage -ZoneFile $folder/contoso.com.zone", "m.eml")]
    public void Brackets_in_a_name_are_no_pattern_where_the_file_is_there(string command, string name)
    {
        string file = Path.Combine(_folder, "l[1]-" + name);
        File.WriteAllText(file, name == "m.eml" ? "From: a@contoso.com\r\nSubject: x\r\n\r\nbody\r\n" : "$ORIGIN contoso.com.\n@ 60 SOA ns1 h 1 2 3 4 5\n@ 60 TXT a\n");
        Assert.NotEmpty(Run(command + " -Path $args[0]", file).EnsureClean().Output);
        Assert.NotEmpty(Run(command + " -LiteralPath $args[0]", file).EnsureClean().Output);
        Assert.NotEmpty(Run("Get-Item -LiteralPath $args[0] | " + command, file).EnsureClean().Output);
        Assert.NotEmpty(Run(command + " -LiteralPath ($args[0] + 'x')", file).Errors);
    }

    [Fact]
    public void Verbose_names_the_servers_and_the_questions()
    {
        EngineResult result = Run("Get-SpfStatus contoso.com -Server 127.0.0.1:1 -TimeoutSec 1 -Verbose");
        Assert.Contains("DNS is asked at 127.0.0.1:1.", result.Verbose);
        Assert.Contains(result.Verbose, line => line.StartsWith("contoso.com TXT: ", StringComparison.Ordinal));
        Assert.Empty(Run("Get-SpfStatus contoso.com -Server 127.0.0.1:1 -TimeoutSec 1").Verbose);
    }

    [Fact]
    public void A_group_that_the_user_asks_for_has_its_own_name()
    {
        EngineResult result = Run("Test-SendingDomain contoso.com -ZoneFile $folder/contoso.com.zone | Format-Table -GroupBy Area | Out-String -Width 120");
        string text = result.Output[0].BaseObject.ToString()!;
        Assert.Contains("Area: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Domain: Dns", text, StringComparison.Ordinal);
        string records = Run("$r = New-SpfRecord contoso.com -IPv4 8.8.8.8; $r | Format-Table -GroupBy Purpose | Out-String; $r | Compare-SendingDomain -ZoneFile $folder/contoso.com.zone | Format-Table -GroupBy Action | Out-String; $r | Select-Object * | Out-String; $r | ConvertTo-Json -Depth 1; $r | ConvertTo-Csv").Text;
        Assert.Contains("Purpose: Spf", records, StringComparison.Ordinal);
        Assert.Contains("Action: ", records, StringComparison.Ordinal);
        Assert.DoesNotMatch("\\bZone\\b", records);
        Assert.Contains("Zone: contoso.com", Run("New-SpfRecord contoso.com -IPv4 8.8.8.8").Text, StringComparison.Ordinal);
        Assert.Contains("Domain: contoso.com", Run("Test-SendingDomain contoso.com -ZoneFile $folder/contoso.com.zone").Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void An_address_is_not_a_domain(string address) =>
        Assert.Equal(["InvalidDomain"], Run($"'{address}', 'contoso.com' | Get-SpfStatus -ZoneFile $folder/contoso.com.zone").ErrorIds);

    [Theory]
    [InlineData("5", "A number does not name a domain")]
    [InlineData("(Get-Date)", "A date does not name a domain")]
    [InlineData("1.5", "A number does not name a domain")]
    [InlineData("@{ a = 1 }", "A hashtable does not name a domain")]
    [InlineData("{ 1 }", "A script block does not name a domain")]
    [InlineData("[pscustomobject]@{ Id = [guid]::NewGuid() }", "An object does not name a domain")]
    public void What_is_passed_by_mistake_is_told_in_words(string value, string message)
    {
        string text = Assert.Single(Run(value + " | Get-SpfStatus -ZoneFile $folder/contoso.com.zone").Errors).ToString();
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5 | Export-SendingDomainReport -Path $folder/mistake.html", "not a number")]
    [InlineData("(Get-Date) | Export-SendingDomainReport -Path $folder/mistake.html", "not a date")]
    [InlineData("5 | Measure-TlsReport", "a number")]
    [InlineData("{ 1 } | Measure-DmarcReport", "a script block")]
    public void What_is_no_input_of_a_cmdlet_is_told_in_words(string script, string message)
    {
        string text = Run(script).Errors[0].ToString();
        Assert.Contains(message, text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x/")]
    [InlineData("tls://192.0.2.1")]
    [InlineData("ns1.contoso.com")]
    public void A_server_of_updates_is_an_address(string server)
    {
        string text = Assert.Single(Run("New-SpfRecord contoso.com | Publish-SendingDomainRecord -Confirm:$false -UpdateServer " + server).Errors).ToString();
        Assert.Contains("write address, address:port or [IPv6]:port.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dns-query", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_record_is_named_where_there_is_no_valid_one()
    {
        string message = Assert.Single(Run("Add-SpfMechanism contoso.org -Include spf.x.example -ZoneFile $folder/broken.zone").Errors).ToString();
        Assert.Contains("v=spf1include:spf.fabrikam.com-all", message, StringComparison.Ordinal);
        Assert.DoesNotContain("New-SpfRecord", message, StringComparison.Ordinal);
        Assert.Contains("New-SpfRecord", Assert.Single(Run("Add-SpfMechanism ns1.contoso.com -Include spf.x.example -ZoneFile $folder/contoso.com.zone").Errors).ToString(), StringComparison.Ordinal);
    }

    // $? and -ErrorAction Stop see that nothing was published.
    [Fact]
    public void A_server_that_is_not_reached_is_an_error_of_publishing()
    {
        EngineResult result = Run("New-SpfRecord contoso.com | Publish-SendingDomainRecord -UpdateServer 127.0.0.1:1 -Confirm:$false; $?");
        Assert.Equal(["ZoneNotRead"], result.ErrorIds);
        Assert.Equal(["Skipped", "False"], [result.Output[0].Properties["Status"].Value.ToString()!, result.Output[1].ToString()]);
    }

    [Fact]
    public void Nothing_to_compare_with_is_said_so()
    {
        EngineResult result = Run("New-SpfRecord contoso.com | Compare-SendingDomain -ExistingRecord @()");
        Assert.DoesNotContain("()", result.Property<string>("Reason"), StringComparison.Ordinal);
        Assert.Equal("Unknown", result.Property<string>("Action"));
    }

    [Theory]
    [InlineData("Test-SendingDomain -Quiet")]
    [InlineData("Get-SpfStatus")]
    [InlineData("Get-SendingDomainStatus")]
    public void A_domain_from_the_pipeline_is_the_zone_of_a_file_that_names_none(string command)
    {
        File.WriteAllText(Path.Combine(_folder, "relative"), "@ 3600 SOA a b 1 2 3 4 5\n@ NS a\n@ TXT \"v=spf1 -all\"\n");
        Assert.Single(Run("'contoso.com' | " + command + " -ZoneFile $folder/relative").EnsureClean().Output);
    }

    [Theory]
    [InlineData("New-SpfRecord contoso.com -Include spf.fabrikam.com | Compare-SendingDomain -ZoneFile $folder/relative", "Replace")]
    [InlineData("New-SpfRecord mail.contoso.com -ZoneName contoso.com -Include spf.fabrikam.com | Compare-SendingDomain -ZoneFile $folder/relative", "Add")]
    public void The_zone_of_wanted_records_is_the_zone_of_a_file_that_names_none(string command, string action)
    {
        File.WriteAllText(Path.Combine(_folder, "relative"), "@ 3600 SOA a b 1 2 3 4 5\n@ NS a\n@ TXT \"v=spf1 -all\"\nmail A 192.0.2.1\n");
        Assert.Equal(action, Run(command).EnsureClean().Output.Single().Properties["Action"].Value.ToString());
    }

    [Theory]
    [InlineData("Get-SpfStatus con..toso -ZoneFile $folder/relative")]
    [InlineData("Test-SendingDomain con..toso -ZoneFile $folder/relative -Quiet")]
    [InlineData("'con..toso' | Get-DmarcStatus -ZoneFile $folder/relative")]
    public void A_wrong_domain_is_told_before_a_file_that_names_no_zone(string command)
    {
        File.WriteAllText(Path.Combine(_folder, "relative"), "@ 3600 SOA a b 1 2 3 4 5\n@ NS a\n");
        Assert.Contains("\"con..toso\" is not a valid domain name", Assert.Single(Run(command).Errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UNKNOWN", "Unknown")]
    [InlineData("TYPE65400", "Conflict")]
    [InlineData("WINS", "Conflict")]
    [InlineData("Rrsig", "Add")]
    public void Data_that_are_not_read_are_in_the_way_of_an_alias(string type, string action)
    {
        EngineResult result = Run("$there = foreach ($one in '@', 'h') { [pscustomobject]@{ HostName = $one; RecordType = $(if ($one -eq '@') { 'NS' } else { '" + type + "' }); DistinguishedName = \"DC=$one,DC=contoso.com,cn=MicrosoftDNS,DC=x\"; RecordData = [pscustomobject]@{ NameServer = 'a.example.' } } }; 'h CNAME t.example.', 'free CNAME t.example.' | ConvertFrom-DnsZone -ZoneName contoso.com | Compare-SendingDomain -ExistingRecord $there");
        Assert.Equal([action, "Add"], result.Output.Select(item => item.Properties["Action"].Value.ToString()));
    }

    [Fact]
    public void A_domain_without_a_known_key_has_no_empty_selector()
    {
        string text = Run("Get-SendingDomainStatus contoso.com -ZoneFile $folder/broken.zone").Text;
        Assert.DoesNotContain(": : ", text, StringComparison.Ordinal);
        Assert.Contains("(no key known)", text, StringComparison.Ordinal);
    }

    private EngineResult Run(string script, params object[] arguments) => _engine.Invoke("$folder = '" + _folder.Replace("'", "''", StringComparison.Ordinal) + "'; " + script, arguments);
}
