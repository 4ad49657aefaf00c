using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Record objects, typed through the published parameter sets of Az.Dns.</summary>
public class AzureBindingTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public AzureBindingTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseAzDns("contoso.com");
    }

    [Theory]
    [InlineData(Sample.Txt, "Txt", "v=spf1 include:spf.example.net -all")]
    [InlineData(Sample.Cname, "CName", "trk.example.net")]
    [InlineData(Sample.Mx, "Mx", "[10,mx.contoso.com]")]
    [InlineData(Sample.A, "A", "192.0.2.1")]
    [InlineData(Sample.Aaaa, "Aaaa", "2001:db8::1")]
    [InlineData(Sample.Caa, "Caa", "[0,issue,ca.example.net]")]
    [InlineData("New-TrackingRecord contoso.com -Target trk.example.net", "CName", "trk.example.net")]
    [InlineData("New-BimiRecord contoso.com -LogoUri https://contoso.com/l.svg", "Txt", "v=BIMI1; l=https://contoso.com/l.svg")]
    public void Record_picks_its_set(string record, string set, string data)
    {
        EngineResult result = _engine.Invoke($"{record} | New-AzDnsRecordConfig").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubAzCall").Property<string>("ParameterSetName"));
        Assert.Equal(data, result.Single().BaseObject.ToString());
    }

    [Theory]
    [InlineData(Sample.Txt, "Txt")]
    [InlineData(Sample.Cname, "CName")]
    [InlineData(Sample.Mx, "Mx")]
    [InlineData(Sample.A, "A")]
    [InlineData(Sample.Aaaa, "Aaaa")]
    [InlineData(Sample.Caa, "Caa")]
    public void Deserialized_record_picks_its_set(string record, string set)
    {
        _engine.Invoke($"{Sample.Copy(record)} | New-AzDnsRecordConfig").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubAzCall").Property<string>("ParameterSetName"));
    }

    [Fact]
    public void Mixed_types_go_through_one_pipeline()
    {
        EngineResult result = _engine.Invoke(
            $"{Sample.Txt}, {Sample.Cname}, {Sample.Mx}, {Sample.LongTxt} | New-AzDnsRecordSet -ResourceGroupName rg -DnsRecords {{ $_ | New-AzDnsRecordConfig }}").EnsureClean();

        Assert.Equal(["TXT", "CNAME", "MX", "TXT"], result.Properties<string>("RecordType"));
        Assert.Equal(["@", "trk", "@", "sel._domainkey"], result.Properties<string>("Name"));
        Assert.Equal([300u, 3600u, 3600u, 3600u], result.Properties<uint>("Ttl"));
        Assert.All(result.Properties<string>("ZoneName"), zone => Assert.Equal("contoso.com", zone));
        Assert.Equal([1, 1, 1, 1], result.Output.Select(set => ((System.Collections.ICollection)set.Properties["Records"].Value).Count));
    }

    [Fact]
    public void Deserialized_mixed_types_go_through_one_pipeline()
    {
        EngineResult result = _engine.Invoke(
            $"{Sample.Copy(Sample.Txt)}, {Sample.Copy(Sample.Cname)} | New-AzDnsRecordSet -ResourceGroupName rg -DnsRecords {{ $_ | New-AzDnsRecordConfig }}").EnsureClean();

        Assert.Equal(["TXT", "CNAME"], result.Properties<string>("RecordType"));
    }

    [Fact]
    public void Alias_that_also_had_a_Value_would_be_ambiguous()
    {
        EngineResult result = _engine.Invoke("[pscustomobject]@{ Value = 'a.example'; Cname = 'a.example' } | New-AzDnsRecordConfig");

        Assert.Equal(["AmbiguousParameterSet"], result.ErrorIds);
        Assert.Null(_engine.Invoke(Sample.Cname).Single().Properties["Value"]);
    }

    [Theory]
    [InlineData("Ttl = [timespan]::FromHours(1); RecordType = 'TXT'")]
    [InlineData("Ttl = [uint32] 3600; RecordType = [System.ConsoleColor]::White")]
    public void Twin_with_another_type_of_property_is_refused(string properties)
    {
        EngineResult result = _engine.Invoke(
            $"[pscustomobject]@{{ ZoneName = 'contoso.com'; Name = '@'; Value = 'x'; {properties} }} | New-AzDnsRecordSet -ResourceGroupName rg -DnsRecords {{ $_ | New-AzDnsRecordConfig }}");

        Assert.Single(result.Errors);
        Assert.Empty(_engine.Invoke("Get-StubAzZone").Output);
    }

    [Fact]
    public void Second_set_of_the_same_name_is_refused_and_overwriting_replaces_the_first()
    {
        string second = "[MailDns.TxtRecord]::new('contoso.com', '@', 'google-site-verification=x', [timespan]::FromHours(1), 'Verification')";
        string create = "New-AzDnsRecordSet -ResourceGroupName rg -DnsRecords { $_ | New-AzDnsRecordConfig }";
        _engine.Invoke($"{second} | {create}").EnsureClean();

        Assert.Equal(["PreconditionFailed"], _engine.Invoke($"{Sample.Txt} | {create}").ErrorIds);

        _engine.Invoke($"{Sample.Txt} | {create} -Overwrite").EnsureClean();
        Assert.Equal("v=spf1 include:spf.example.net -all", _engine.Invoke("(Get-StubAzZone).Records -join '|'").Single<string>());
    }

    [Fact]
    public void Record_is_merged_into_a_set_that_is_there()
    {
        _engine.Invoke("'google-site-verification=x' | ForEach-Object { New-AzDnsRecordSet -Name '@' -ZoneName contoso.com -ResourceGroupName rg -Ttl 300 -RecordType TXT -DnsRecords (New-AzDnsRecordConfig -Value $_) }").EnsureClean();

        _engine.Invoke($$"""
            $record = {{Sample.Txt}}
            Get-AzDnsRecordSet -ZoneName contoso.com -ResourceGroupName rg -Name $record.Name -RecordType $record.RecordType |
                Add-AzDnsRecordConfig -Value $record.Value | Set-AzDnsRecordSet
            """).EnsureClean();

        Assert.Equal("google-site-verification=x|v=spf1 include:spf.example.net -all", _engine.Invoke("(Get-StubAzZone).Records -join '|'").Single<string>());
    }
}
