using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Publishing;

/// <summary>Plan, publish and undo through the cmdlets of Windows DNS Server, as their stand-in has them.</summary>
public class WindowsDnsTests : IClassFixture<EngineFixture>
{
    private const string Zone = "Get-StubZone contoso.com | ForEach-Object { \"$($_.HostName) $($_.RecordType) $($_.TimeToLive) $($_.Data)\" } | Sort-Object";

    private const string Prepare = """
        Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText 'v=spf1 mx ~all' -TimeToLive 02:00:00
        Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText 'google-site-verification=abc' -TimeToLive 02:00:00
        Add-DnsServerResourceRecord contoso.com '@' -MX -MailExchange mx.contoso.com -Preference 10
        Add-DnsServerResourceRecord contoso.com www -A -IPv4Address 192.0.2.1
        Add-DnsServerResourceRecord contoso.com trk -CName -HostNameAlias old.example.net
        $target = @{ ComputerName = 'dc01'; Confirm = $false }
        $wanted = @(
            New-SpfRecord contoso.com -Include spf.akmta.net
            New-DmarcRecord contoso.com -AggregateReportUri dmarc@contoso.com
            New-TrackingRecord contoso.com -Target trk.aksend.net
            New-BounceRecord contoso.com -Target akmta.net
        )
        $plan = { $wanted | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord contoso.com) }

        """;

    private readonly EngineFixture _engine;

    public WindowsDnsTests(EngineFixture engine)
    {
        _engine = engine;
        _engine.UseDnsServer("contoso.com");
    }

    [Fact]
    public void The_cycle_of_plan_publish_and_undo()
    {
        string path = Path.Combine(Path.GetTempPath(), "maildns-" + Guid.NewGuid().ToString("N") + ".xml");
        try
        {
            EngineResult result = _engine.Invoke($$"""
                {{Prepare}}
                $before = {{Zone}}
                $results = & $plan | Publish-SendingDomainRecord @target -UndoPath $args[0]
                $results.Status -join ' '
                $results.Action -join ' '
                @({{Zone}}) -like '[@btw]*'
                @({{Zone}}) -like '_*v=DMARC1*'
                'again'
                (& $plan).Action -join ' '
                'undo'
                ([System.Management.Automation.PSSerializer]::Deserialize([System.IO.File]::ReadAllText($args[0])) | Publish-SendingDomainRecord @target).Status -join ' '
                ((@({{Zone}}) -join '|') -eq ($before -join '|'))
                """, path).EnsureClean();
            Assert.Equal(
                [
                    "Verified Verified Verified Verified",
                    "Replace Add Replace Add",
                    "@ MX 01:00:00 10 mx.contoso.com.",
                    "@ TXT 02:00:00 google-site-verification=abc",
                    "@ TXT 02:00:00 v=spf1 mx include:spf.akmta.net ~all",
                    "bounce CNAME 01:00:00 akmta.net.",
                    "trk CNAME 01:00:00 trk.aksend.net.",
                    "www A 01:00:00 192.0.2.1",
                    "_dmarc TXT 01:00:00 v=DMARC1; p=none; rua=mailto:dmarc@contoso.com",
                    "again",
                    "Keep Keep Keep Keep",
                    "undo",
                    "Verified Verified Verified Verified",
                    "True",
                ],
                result.Output.Select(item => item.ToString()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void New_records_come_first_and_a_replacement_is_one_call()
    {
        EngineResult result = _engine.Invoke(Prepare + """
            $null = & $plan | Publish-SendingDomainRecord @target
            (Get-StubCall | Where-Object { $_.Command -notlike 'Get-*' } | Select-Object -Skip 5).Command
            (Get-StubCall | Select-Object -Last 1).Bound.ComputerName
            """).EnsureClean();
        Assert.Equal(
            ["Add-DnsServerResourceRecord", "Add-DnsServerResourceRecord", "Set-DnsServerResourceRecord", "Set-DnsServerResourceRecord", "dc01"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Zone_that_changed_since_the_plan_stops_all_of_it()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $items = & $plan
            Add-DnsServerResourceRecord contoso.com _dmarc -Txt -DescriptiveText 'v=DMARC1; p=reject'
            $before = {{Zone}}
            ($items | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """);
        Assert.Equal(["Skipped Skipped Skipped Skipped", "True"], result.Output.Select(item => item.ToString()));
        Assert.Equal(["ZoneChanged"], result.ErrorIds);
        Assert.Contains("p=reject", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_in_the_middle_ends_the_writing_and_what_was_written_can_be_undone()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $items = & $plan
            $before = {{Zone}}
            Set-StubHook Set-DnsServerResourceRecord { throw 'The server is busy.' }
            $results = $items | Publish-SendingDomainRecord @target -ErrorAction SilentlyContinue -ErrorVariable failed
            $results.Status -join ' '
            $failed.Count
            @(Get-StubZone | Where-Object { $_.Data -like 'v=spf1*' }).Data
            ($results.Undo | Publish-SendingDomainRecord @target).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """).EnsureClean();
        Assert.Equal(["Failed Verified Skipped Verified", "1", "v=spf1 mx ~all", "Verified Verified", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Text_that_vanishes_silently_is_noticed()
    {
        EngineResult result = _engine.Invoke(Prepare + """
            Set-StubHook Get-DnsServerResourceRecord { & (Get-Module DnsServer) { $script:Zone['contoso.com'].RemoveAll([System.Predicate[object]] { param($e) $e.HostName -eq 'note' }) } } -Skip 1
            [MailDns.TxtRecord]::new('contoso.com', 'note', 'x=1', [timespan]::FromHours(1), 'Other') |
                Compare-SendingDomain -ExistingRecord @([MailDns.TxtRecord]::new('contoso.com', '@', 'y', [timespan]::FromHours(1), 'Other')) |
                Publish-SendingDomainRecord @target
            """);
        Assert.Equal("Failed", result.Property<string>("Status"));
        Assert.Equal(["PublishFailed"], result.ErrorIds);
        Assert.Contains("read back there is nothing", result.Property<string>("Message"), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_and_no_consent_write_nothing()
    {
        EngineResult result = _engine.Invoke($$"""
            {{Prepare}}
            $before = {{Zone}}
            (& $plan | Publish-SendingDomainRecord -ComputerName dc01 -WhatIf).Status -join ' '
            ((@({{Zone}}) -join '|') -eq ($before -join '|'))
            """).EnsureClean();
        Assert.Equal(["Skipped Skipped Skipped Skipped", "True"], result.Output.Select(item => item.ToString()));
        Assert.Contains("Replace CNAME trk.contoso.com: old.example.net by trk.aksend.net in zone contoso.com on DNS server dc01", result.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_text_is_left_out_with_the_ways_and_the_rest_is_written()
    {
        EngineResult result = _engine.Invoke(Prepare + $"{Sample.LongTxt}, $wanted[1] | Publish-SendingDomainRecord @target");
        Assert.Equal(["Skipped", "Verified"], result.Properties<string>("Status"));
        Assert.Equal(["NotPublishable"], result.ErrorIds);
        Assert.Contains("-LongText DnsCmd", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_engine.Invoke("Get-StubZone | Where-Object HostName -like 'sel*'").Output);
    }

    [Fact]
    public void Long_text_goes_through_dnscmd_one_argument_a_string_and_is_not_taken_for_another_afterwards()
    {
        EngineResult result = _engine.Invoke(Prepare + $$"""
            $key = {{Sample.LongTxt}}
            $key | Publish-SendingDomainRecord @target -LongText DnsCmd
            $key | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord contoso.com)
            (Get-StubCall dnscmd).Bound.Argument.Count
            ((Get-StubCall dnscmd).Bound.Argument[6..7] -join '') -ceq $key.Value
            """).EnsureClean();
        Assert.Equal("Applied", result.Output[0].Properties["Status"].Value.ToString());
        Assert.Equal("Unknown", result.Output[1].Properties["Action"].Value.ToString());
        Assert.Equal(["8", "True"], result.Output.Skip(2).Select(item => item.ToString()));
    }

    // A backslash before the quotation mark that ends an argument would take it into the argument.
    [Theory]
    [InlineData("('v=DKIM1; n=' + 'a b' * 100 + '\\; p=AAAA')")]
    [InlineData("('x' * 254 + '\\' + ' y' * 40)")]
    public void Long_text_with_a_backslash_does_not_go_through_dnscmd(string text)
    {
        EngineResult result = _engine.Invoke(Prepare + $$"""
            [MailDns.TxtRecord]::new('contoso.com', 'x', {{text}}, [timespan]::FromHours(1), 'Other') | Publish-SendingDomainRecord @target -LongText DnsCmd
            @(Get-StubCall dnscmd).Count
            """);
        Assert.Equal(["NotPublishable"], result.ErrorIds);
        Assert.Equal("Skipped", result.Output[0].Properties["Status"].Value.ToString());
        Assert.Equal("0", result.Output[1].ToString());
    }

    // The strings of the SPF record that is there; Get-DnsServerResourceRecord gives the first.
    [Theory]
    [InlineData("'v=spf1 ip4:192.0.2.0/24 ', 'include:_spf.example.net -all'", "Unknown", "Skipped")]
    [InlineData("'v=spf1 redirect=_spf.exam', 'ple.net'", "Unknown", "Skipped")]
    [InlineData("'v=spf1 ip4:192.0.2.0/24 -all'", "Replace", "Verified")]
    public void Strings_of_an_spf_record_that_were_not_seen_are_not_deleted(string strings, string action, string status)
    {
        EngineResult result = _engine.Invoke($$"""
            Add-StubText contoso.com '@' {{strings}}
            $before = Get-StubZone contoso.com | ForEach-Object Data
            $plan = New-SpfRecord contoso.com -Include spf.akmta.net | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord contoso.com)
            "$($plan.Action)"
            $published = New-SpfRecord contoso.com -Include spf.akmta.net | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            "$($published.Status)"
            "$($before -eq (Get-StubZone contoso.com | ForEach-Object Data))"
            """);
        Assert.Equal([action, status, action == "Unknown" ? "True" : "False"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Alias_beside_other_records_is_a_conflict_and_is_left_out()
    {
        EngineResult result = _engine.Invoke(Prepare + "New-TrackingRecord contoso.com -HostName www -Target trk.aksend.net | Publish-SendingDomainRecord @target").EnsureClean();
        Assert.Equal("Skipped", result.Property<string>("Status"));
        Assert.Contains("RFC 1034 section 3.6.2", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_that_is_not_there_is_said_and_nothing_is_added()
    {
        EngineResult result = _engine.Invoke("New-SpfRecord fabrikam.com -All Fail | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false");
        Assert.Equal(["ZoneNotRead"], result.ErrorIds);
        Assert.Contains("9601", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_engine.Invoke("Get-StubCall Add-DnsServerResourceRecord").Output);
    }

    [Fact]
    public void Values_are_never_script()
    {
        EngineResult result = _engine.Invoke("""
            Add-DnsServerResourceRecord contoso.com x -A -IPv4Address 192.0.2.1
            [MailDns.TxtRecord]::new('contoso.com', 'odd', '$(throw 1); `$x ''y'' | Remove-Item *', [timespan]::FromHours(1), 'Other') | Publish-SendingDomainRecord -ComputerName '$(throw 2)' -Confirm:$false
            (Get-StubZone | Where-Object HostName -eq odd).Data
            [MailDns.TxtRecord]::new('contoso.com', 'odd2', 'say "hi"', [timespan]::FromHours(1), 'Other') | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false -ErrorAction SilentlyContinue
            """).EnsureClean();
        Assert.Equal("Verified", result.Output[0].Properties["Status"].Value.ToString());
        Assert.Equal("$(throw 1); `$x 'y' | Remove-Item *", result.Output[1].ToString());
        Assert.Equal("Skipped", result.Output[2].Properties["Status"].Value.ToString());
    }

    [Fact]
    public void Two_kinds_at_one_name_are_replaced_each_by_its_own()
    {
        EngineResult result = _engine.Invoke(Prepare + """
            Add-DnsServerResourceRecord contoso.com '@' -Txt -DescriptiveText 'spf2.0/pra mx -all' -TimeToLive 02:00:00
            $old = New-SenderIdRecord contoso.com -Include spf.akmta.net -Scope Pra -WarningAction SilentlyContinue
            $results = @($old) + $wanted[0] | Publish-SendingDomainRecord @target
            $results.Status -join ' '
            Get-StubZone | Where-Object { $_.RecordType -eq 'TXT' -and $_.HostName -eq '@' } | ForEach-Object { $_.Data }
            """).EnsureClean();
        Assert.Equal("Verified Verified", result.Output[0].ToString());
        Assert.Equal(["v=spf1 mx include:spf.akmta.net ~all", "google-site-verification=abc"], result.Output.Skip(1).Take(2).Select(item => item.ToString()));
        Assert.StartsWith("spf2.0/pra include:spf.akmta.net", result.Output[3].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_file_is_never_written_over_another()
    {
        string path = Path.GetTempFileName();
        try
        {
            EngineResult result = _engine.Invoke(Prepare + "& $plan | Publish-SendingDomainRecord @target -UndoPath $args[0]", path);
            Assert.Equal(["FileExists"], result.ErrorIds);
            Assert.Empty(_engine.Invoke("Get-StubCall Set-DnsServerResourceRecord").Output);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("'a string'")]
    [InlineData("[pscustomobject]@{ Name = 'x' }")]
    public void What_is_no_plan_is_refused(string input) =>
        Assert.Single(_engine.Invoke(input + " | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false").Errors);

    [Fact]
    public void Plan_and_results_look_the_same_after_a_copy_and_fit_80_columns()
    {
        EngineResult plan = _engine.Invoke(Prepare + "& $plan").EnsureClean();
        EngineResult copy = _engine.Invoke("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($args[0], 1))", (object)plan.Output.Select(item => item.BaseObject).ToArray()).EnsureClean();
        Assert.Equal(plan.Render(80), copy.Render(80));
        Assert.All(plan.Render(80).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        EngineResult results = _engine.Invoke("$args[0] | Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false", (object)copy.Output.ToArray()).EnsureClean();
        Assert.Equal(["Verified"], results.Properties<string>("Status").Distinct());
        Assert.All(results.Render(80).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }
}
