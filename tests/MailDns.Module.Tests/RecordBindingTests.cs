using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Record objects, typed through the published parameter sets of DnsServer, set by set.</summary>
public class RecordBindingTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public RecordBindingTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseDnsServer("contoso.com");
    }

    public static TheoryData<string, string, string, string> Sets => new()
    {
        { Sample.Txt, "Add-DnsServerResourceRecord -Txt", "TXT", "@ TXT v=spf1 include:spf.example.net -all 00:05:00" },
        { Sample.Cname, "Add-DnsServerResourceRecord -CName", "CNAME", "trk CNAME trk.example.net. 01:00:00" },
        { Sample.Cname, "Add-DnsServerResourceRecordCName", "Add0", "trk CNAME trk.example.net. 01:00:00" },
        { Sample.Mx, "Add-DnsServerResourceRecord -MX", "MX", "@ MX 10 mx.contoso.com. 01:00:00" },
        { Sample.Mx, "Add-DnsServerResourceRecordMX", "Add0", "@ MX 10 mx.contoso.com. 01:00:00" },
        { Sample.A, "Add-DnsServerResourceRecord -A", "A", "mx A 192.0.2.1 01:00:00" },
        { Sample.Aaaa, "Add-DnsServerResourceRecord -AAAA", "AAAA", "mx AAAA 2001:db8::1 01:00:00" },
        { "New-TrackingRecord contoso.com -Target trk.example.net -TimeToLive 300", "Add-DnsServerResourceRecord -CName", "CNAME", "trk CNAME trk.example.net. 00:05:00" },
        { "New-BounceRecord contoso.com -Target bounce.example.net", "Add-DnsServerResourceRecordCName", "Add0", "bounce CNAME bounce.example.net. 01:00:00" },
        { "New-BimiRecord news.contoso.com -ZoneName contoso.com -LogoUri https://contoso.com/l.svg", "Add-DnsServerResourceRecord -Txt", "TXT", "default._bimi.news TXT v=BIMI1; l=https://contoso.com/l.svg 01:00:00" },
        { "New-SpfRecord contoso.com -Include spf.example.net -IPv4 198.51.100.7 -TimeToLive 00:10:00", "Add-DnsServerResourceRecord -Txt", "TXT", "@ TXT v=spf1 ip4:198.51.100.7 include:spf.example.net -all 00:10:00" },
        { "New-SenderIdRecord contoso.com -Include spf.example.net", "Add-DnsServerResourceRecord -Txt", "TXT", "@ TXT spf2.0/pra include:spf.example.net -all 01:00:00" },
        { "New-DkimRecord contoso.com -Selector s1 -Revoked", "Add-DnsServerResourceRecord -Txt", "TXT", "s1._domainkey TXT v=DKIM1; p= 01:00:00" },
        { "New-DkimRecord contoso.com -Selector s1 -CnameTarget s1.dkim.example.net", "Add-DnsServerResourceRecord -CName", "CNAME", "s1._domainkey CNAME s1.dkim.example.net. 01:00:00" },
        { "New-DomainKeysPolicyRecord contoso.com", "Add-DnsServerResourceRecord -Txt", "TXT", "_domainkey TXT o=-; 01:00:00" },
        { "New-DmarcRecord contoso.com -Rua dmarc@contoso.com", "Add-DnsServerResourceRecord -Txt", "TXT", "_dmarc TXT v=DMARC1; p=none; rua=mailto:dmarc@contoso.com 01:00:00" },
        { "'v=spf1 mx -all' | Add-SpfMechanism -Domain contoso.com -Include spf.example.net", "Add-DnsServerResourceRecord -Txt", "TXT", "@ TXT v=spf1 mx include:spf.example.net -all 01:00:00" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Record_binds_by_name(string record, string command, string set, string stored)
    {
        _engine.Invoke($"{record} | {command}").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubCall").Property<string>("ParameterSetName"));
        Assert.Equal([stored], Stored());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Deserialized_record_binds_by_name(string record, string command, string set, string stored)
    {
        _engine.Invoke($"{Sample.Copy(record)} | {command}").EnsureClean();

        Assert.Equal(set, _engine.Invoke("Get-StubCall").Property<string>("ParameterSetName"));
        Assert.Equal([stored], Stored());
    }

    [Theory]
    [InlineData(Sample.Txt, "-Txt", "DescriptiveText,Name,TimeToLive,Txt,ZoneName")]
    [InlineData(Sample.Cname, "-CName", "CName,HostNameAlias,Name,TimeToLive,ZoneName")]
    [InlineData(Sample.Mx, "-MX", "MailExchange,MX,Name,Preference,TimeToLive,ZoneName")]
    public void Nothing_else_binds(string record, string typeSwitch, string expected)
    {
        _engine.Invoke($"{record} | Add-DnsServerResourceRecord {typeSwitch}").EnsureClean();

        string bound = _engine.Invoke("((Get-StubCall).Bound.Keys | Sort-Object) -join ','").Single<string>();
        Assert.Equal(expected, bound);
    }

    [Fact]
    public void Typed_zone_wins_over_the_property()
    {
        _engine.UseDnsServer("contoso.com", "fabrikam.com");
        _engine.Invoke($"{Sample.Txt} | Add-DnsServerResourceRecord -Txt -ZoneName fabrikam.com").EnsureClean();

        Assert.Equal("fabrikam.com", _engine.Invoke("Get-StubZone").Property<string>("ZoneName"));
    }

    [Fact]
    public void Without_a_switch_nothing_is_added()
    {
        EngineResult result = _engine.Invoke($"{Sample.Txt} | Add-DnsServerResourceRecord");

        Assert.Equal(["InputObjectMissingMandatory"], result.ErrorIds);
        Assert.Empty(Stored());
    }

    [Fact]
    public void Foreign_type_in_the_pipeline_is_refused_and_the_rest_go_on()
    {
        EngineResult result = _engine.Invoke($"{Sample.Cname}, {Sample.Txt} | Add-DnsServerResourceRecord -Txt");

        Assert.Equal(["InputObjectMissingMandatory"], result.ErrorIds);
        Assert.Single(Stored());
    }

    [Theory]
    [InlineData("TimeToLive = $null", "ParameterArgumentTransformationError")]
    [InlineData("TimeToLive = [timespan]::FromHours(1); ZoneName = $null", "ParameterArgumentValidationError")]
    public void Twin_with_a_null_is_lost(string properties, string error)
    {
        string zone = properties.Contains("ZoneName", StringComparison.Ordinal) ? string.Empty : "ZoneName = 'contoso.com'; ";
        EngineResult result = _engine.Invoke($"[pscustomobject]@{{ {zone}Name = '@'; DescriptiveText = 'x'; {properties} }} | Add-DnsServerResourceRecord -Txt");

        Assert.Equal([error], result.ErrorIds);
        Assert.Empty(Stored());
    }

    [Theory]
    [InlineData(Sample.Txt)]
    [InlineData(Sample.Cname)]
    [InlineData(Sample.Mx)]
    [InlineData(Sample.A)]
    [InlineData(Sample.Aaaa)]
    [InlineData(Sample.Tlsa)]
    [InlineData(Sample.Caa)]
    public void Names_that_would_bind_to_something_else_are_absent(string record)
    {
        string[] avoided =
        [
            "AgeRecord", "AllowUpdateAny", "CreatePtr", "ZoneScope", "VirtualizationInstance", "Type", "RecordData", "Metadata",
            "Zone", "Target", "Port", "Address", "Service", "InputObject", "Server", "HostName", "RecordName",
        ];
        IEnumerable<string> names = _engine.Invoke(record).Single().Properties.Select(property => property.Name);

        Assert.Empty(names.Intersect(avoided, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Identical_record_is_error_9711()
    {
        EngineResult result = _engine.Invoke($"{Sample.Txt}, {Sample.Txt} | Add-DnsServerResourceRecord -Txt");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("WIN32 9711,Add-DnsServerResourceRecord", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceExists, error.CategoryInfo.Category);
        Assert.Single(Stored());
    }

    [Fact]
    public void Long_text_is_refused_by_the_server()
    {
        EngineResult result = _engine.Invoke($"{Sample.LongTxt} | Add-DnsServerResourceRecord -Txt");

        Assert.Equal(["WIN32 87"], result.ErrorIds);
        Assert.Empty(Stored());
    }

    [Fact]
    public void Record_finds_what_is_there()
    {
        _engine.Invoke($"{Sample.Txt} | Add-DnsServerResourceRecord -Txt; {Sample.Mx} | Add-DnsServerResourceRecord -MX").EnsureClean();

        PSObject found = _engine.Invoke($"{Sample.Txt} | Get-DnsServerResourceRecord").Single();

        Assert.Equal("TXT", found.Properties["RecordType"].Value);
        Assert.Equal("v=spf1 include:spf.example.net -all", ((PSObject)found.Properties["RecordData"].Value).Properties["DescriptiveText"].Value);
    }

    [Fact]
    public void Record_survives_a_clixml_file()
    {
        string path = System.IO.Path.GetTempFileName();
        try
        {
            _engine.Invoke($"param($path) {Sample.Txt}, {Sample.LongTxt} | Export-Clixml -Path $path -Depth 2", path).EnsureClean();
            EngineResult copy = _engine.Invoke("param($path) Import-Clixml -Path $path", path).EnsureClean();

            Assert.Equal("Deserialized.MailDns.TxtRecord", copy.Output[0].TypeNames[0]);
            Assert.Equal(["@", "sel._domainkey"], copy.Properties<string>("Name"));
            Assert.Equal(["Spf", "Dkim"], copy.Properties<string>("Purpose"));
            Assert.Equal([TimeSpan.FromMinutes(5), TimeSpan.FromHours(1)], copy.Properties<TimeSpan>("TimeToLive"));
            Assert.Equal([300u, 3600u], copy.Properties<uint>("Ttl"));
            Assert.Equal("v=spf1 include:spf.example.net -all", copy.Output[0].ToString());
            Assert.Equal(2, LanguagePrimitives.ConvertTo<string[]>(copy.Output[1].Properties["Strings"].Value).Length);
            Assert.Single(_engine.Invoke("param($path) Import-Clixml -Path $path | Where-Object Purpose -eq Spf", path).Output);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private string[] Stored()
    {
        return [.. _engine.Invoke("Get-StubZone | ForEach-Object { '{0} {1} {2} {3}' -f $_.HostName, $_.RecordType, $_.Data, $_.TimeToLive }").Output.Select(line => line.ToString())];
    }
}
