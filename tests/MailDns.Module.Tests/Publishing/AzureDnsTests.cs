using System;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Publishing;

/// <summary>Plan, publish and undo through the cmdlets of Azure DNS, as their stand-in has them.</summary>
public class AzureDnsTests : IClassFixture<EngineFixture>
{
    private const string Zone = "Get-StubAzZone contoso.com | ForEach-Object { \"$($_.Name) $($_.RecordType) $($_.Ttl) $(@($_.Records | ForEach-Object { [string]$_ } | Sort-Object) -join ' + ')\" } | Sort-Object";

    private const string Prepare = """
        $at = @{ ZoneName = 'contoso.com'; ResourceGroupName = 'dns' }
        $null = New-AzDnsRecordSet @at -Name '@' -Ttl 7200 -RecordType TXT -DnsRecords (New-AzDnsRecordConfig -Value 'v=spf1 mx ~all'), (New-AzDnsRecordConfig -Value 'MS=ms1')
        $null = New-AzDnsRecordSet @at -Name 'trk' -Ttl 300 -RecordType CNAME -DnsRecords (New-AzDnsRecordConfig -Cname old.example.net)
        $target = @{ ResourceGroupName = 'dns'; Confirm = $false }
        $wanted = @(
            New-SpfRecord contoso.com -Include spf.akmta.net
            New-DmarcRecord contoso.com -AggregateReportUri dmarc@contoso.com
            New-TrackingRecord contoso.com -Target trk.aksend.net
            [MailDns.TxtRecord]::new('contoso.com', 'sel._domainkey', 'v=DKIM1; k=rsa; p=' + ('QUJD' * 98), [timespan]::FromHours(1), 'Dkim')
        )
        $plan = { $wanted | Compare-SendingDomain -ExistingRecord (Get-AzDnsRecordSet @at) }

        """;

    private readonly EngineFixture _engine;

    public AzureDnsTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseAzDns("contoso.com");
    }

    [Fact]
    public void The_cycle_of_plan_publish_and_undo()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $before = {{Zone}}
            $results = & $plan | Publish-SendingDomainRecord @target
            $results.Status -join ' '
            $results.Action -join ' '
            @({{Zone}}) -like '@*'
            'again'
            (& $plan).Action -join ' '
            ($wanted | Publish-SendingDomainRecord @target).Status -join ' '
            'undo'
            ($results.Undo | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            @(Get-StubAzCall | Where-Object { $_.Bound.Overwrite }).Count
            """).EnsureClean();
        Assert.Equal(
            [
                "Verified Verified Verified Verified",
                "Replace Add Replace Add",
                "@ TXT 7200 MS=ms1 + v=spf1 mx include:spf.akmta.net ~all",
                "again",
                "Keep Keep Keep Keep",
                "Unchanged Unchanged Unchanged Unchanged",
                "undo",
                "Verified Verified Verified Verified",
                "True",
                "0",
            ],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Set_that_changes_between_reading_and_writing_is_refused_by_its_etag()
    {
        EngineResult result = _engine.Invoke(Prepare + """
            $items = $wanted[0] | Compare-SendingDomain -ExistingRecord (Get-AzDnsRecordSet @at)
            Set-StubAzHook Set-AzDnsRecordSet { Get-AzDnsRecordSet @at -Name '@' -RecordType TXT | Add-AzDnsRecordConfig -Value 'late=proof' | Set-AzDnsRecordSet }
            $results = $items | Publish-SendingDomainRecord @target
            $results
            (Get-StubAzZone | Where-Object Name -eq '@').Records -join '|'
            """);
        Assert.Equal(["ZoneChanged"], result.ErrorIds);
        Assert.Equal("Failed", result.Output[0].Properties["Status"].Value.ToString());
        Assert.Equal("v=spf1 mx ~all|MS=ms1|late=proof", result.Output[1].ToString());
    }

    [Fact]
    public void Zone_that_changed_since_the_plan_stops_all_of_it()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $items = & $plan
            $null = New-AzDnsRecordSet @at -Name '_dmarc' -Ttl 300 -RecordType TXT -DnsRecords (New-AzDnsRecordConfig -Value 'v=DMARC1; p=reject')
            $before = {{Zone}}
            ($items | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """);
        Assert.Equal(["Skipped Skipped Skipped Skipped", "True"], result.Output.Select(item => item.ToString()));
        Assert.Equal(["ZoneChanged"], result.ErrorIds);
    }

    [Fact]
    public void Failure_in_the_middle_ends_the_writing_and_can_be_undone()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $before = {{Zone}}
            $items = & $plan
            Set-StubAzHook Set-AzDnsRecordSet { throw 'Too many requests.' }
            $results = $items | Publish-SendingDomainRecord @target -ErrorAction SilentlyContinue
            $results.Status -join ' '
            ($results.Undo | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """).EnsureClean();
        Assert.Equal(["Failed Verified Skipped Verified", "Verified Verified", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $before = {{Zone}}
            $null = & $plan | Publish-SendingDomainRecord -ResourceGroupName dns -WhatIf
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """).EnsureClean();
        Assert.Equal("True", result.Single().ToString());
        Assert.Contains("on Azure DNS, resource group dns", result.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_that_is_not_there_stops_before_anything_is_written()
    {
        EngineResult result = _engine.Invoke("New-SpfRecord fabrikam.com -All Fail | Publish-SendingDomainRecord -ResourceGroupName dns -Confirm:$false");
        Assert.Equal(["ZoneNotRead"], result.ErrorIds);
        Assert.Empty(_engine.Invoke("Get-StubAzZone").Output);
    }
}
