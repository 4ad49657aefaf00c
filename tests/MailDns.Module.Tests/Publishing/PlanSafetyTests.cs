using System;
using System.IO;
using System.Linq;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Publishing;

/// <summary>Wildcards on every target, plans that lie, undo files that somebody else has, and what is said at the prompt.</summary>
public sealed class PlanSafetyTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Wanted = """
        $wanted = @(
            New-TrackingRecord contoso.com -Target trk.aksend.net
            New-SpfRecord shop.contoso.com -ZoneName contoso.com -Include spf.akmta.net
            New-DmarcRecord contoso.com -AggregateReportUri dmarc@contoso.com
        )

        """;

    private const string WindowsZone = "Get-StubZone contoso.com | ForEach-Object { \"$($_.HostName) $($_.RecordType) $($_.TimeToLive) $($_.Data)\" } | Sort-Object";

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    public PlanSafetyTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseDnsServer("contoso.com");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Names_under_a_wildcard_on_Windows_DNS()
    {
        EngineResult result = _engine.Invoke($$"""
            Add-DnsServerResourceRecord contoso.com '*' -A -IPv4Address 192.0.2.1
            Add-DnsServerResourceRecord contoso.com '*' -Txt -DescriptiveText 'v=spf1 -all'
            Add-DnsServerResourceRecord contoso.com 'shop' -Txt -DescriptiveText 'v=spf1 -all'
            {{Wanted}}
            $target = @{ ComputerName = 'dc01'; Confirm = $false; WarningAction = 'SilentlyContinue' }
            $before = {{WindowsZone}}
            $plan = $wanted | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord contoso.com)
            $plan.Action -join ' '
            $results = $plan | Publish-SendingDomainRecord @target
            $results.Status -join ' '
            ($wanted | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord contoso.com)).Action -join ' '
            ($results.Undo | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{WindowsZone}}) -join '|') -eq ($before -join '|'))
            """).EnsureClean();
        Assert.Equal(["Add Replace Add", "Verified Verified Verified", "Keep Keep Keep", "Verified Verified Verified", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Names_under_a_wildcard_and_alias_sets_on_Azure_DNS()
    {
        _engine.UseAzDns("contoso.com");
        EngineResult result = _engine.Invoke($$"""
            $at = @{ ZoneName = 'contoso.com'; ResourceGroupName = 'dns' }
            $null = New-AzDnsRecordSet @at -Name '*' -Ttl 300 -RecordType A -DnsRecords (New-AzDnsRecordConfig -Ipv4Address 192.0.2.1)
            $null = New-AzDnsRecordSet @at -Name '*' -Ttl 300 -RecordType TXT -DnsRecords (New-AzDnsRecordConfig -Value 'v=spf1 -all')
            $null = New-AzDnsRecordSet @at -Name 'shop' -Ttl 300 -RecordType TXT -DnsRecords (New-AzDnsRecordConfig -Value 'v=spf1 -all')
            {{Wanted}}
            $results = $wanted | Compare-SendingDomain -ExistingRecord (Get-AzDnsRecordSet @at) | Publish-SendingDomainRecord -ResourceGroupName dns -Confirm:$false -WarningAction SilentlyContinue
            $results.Action -join ' '
            $results.Status -join ' '
            ($wanted | Compare-SendingDomain -ExistingRecord (Get-AzDnsRecordSet @at)).Action -join ' '
            ($results.Undo | Publish-SendingDomainRecord -ResourceGroupName dns -Confirm:$false).Status -join ' '
            $alias = foreach ($type in 'CNAME', 'A') { [pscustomobject]@{ ZoneName = 'contoso.com'; Name = 'trk'; RecordType = $type; Ttl = 60; Records = @(); TargetResourceId = '/subscriptions/x' } }
            foreach ($set in $alias) { ($wanted[0] | Compare-SendingDomain -ExistingRecord $set).Action }
            """).EnsureClean();
        Assert.Equal(["Add Replace Add", "Verified Verified Verified", "Keep Keep Keep", "Verified Verified Verified", "Unknown", "Conflict"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-replace '<ToString>Add</ToString>', '<ToString>Remove</ToString>' -replace '<S N=\"Action\">Add', '<S N=\"Action\">Remove'")]
    [InlineData("-replace '>Add<', '>7<'")]
    [InlineData("-replace '>Add<', '>Replace<'")]
    [InlineData("-replace '<S N=\"Name\">_dmarc</S>', '<S N=\"Name\">_dmarc.fabrikam.com.</S>'")]
    [InlineData("-replace '<S N=\"ZoneName\">.*?</S>', ''")]
    [InlineData("-replace '<S N=\"ZoneName\">.*?</S>', '<S N=\"ZoneName\"></S>'")]
    [InlineData("-replace '<S N=\"Name\">.*?</S>', ''")]
    [InlineData("-replace '<S N=\"RecordType\">.*?</S>', ''")]
    public void Plan_that_was_edited_is_refused_as_a_whole(string edit)
    {
        EngineResult result = _engine.Invoke($$"""
            {{Wanted}}
            $text = [System.Management.Automation.PSSerializer]::Serialize(@($wanted | Compare-SendingDomain -ExistingRecord (New-NullMxRecord contoso.com)), 5)
            $edited = $text {{edit}}
            $edited -ne $text
            $items = [System.Management.Automation.PSSerializer]::Deserialize($edited)
            $items | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false
            """);
        Assert.Equal("True", Assert.Single(result.Output).ToString());
        Assert.Equal(["InvalidPlan"], result.ErrorIds);
        Assert.Contains("Nothing of the plan was carried out", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_engine.Invoke("Get-StubZone contoso.com").Output);
    }

    [Fact]
    public void One_broken_item_stops_the_others()
    {
        EngineResult result = _engine.Invoke(Wanted + """
            $plan = $wanted | Compare-SendingDomain -ExistingRecord (New-NullMxRecord contoso.com)
            @($plan) + 'a string' | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false
            """);
        Assert.Equal(["InvalidPlan"], result.ErrorIds);
        Assert.Empty(result.Output);
        Assert.Empty(_engine.Invoke("Get-StubZone contoso.com").Output);
    }

    [Fact]
    public void List_that_holds_itself_is_refused()
    {
        EngineResult result = _engine.Invoke("$list = [System.Collections.ArrayList]::new(); [void]$list.Add($list); , $list | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false -WhatIf");
        Assert.Equal(["InvalidPlan"], result.ErrorIds);
    }

    [Fact]
    public void Undo_file_is_claimed_and_never_another_ones()
    {
        string path = Path.Combine(_folder, "undo.xml");
        EngineResult preview = _engine.Invoke(Wanted + "$wanted | Publish-SendingDomainRecord -ComputerName dc01 -WhatIf -UndoPath $args[0] -ErrorAction SilentlyContinue", path);
        Assert.Empty(preview.Errors);
        Assert.False(File.Exists(path));

        if (!OperatingSystem.IsWindows())
        {
            string link = Path.Combine(_folder, "link.xml");
            File.CreateSymbolicLink(link, Path.Combine(_folder, "precious.txt"));
            Assert.Equal(["FileExists"], _engine.Invoke(Wanted + "$wanted | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false -UndoPath $args[0]", link).ErrorIds);
            Assert.False(File.Exists(Path.Combine(_folder, "precious.txt")));
        }
    }

    [Theory]
    [InlineData("New-DkimKey contoso.com -Selector s -KeyType Ed25519 -PrivateKeyPath $args[0] -Force -Confirm:$false")]
    [InlineData("New-SendingDomainTest contoso.com -Path $args[0] -Force -Confirm:$false")]
    [InlineData("Test-SendingDomain contoso.com -ZoneFile $args[1] | Export-SendingDomainReport -Path $args[0] -Force")]
    public void Force_replaces_regular_files_only(string command)
    {
        if (OperatingSystem.IsWindows())
            return;

        string precious = Path.Combine(_folder, "precious.txt");
        string link = Path.Combine(_folder, "link.txt");
        string zone = Path.Combine(_folder, "contoso.com.zone");
        File.WriteAllText(precious, "precious");
        File.WriteAllText(zone, "@ 3600 IN SOA ns hostmaster 1 1 1 1 1\n@ NS ns\n");
        File.CreateSymbolicLink(link, precious);
        EngineResult result = _engine.Invoke(command, link, zone);
        Assert.Equal(["FileError"], result.ErrorIds);
        Assert.Equal("precious", File.ReadAllText(precious));
        Assert.NotNull(File.ResolveLinkTarget(link, returnFinalTarget: false));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.tmp"));

        File.Delete(link);
        File.WriteAllText(link, "old");
        Assert.Empty(_engine.Invoke(command, link, zone).Errors);
        Assert.NotEqual("old", File.ReadAllText(link));
    }

    [Fact]
    public void New_SendingDomainRecord_warns_only_where_nothing_is_merged()
    {
        const string Make = "New-SendingDomainRecord contoso.com -Provider Altcraft -AggregateReportUri a@contoso.com";
        Assert.Contains(_engine.Invoke(Make).Warnings, warning => warning.Contains("-ExistingRecord", StringComparison.Ordinal));
        Assert.DoesNotContain(_engine.Invoke(Make + " -ExistingRecord (New-NullMxRecord contoso.com)").Warnings, warning => warning.Contains("-ExistingRecord", StringComparison.Ordinal));
        Assert.DoesNotContain(_engine.Invoke(Make + " | Compare-SendingDomain -ExistingRecord (New-NullMxRecord contoso.com)").Warnings, warning => warning.Contains("was not looked at", StringComparison.Ordinal));
        Assert.Contains(_engine.Invoke(Make).Warnings, warning => warning.Contains("ak._domainkey.contoso.com", StringComparison.Ordinal));
    }

    [Fact]
    public void Parking_closes_a_domain()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText 'v=spf1 mx ~all'
            Add-DnsServerResourceRecord contoso.com '@' -MX -MailExchange mx.contoso.com -Preference 10
            Add-DnsServerResourceRecord contoso.com '_dmarc' -Txt -DescriptiveText 'v=DMARC1; p=none; sp=none; t=y'
            $records = New-ParkedDomainRecord contoso.com
            $results = $records | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false -WarningAction SilentlyContinue
            $results.Status -join ' '
            Get-StubZone contoso.com | ForEach-Object { "$($_.HostName) $($_.RecordType) $($_.Data)" } | Sort-Object
            """).EnsureClean();
        Assert.Equal(
            ["Verified Verified Verified Verified", "@ MX 0 .", "@ TXT v=spf1 -all", "*._domainkey TXT v=DKIM1; p=", "_dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject"],
            result.Output.Select(item => item.ToString()).OrderBy(text => text.StartsWith("Verified", StringComparison.Ordinal) ? 0 : text[0] == '@' ? 1 : text[0] == '*' ? 2 : 3).ThenBy(text => text, StringComparer.Ordinal));
    }
}
