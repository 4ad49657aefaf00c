using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>No control octet of a zone reaches a screen, however an object is shown: alone, behind others, with every property.</summary>
public sealed class RawOctetTests : IClassFixture<EngineFixture>, IDisposable
{
    private const string Zone = """
        $ORIGIN contoso.com.
        $TTL 3600
        @ SOA ns1 h 1 2 3 4 5
        @ NS ns1
        ns1 A 203.0.113.53
        @ MX 10 ns1
        @ TXT "v=spf1 mx -all" "\027[2J\013\010"
        @ TXT "spf2.0/pra \027[2J -all"
        x TXT "plain \027[2J \092 \133\155"
        _dmarc TXT "v=DMARC1; p=none\027; rua=mailto:\027[31m@b.example; n=\155"
        s1._domainkey TXT "v=DKIM1; n=\027[31m; k=\027rsa; x=a\013\010   Status : Pass\013\010 b; p=\027AAA"
        _domainkey TXT "o=\027-; n=\007"
        default._bimi TXT "v=BIMI1; l=\027https://a.example/x.svg\007"
        _mta-sts TXT "v=STSv1; id=\0271\007"
        _smtp._tls TXT "v=TLSRPTv1; rua=mailto:\027a@b.example\007"
        @ CAA 0 issue "\027[2Jx"
        trk CNAME \027y.example.

        """;

    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-raw-").FullName;

    public RawOctetTests(EngineFixture engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "contoso.com.zone"), Zone);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Get-SpfStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-SpfTree contoso.com -ZoneFile $zone")]
    [InlineData("Get-SenderIdStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-DkimStatus contoso.com -Selector s1 -ZoneFile $zone")]
    [InlineData("Get-DmarcStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-BimiStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-MtaStsStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-TlsRptStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-CaaStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-MxStatus contoso.com -ZoneFile $zone")]
    [InlineData("Get-TrackingStatus contoso.com -HostName trk -ZoneFile $zone")]
    [InlineData("Test-SpfSender contoso.com 192.0.2.1 -ZoneFile $zone")]
    [InlineData("Test-SendingDomain contoso.com -Selector s1 -ZoneFile $zone")]
    [InlineData("Get-SendingDomainStatus contoso.com -Selector s1 -ZoneFile $zone")]
    [InlineData("ConvertFrom-DnsZone -Path $zone")]
    [InlineData("ConvertFrom-DnsZone -Path $zone | ConvertTo-DnsRecordText -Format Zone")]
    [InlineData("New-SpfRecord contoso.com -Include x.example | Compare-SendingDomain -ZoneFile $zone")]
    [InlineData("New-DmarcRecord contoso.com -NoReport | Compare-SendingDomain -ZoneFile $zone -NoMerge")]
    [InlineData("[MailDns.TxtRecord]::new('contoso.com', 'x', \"v=x `e[2J$([char]155)`a\", [timespan]::FromHours(1), 'Other') | Compare-SendingDomain -ZoneFile $zone")]
    public void No_control_octet_is_shown(string command)
    {
        EngineResult shown = _engine.Invoke($$"""
            param($zone)
            $ErrorActionPreference = 'SilentlyContinue'
            $WarningPreference = 'SilentlyContinue'
            $objects = @({{command}})
            $parts = $objects + @($objects | ForEach-Object { $_.Findings; $_.Record; $_.Before; $_.After; $_.Present; $_.Spf; $_.Dmarc; $_.Dkim } | Where-Object { $_ })
            $objects | Out-String
            $parts | Format-List * | Out-String -Width 400
            $parts | Format-Table * | Out-String -Width 400
            $parts | Format-Custom | Out-String -Width 400
            @([pscustomobject]@{ First = 1 }) + $parts | Out-String -Width 400
            @(Get-Process -Id $PID) + $parts | Out-String -Width 400
            $parts | ForEach-Object { "$_"; $_ | ForEach-Object ToString }
            $parts | ForEach-Object { $_.psobject.Properties } | ForEach-Object { $_.Value } | ForEach-Object { "$_" }
            """, [Path.Combine(_folder, "contoso.com.zone")]);
        Assert.NotEmpty(shown.Output);
        foreach (string text in shown.Output.Select(item => item.BaseObject.ToString()!))
            Assert.DoesNotContain(text, c => char.IsControl(c) && c is not '\n' and not '\r' and not '\t');
    }

    // What is written, converted and copied is the text itself.
    [Fact]
    public void An_escaped_text_is_the_same_record_after_a_copy()
    {
        EngineResult result = _engine.Invoke("""
            param($zone)
            $record = [MailDns.TxtRecord]::new('contoso.com', 'x', "plain `e[2J \ $([char]133)$([char]155)", [timespan]::FromHours(1), 'Other')
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($record, 4))
            $table = $record | ConvertTo-Csv | ConvertFrom-Csv
            $record | Compare-SendingDomain -ZoneFile $zone | ForEach-Object { [string]$_.Action }
            $copy | Compare-SendingDomain -ZoneFile $zone | ForEach-Object { [string]$_.Action }
            $record | ConvertTo-DnsRecordText -Format Zone | Select-String plain | ForEach-Object Line
            $copy | ConvertTo-DnsRecordText -Format Zone | Select-String plain | ForEach-Object Line
            $record.Value; $copy.Value; $record.IsEscaped; $table.Value
            """, [Path.Combine(_folder, "contoso.com.zone")]);
        string[] output = result.Output.Select(item => item.BaseObject.ToString()!).ToArray();
        Assert.Equal(["Keep", "Keep"], output[..2]);
        Assert.Equal(output[2], output[3]);
        Assert.Contains("\"plain \\027[2J \\\\ \\133\\155\"", output[2], StringComparison.Ordinal);
        const string Shown = "plain \\027[2J \\\\ \\133\\155";
        Assert.Equal([Shown, Shown, "True", Shown], output[4..]);
    }

    [Fact]
    public void A_text_without_control_octets_is_shown_as_it_is()
    {
        EngineResult result = _engine.Invoke("[MailDns.TxtRecord]::new('contoso.com', 'x', 'a\\027b \\', [timespan]::FromHours(1), 'Other')");
        Assert.Equal("a\\027b \\", result.Property<string>("Value"));
        Assert.False(result.Property<bool>("IsEscaped"));
    }
}
