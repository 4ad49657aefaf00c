using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The stand-ins behave as the published cmdlets do; what they settle on their own is said in them.</summary>
public class StubTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public StubTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseDnsServer("contoso.com");
    }

    [Fact]
    public void Add_has_the_23_published_sets()
    {
        string sets = _engine.Invoke("(Get-Command Add-DnsServerResourceRecord).ParameterSets.Name | Sort-Object").Output
            .Aggregate(string.Empty, (text, set) => text + set + " ");

        Assert.Equal("A AAAA AFSDB ATMA CNAME DHCID DNAME HINFO InputObject ISDN MX NS PTR RP RT SRV TLSA TXT Unknown WINS WINSR WKS X25 ", sets);
    }

    [Theory]
    [InlineData("-ZoneName contoso.com -Name h -A -IPv4Address 192.0.2.1", "A", "A", "192.0.2.1")]
    [InlineData("contoso.com h -AAAA -IPv6Address 2001:db8::1", "AAAA", "AAAA", "2001:db8::1")]
    [InlineData("contoso.com h -CName -HostNameAlias a.example.", "CNAME", "CNAME", "a.example.")]
    [InlineData("contoso.com . -MX -MailExchange mx.contoso.com -Preference 5", "MX", "MX", "5 mx.contoso.com.")]
    [InlineData("contoso.com sub -NS -NameServer ns.example", "NS", "NS", "ns.example.")]
    [InlineData("contoso.com 1 -Ptr -PtrDomainName h.contoso.com", "PTR", "PTR", "h.contoso.com.")]
    [InlineData("contoso.com _sip._tcp -Srv -DomainName h.contoso.com -Priority 1 -Weight 2 -Port 3", "SRV", "SRV", "1 2 3 h.contoso.com.")]
    [InlineData("contoso.com -TLSA -Name _25._tcp -CertificateUsage DomainIssuedCertificate -Selector SubjectPublicKeyInfo -MatchingType Sha256Hash -CertificateAssociationData ab", "TLSA", "TLSA", "DomainIssuedCertificate SubjectPublicKeyInfo Sha256Hash ab")]
    [InlineData("contoso.com h -Txt -DescriptiveText 'a b'", "TXT", "TXT", "a b")]
    [InlineData("contoso.com h -Type 257 -RecordData 000569737375656361", "Unknown", "TYPE257", "000569737375656361")]
    public void Add_binds_each_set(string arguments, string set, string type, string data)
    {
        _engine.Invoke($"Add-DnsServerResourceRecord {arguments}").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubCall").Property<string>("ParameterSetName"));
        EngineResult stored = _engine.Invoke("Get-StubZone");
        Assert.Equal(type, stored.Property<string>("RecordType"));
        Assert.Equal(data, stored.Property<string>("Data"));
    }

    [Fact]
    public void Input_object_of_get_binds_by_value()
    {
        _engine.UseDnsServer("contoso.com", "fabrikam.com");
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord -ZoneName contoso.com -Name h -A -IPv4Address 192.0.2.1
            Get-DnsServerResourceRecord -ZoneName contoso.com | Add-DnsServerResourceRecord -ZoneName fabrikam.com
            Get-StubCall Add-DnsServerResourceRecord | Select-Object -Last 1
            Get-StubZone fabrikam.com
            """).EnsureClean();

        Assert.Equal("InputObject", result.Output[0].Properties["ParameterSetName"].Value);
        Assert.Equal("192.0.2.1", result.Output[1].Properties["Data"].Value);
    }

    [Theory]
    [InlineData("Add-DnsServerResourceRecord nowhere.example h -A -IPv4Address 192.0.2.1", "WIN32 9601,Add-DnsServerResourceRecord")]
    [InlineData("Get-DnsServerResourceRecord nowhere.example", "WIN32 9601,Get-DnsServerResourceRecord")]
    [InlineData("Get-DnsServerResourceRecord contoso.com h", "WIN32 9714,Get-DnsServerResourceRecord")]
    [InlineData("Remove-DnsServerResourceRecord contoso.com h -RRType Txt -Force", "WIN32 9714,Remove-DnsServerResourceRecord")]
    [InlineData("Remove-DnsServerResourceRecord contoso.com '@' -RRType Txt -Force", "WIN32 9701,Remove-DnsServerResourceRecord")]
    [InlineData("Add-DnsServerResourceRecord contoso.com h -CName -HostNameAlias a.example; Add-DnsServerResourceRecord contoso.com h -A -IPv4Address 192.0.2.1", "WIN32 9709,Add-DnsServerResourceRecord")]
    [InlineData("Add-DnsServerResourceRecord contoso.com h -A -IPv4Address 192.0.2.1; Add-DnsServerResourceRecordCName contoso.com h a.example", "WIN32 9709,Add-DnsServerResourceRecordCName")]
    [InlineData("Add-DnsServerResourceRecord contoso.com h -CName -HostNameAlias A.example; Add-DnsServerResourceRecord contoso.com H -CName -HostNameAlias a.EXAMPLE.", "WIN32 9711,Add-DnsServerResourceRecord")]
    public void Errors_have_the_published_ids(string script, string id)
    {
        EngineResult result = _engine.Invoke(script);

        Assert.Equal(id, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.False(result.Terminated);
    }

    [Theory]
    [InlineData(254, "Initialize-StubZone contoso.com", 1, 0)]
    [InlineData(255, "Initialize-StubZone contoso.com", 0, 1)]
    [InlineData(255, "Initialize-StubZone contoso.com -DropLongText", 0, 0)]
    public void Long_text_ends_at_the_limit(int length, string prepare, int kept, int errors)
    {
        EngineResult result = _engine.Invoke($"{prepare}; Add-DnsServerResourceRecord contoso.com h -Txt -DescriptiveText ('x' * {length}); Get-StubZone");

        Assert.Equal(kept, result.Output.Count);
        Assert.Equal(errors, result.Errors.Count);
    }

    [Fact]
    public void Get_gives_the_shape_of_the_cim_class()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecordCName contoso.com trk trk.example.net
            Get-DnsServerResourceRecord contoso.com trk
            """);
        PSObject record = result.Single();

        Assert.Equal("Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DNS/DnsServerResourceRecord", record.TypeNames[0]);
        Assert.Equal(
            ["DistinguishedName", "HostName", "RecordClass", "RecordData", "RecordType", "Timestamp", "TimeToLive", "Type"],
            record.Properties.Select(property => property.Name));
        Assert.Equal("DC=trk,DC=contoso.com,cn=MicrosoftDNS,DC=DomainDnsZones,DC=contoso,DC=com", record.Properties["DistinguishedName"].Value);
        Assert.Equal("trk.example.net.", ((PSObject)record.Properties["RecordData"].Value).Properties["HostNameAlias"].Value);
        Assert.Equal((ushort)5, record.Properties["Type"].Value);
    }

    [Fact]
    public void Remove_takes_only_the_data_named()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText one
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText two
            Remove-DnsServerResourceRecord contoso.com '@' -RRType Txt -RecordData one -Force
            Get-StubZone
            """).EnsureClean();

        Assert.Equal("two", result.Property<string>("Data"));
    }

    [Fact]
    public void Remove_without_the_data_takes_all_of_the_type()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText one
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText two
            Remove-DnsServerResourceRecord contoso.com '@' -RRType Txt -Force
            Get-StubZone
            """).EnsureClean();

        Assert.Empty(result.Output);
    }

    [Fact]
    public void Remove_asks_unless_forced()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText one
            try { Remove-DnsServerResourceRecord contoso.com '@' -RRType Txt } catch { 'asked' }
            (Get-StubZone).Data
            """);

        Assert.Equal(["asked", "one"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void What_if_changes_nothing()
    {
        EngineResult result = _engine.Invoke("Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText one -WhatIf; Get-StubZone").EnsureClean();

        Assert.Empty(result.Output);
        Assert.Contains("What if:", result.HostText, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Set_changes_the_time_to_live()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText one
            $old = Get-DnsServerResourceRecord contoso.com '@'
            $new = Get-DnsServerResourceRecord contoso.com '@'
            $new.TimeToLive = [timespan]::FromMinutes(5)
            Set-DnsServerResourceRecord -ZoneName contoso.com -OldInputObject $old -NewInputObject $new
            Get-StubZone
            """).EnsureClean();

        Assert.Equal(System.TimeSpan.FromMinutes(5), result.Property<System.TimeSpan>("TimeToLive"));
    }

    [Theory]
    [InlineData("ConvertTo-DnsClientRecord contoso.com -Strings 'v=spf1 ', '-all'", "TXT", "Microsoft.DnsClient.Commands.DnsRecord_TXT")]
    [InlineData("ConvertTo-DnsClientRecord trk.contoso.com -NameHost a.example", "CNAME", "Microsoft.DnsClient.Commands.DnsRecord_PTR")]
    [InlineData("ConvertTo-DnsClientRecord contoso.com -NameExchange mx.contoso.com", "MX", "Microsoft.DnsClient.Commands.DnsRecord_MX")]
    [InlineData("ConvertTo-DnsClientRecord contoso.com -IPAddress 2001:db8::1", "AAAA", "Microsoft.DnsClient.Commands.DnsRecord_AAAA")]
    public void Client_records_have_the_shape_of_resolve(string script, string type, string typeName)
    {
        _engine.UseDnsClient();
        PSObject record = _engine.Invoke(script).Single();

        Assert.Equal(typeName, record.TypeNames[0]);
        Assert.Equal(type, record.Properties["Type"].Value.ToString());
    }

    [Theory]
    [InlineData("DnsServer", "DnsServer.psm1")]
    [InlineData("Az.Dns", "Az.Dns.psm1")]
    [InlineData("DnsClient", "DnsClientStub.psm1")]
    public void Stub_needs_nothing_that_an_edition_lacks(string folder, string file)
    {
        ScriptBlockAst tree = Parser.ParseFile(TestPaths.Stub(folder, file), out _, out ParseError[] errors);
        Assert.Empty(errors);
        Assert.Empty(tree.FindAll(node => node is TernaryExpressionAst or PipelineChainAst, searchNestedScriptBlocks: true));

        IEnumerable<string> own = tree.FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: true).Select(node => ((FunctionDefinitionAst)node).Name);
        IEnumerable<string?> called = tree.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Select(node => ((CommandAst)node).GetCommandName());
        Assert.Empty(called.Except(own).Except(["Set-StrictMode", "ForEach-Object", "Where-Object"]));
    }
}
