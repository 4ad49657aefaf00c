using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Add-SpfMechanism, Remove-SpfMechanism, Optimize-SpfRecord and Get-SpfTree as users type them.</summary>
public sealed class SpfEditingTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Zone = """
        $ORIGIN example.com.
        $TTL 3600
        @ SOA ns.example.com. root.example.com. 1 3600 600 86400 300
        @ NS ns
        @ TXT "v=spf1 a include:esp.example.com ~all"
        @ TXT "other-verification=1"
        @ A 192.0.2.1
        esp TXT "v=spf1 ip4:198.51.100.0/24 -all"
        mail TXT "v=spf1 mx -all"
        two TXT "v=spf1 mx -all"
        two TXT "v=spf1 a -all"
        none TXT "hello"
        broken TXT "v=spf1 ipv4:192.0.2.1 -all"
        many TXT "v=spf1 exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com exists:e.example.com -all"
        e A 127.0.0.2
        """;

    private readonly EngineFixture _engine;
    private readonly string _file = Path.GetTempFileName();

    public SpfEditingTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(_file, Zone.Replace("        ", string.Empty, StringComparison.Ordinal) + "\n");
    }

    public void Dispose() => File.Delete(_file);

    private EngineResult Run(string script) => _engine.Invoke("param($file) " + script, _file);

    [Fact]
    public void A_text_is_edited_without_any_lookup()
    {
        EngineResult result = Run("Add-SpfMechanism -InputObject 'v=spf1 mx -all' -Domain example.com -Include spf.akmta.net -IPv4 192.0.2.0/24").EnsureClean();
        Assert.Equal("v=spf1 mx include:spf.akmta.net ip4:192.0.2.0/24 -all", result.Property<string>("DescriptiveText"));
        Assert.Equal("@", result.Property<string>("Name"));
        Assert.Equal("example.com", result.Property<string>("ZoneName"));
        Assert.Equal("Spf", result.Property<string>("Purpose"));
        Assert.Equal(3600, result.Property<int>("Ttl"));
    }

    [Fact]
    public void A_domain_is_looked_up_and_its_budget_told()
    {
        EngineResult result = Run("Add-SpfMechanism example.com -Include mail.example.com -ZoneFile $file -Verbose").EnsureClean();
        Assert.Equal("v=spf1 a include:esp.example.com include:mail.example.com ~all", result.Property<string>("Value"));
        Assert.Contains("SPF budget of example.com: 2 of 10 lookups, 1 of 2 void lookups before; 4 of 10 lookups, 2 of 2 void lookups after.", result.Verbose);
    }

    [Theory]
    [InlineData("'example.com', 'mail.example.com' | Add-SpfMechanism -Include esp.example.com -ZoneFile $file")]
    [InlineData("[pscustomobject]@{ ZoneName = 'example.com' }, [pscustomobject]@{ DomainName = 'mail.example.com' } | Add-SpfMechanism -Include esp.example.com -ZoneFile $file")]
    public void Domains_come_by_the_pipeline(string script)
    {
        EngineResult result = Run(script).EnsureClean();
        Assert.Equal(
            new[] { "v=spf1 a include:esp.example.com ~all", "v=spf1 mx include:esp.example.com -all" },
            result.Properties<string>("Value"));
        Assert.Equal(new[] { "example.com", "mail.example.com" }, result.Properties<string>("Fqdn"));
    }

    [Fact]
    public void Running_it_twice_changes_nothing()
    {
        EngineResult result = Run("Add-SpfMechanism -InputObject 'v=spf1  MX -all' -Domain example.com -Mx '@', '' | Add-SpfMechanism -Mx example.com").EnsureClean();
        Assert.Equal("v=spf1  MX -all", result.Property<string>("Value"));
    }

    [Fact]
    public void A_maildns_record_keeps_its_zone_and_time_to_live()
    {
        EngineResult result = Run(
            "[MailDns.TxtRecord]::new('example.com', 'mail', 'v=spf1 -all', [timespan]::FromMinutes(5), 'Spf') | Add-SpfMechanism -A mail.example.com").EnsureClean();
        Assert.Equal("v=spf1 a:mail.example.com -all", result.Property<string>("Value"));
        Assert.Equal("mail", result.Property<string>("Name"));
        Assert.Equal(300, result.Property<int>("Ttl"));

        result = Run(
            "[MailDns.TxtRecord]::new('example.com', 'mail', 'v=spf1 -all', 60, 'Spf') | Add-SpfMechanism -IPv6 2001:db8::1 -TimeToLive 900").EnsureClean();
        Assert.Equal(900, result.Property<int>("Ttl"));
    }

    [Fact]
    public void Windows_dns_objects_are_read_and_other_texts_passed_over()
    {
        _engine.UseDnsServer("example.com");
        Run("Add-DnsServerResourceRecord -ZoneName example.com -Name '@' -Txt -DescriptiveText 'verify=1'").EnsureClean();
        Run("Add-DnsServerResourceRecord -ZoneName example.com -Name '@' -Txt -DescriptiveText 'v=spf1 mx -all'").EnsureClean();
        Run("Add-DnsServerResourceRecord -ZoneName example.com -Name 'mail' -Txt -DescriptiveText 'v=spf1 a -all'").EnsureClean();
        EngineResult result = Run("Get-DnsServerResourceRecord -ZoneName example.com -RRType Txt | Add-SpfMechanism -Domain example.com -Include spf.akmta.net").EnsureClean();
        Assert.Equal(new[] { "v=spf1 mx include:spf.akmta.net -all", "v=spf1 a include:spf.akmta.net -all" }, result.Properties<string>("Value"));
        Assert.Equal(new[] { "@", "mail" }, result.Properties<string>("Name"));
        Assert.Equal(new[] { "example.com", "example.com" }, result.Properties<string>("ZoneName"));
    }

    [Fact]
    public void Azure_record_sets_and_resolved_names_are_read()
    {
        _engine.UseAzDns("example.com");
        EngineResult result = Run(
            """
            New-AzDnsRecordSet -Name '@' -ZoneName example.com -ResourceGroupName rg -RecordType TXT -Ttl 600 -DnsRecords @(
                (New-AzDnsRecordConfig -Value 'verify=1'), (New-AzDnsRecordConfig -Value 'v=spf1 mx -all')) | Out-Null
            Get-AzDnsRecordSet -Name '@' -ZoneName example.com -ResourceGroupName rg -RecordType TXT | Add-SpfMechanism -Include spf.akmta.net
            """).EnsureClean();
        Assert.Equal("v=spf1 mx include:spf.akmta.net -all", result.Property<string>("Value"));
        Assert.Equal(600, result.Property<int>("Ttl"));

        _engine.UseDnsClient();
        result = Run(
            """
            $texts = (ConvertTo-DnsClientRecord mail.example.com -Strings 'verify=1'), (ConvertTo-DnsClientRecord mail.example.com -Strings 'v=spf1 mx', ' -all' -TTL 60)
            $texts | Add-SpfMechanism -Include spf.akmta.net
            """).EnsureClean();
        Assert.Equal("v=spf1 mx include:spf.akmta.net -all", result.Property<string>("Value"));
        Assert.Equal("mail.example.com", result.Property<string>("Fqdn"));
        Assert.Equal(60, result.Property<int>("Ttl"));
    }

    [Theory]
    [InlineData("Add-SpfMechanism -InputObject 'v=spf1 -all' -Include a.example", "SpfRefused", "give its domain with -Domain")]
    [InlineData("Add-SpfMechanism -InputObject 'not a record' -Include a.example", "InvalidDomain", "not a record")]
    [InlineData("'v=spf1 -all', 'v=spf1 mx -all' | Add-SpfMechanism -Domain example.com -Include a.example", "SpfRefused", "\"v=spf1 -all\" and \"v=spf1 mx -all\"")]
    [InlineData("Add-SpfMechanism two.example.com -Include a.example -ZoneFile $file", "SpfRefused", "has 2 SPF records")]
    [InlineData("Add-SpfMechanism none.example.com -Include a.example -ZoneFile $file", "SpfRefused", "has no SPF record; New-SpfRecord makes one")]
    [InlineData("Add-SpfMechanism broken.example.com -Include a.example -ZoneFile $file", "InvalidRecord", "is not a mechanism of SPF")]
    [InlineData("Add-SpfMechanism elsewhere.example -Include a.example -ZoneFile $file", "LookupFailed", "is unknown")]
    [InlineData("Add-SpfMechanism example.com -Include none.example.com -ZoneFile $file", "SpfRefused", "is a permerror: \"none.example.com\" has no SPF record")]
    [InlineData("Add-SpfMechanism many.example.com -Include esp.example.com, mail.example.com -ZoneFile $file", "SpfRefused", "it takes 12 lookups of 10")]
    [InlineData("Add-SpfMechanism example.com -IPv4 192.0.2.300 -ZoneFile $file", "InvalidRecord", "192.0.2.300")]
    [InlineData("Add-SpfMechanism example.com -ZoneFile $file", "MechanismRequired", "-Include")]
    public void What_is_wrong_is_an_error_with_its_id(string script, string id, string message)
    {
        EngineResult result = Run(script);
        Assert.Empty(result.Output);
        Assert.Equal(id, Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Force_gives_a_permerror_with_a_warning()
    {
        EngineResult result = Run("Add-SpfMechanism many.example.com -Include esp.example.com, mail.example.com -ZoneFile $file -Force").EnsureClean();
        Assert.Single(result.Output);
        Assert.Contains("The SPF record of many.example.com is a permerror: it takes 12 lookups of 10.", result.Warnings);
    }

    [Fact]
    public void One_bad_record_does_not_stop_the_others()
    {
        EngineResult result = Run("'two.example.com', 'mail.example.com' | Remove-SpfMechanism -Mx '@' -ZoneFile $file");
        Assert.Equal("SpfRefused", Assert.Single(result.ErrorIds));
        Assert.Equal("v=spf1 -all", result.Property<string>("Value"));
    }

    [Fact]
    public void A_mechanism_is_removed()
    {
        EngineResult result = Run("Remove-SpfMechanism example.com -Include ESP.example.com -A '@' -IPv4 192.0.2.9 -ZoneFile $file -Verbose").EnsureClean();
        Assert.Equal("v=spf1 ~all", result.Property<string>("Value"));
        Assert.Contains("\"ip4:192.0.2.9\" is not in the record.", result.Verbose);
    }

    [Fact]
    public void A_record_is_flattened_and_checked_for_drift()
    {
        EngineResult result = Run("Optimize-SpfRecord example.com -Flatten -ZoneFile $file -Verbose").EnsureClean();
        Assert.Equal("v=spf1 ip4:192.0.2.1 ip4:198.51.100.0/24 ~all", result.Property<string>("Value"));
        Assert.Contains("SPF of example.com: 37 octets and 2 lookups before; 45 octets and 0 lookups after.", result.Verbose);

        result = Run("Optimize-SpfRecord -Domain mail.example.com -InputObject 'v=spf1 include:esp.example.com -all' -Check -ZoneFile $file").EnsureClean();
        Assert.False(result.Property<bool?>("InSync"));
        Assert.Equal(new[] { "198.51.100.0/24" }, result.Property<string[]>("Added"));
    }

    [Fact]
    public void A_record_is_shortened_without_any_lookup()
    {
        EngineResult result = Run("'v=spf1 ip4:192.0.2.0/25 include:a.example ip4:192.0.2.1 -all mx' | Optimize-SpfRecord -Domain example.com").EnsureClean();
        Assert.Equal("v=spf1 ip4:192.0.2.0/25 include:a.example -all", result.Property<string>("Value"));
    }

    [Theory]
    [InlineData("Optimize-SpfRecord broken.example.com -Flatten -ZoneFile $file", "InvalidRecord")]
    [InlineData("Optimize-SpfRecord -Domain example.com -InputObject 'v=spf1 include:none.example.com -all' -Flatten -ZoneFile $file", "SpfRefused")]
    [InlineData("Optimize-SpfRecord -Domain example.com -InputObject 'v=spf1 include:outside.example -all' -Flatten -ZoneFile $file", "LookupFailed")]
    [InlineData("'example.com' | Optimize-SpfRecord -Check -ZoneFile $file", "SpfRefused")]
    public void What_cannot_be_optimised_is_an_error(string script, string id)
    {
        EngineResult result = Run(script);
        Assert.Empty(result.Output);
        Assert.Equal(id, Assert.Single(result.ErrorIds));
    }

    [Fact]
    public void The_tree_comes_node_by_node()
    {
        EngineResult result = Run("Get-SpfTree example.com -ZoneFile $file").EnsureClean();
        Assert.Equal(new[] { "example.com", "\\---include:esp.example.com" }, result.Properties<string>("TreeText"));
        Assert.Equal(new[] { 2, 0 }, result.Properties<int>("CumulativeLookupCount"));
        Assert.Equal(new[] { 257L, 256L }, result.Properties<long>("IPv4AddressCount"));
        Assert.Equal("esp.example.com", Run("(Get-SpfTree example.com -ZoneFile $file)[0].Children.Domain").Single<string>());
    }

    [Fact]
    public void A_failed_lookup_is_unknown_in_the_tree()
    {
        EngineResult result = Run("Get-SpfTree elsewhere.example -ZoneFile $file").EnsureClean();
        Assert.Equal("Unknown", result.Property<string>("Status"));
        Assert.StartsWith("Unknown: elsewhere.example TXT: ", result.Property<string>("Problem"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_and_the_drift_are_shown()
    {
        Assert.Equal(
            """

            Lookups Void       IPv4 Tree
            ------- ----       ---- ----
                  2    1        257 example.com
                  0    0        256 \---include:esp.example.com


            """.ReplaceLineEndings(),
            Run("Get-SpfTree example.com -ZoneFile $file").Render(80));
        Assert.Equal(
            """

            Domain  : mail.example.com
            InSync  : False
            Message : mail.example.com: 1 network passed by the source only. Flatten the
                      source again and publish the result.
            Added   : 198.51.100.0/24


            """.ReplaceLineEndings(),
            Run("'v=spf1 ip4:198.51.100.0/24 -all' | Optimize-SpfRecord -Domain mail.example.com -Check -ZoneFile $file").Render(80).Replace(" " + Environment.NewLine, Environment.NewLine, StringComparison.Ordinal));
    }
}
