using System;
using System.Collections.Generic;
using MailDns.Module.Tests.Engine;

namespace MailDns.Module.Tests.Views;

/// <summary>For each type that a cmdlet writes, a script that gives one or a few of it, always the same; none uses a network.</summary>
internal static class ViewSamples
{
    /// <summary>Runs before every sample: <c>$zones</c> answers for example.com, <c>$planned</c> also for what Altcraft asks for, <c>$none</c> for nothing.</summary>
    private const string Prepare = """
        param($root)
        $WarningPreference = 'SilentlyContinue'
        $PSDefaultParameterValues = @{}
        $zones = @{ ZoneFile = "$root/examples/zones/*.zone" }
        $none = @{ ZoneFile = "$root/examples/zones/akmta.net.zone" }
        $broken = @{ ZoneFile = "$root/examples/zones/a*.zone", "$root/examples/broken/*.zone" }
        $key = [System.IO.File]::ReadAllText("$root/examples/ak.public.pem")
        $records = New-SendingDomainRecord example.com -Provider Altcraft -PublicKey $key -AggregateReportUri dmarc@example.com @zones
        $planned = @{ ZoneFile = $zones.ZoneFile; PlannedRecord = $records }

        """;

    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["ARecord"] = Sample.A,
        ["AaaaRecord"] = Sample.Aaaa,
        ["BimiLogoResult"] = """
            $tested = Test-BimiLogo "$root/examples/mx1.pem"
            [pscustomobject]@{ PSTypeName = 'MailDns.BimiLogoResult'; Source = 'C:\logos\drawing.svg'; Passed = $tested.Passed; Size = $tested.Size; Findings = $tested.Findings }
            [pscustomobject]@{ PSTypeName = 'MailDns.BimiLogoResult'; Source = 'C:\logos\logo.svg'; Passed = $true; Size = 631; Findings = @() }
            """,
        ["BimiStatus"] = "Get-BimiStatus example.com @planned; Get-BimiStatus example.com @none",
        ["BlocklistStatus"] = """
            $file = [System.IO.Path]::GetTempFileName()
            [System.IO.File]::WriteAllText($file, "`$ORIGIN bl.spamcop.net.`n`$TTL 300`n@ IN SOA ns hostmaster 1 2 3 4 5`n2.0.0.127 IN A 127.0.0.2`n10.2.0.192 IN A 127.0.0.2`n IN TXT `"Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.10`"`n")
            Get-BlocklistStatus 192.0.2.10, 192.0.2.11 -List spamcop, psbl -ZoneFile $file -Ordered
            [System.IO.File]::Delete($file)
            """,
        ["BounceStatus"] = "Get-BounceStatus example.com -Provider Altcraft @planned; Get-BounceStatus example.com -Provider Altcraft @zones; Get-BounceStatus example.com -Provider Altcraft @none",
        ["CaaRecord"] = Sample.Caa,
        ["CaaStatus"] = "Get-CaaStatus example.com @zones; Get-CaaStatus example.com -PlannedRecord (New-CaaRecord example.com -Issue ca.example.net) @zones; Get-CaaStatus example.com @none",
        ["CheckDefinition"] = "Get-SendingDomainCheck -Id SPF-L*, DMARC-M*",
        ["CheckResult"] = "Test-SendingDomain example.com -Provider Altcraft -IncludeNotApplicable @zones | Where-Object Id -like '[BDS][MOP][AFU]*-[ALMP]*'; Test-SendingDomain example.com @none | Where-Object Area -in Dns, Mx, Alignment",
        ["SendingDomainChange"] = """
            $before = Test-SendingDomain example.com @zones; $after = Test-SendingDomain example.com -PlannedRecord (New-DmarcRecord example.com -NoReport) @zones
            Compare-SendingDomainResult $before $after; Compare-SendingDomainResult $before (Test-SendingDomain example.com @none) | Select-Object -First 2
            """,
        ["CnameRecord"] = Sample.Cname,
        ["DkimKey"] = """
            [pscustomobject]@{
                PSTypeName = 'MailDns.DkimKey'; Domain = 'example.com'; Selector = 's2026'; KeyType = 'Ed25519'; KeySize = 256
                PublicKey = 'RWQyNTUxOSBrZXkgb2YgdGhpcnR5LXR3byBvY3RldHM='; PrivateKeyPath = '/keys/s2026.example.com.pem'; Fingerprint = '0b' * 32
            }
            """,
        ["DkimStatus"] = "Get-DkimStatus example.com -Selector ak @planned; Get-DkimStatus example.com -Selector ak @zones; Get-DkimStatus example.com -Selector ak @none",
        ["DmarcAlignment"] = "Test-DmarcAlignment example.com -Provider Altcraft @planned; Test-DmarcAlignment example.com -Provider Altcraft @zones; Test-DmarcAlignment example.com -Provider Altcraft @none",
        ["DomainConnectStatus"] = "Get-DomainConnectStatus example.com @zones; Get-DomainConnectStatus example.com @none",
        ["DmarcFailureReport"] = "Import-MailReport \"$root/examples/reports/failure.eml\"; Import-MailReport \"$root/examples/reports/failure.eml\" -IncludePersonalData",
        ["DmarcReport"] = "Import-MailReport \"$root/examples/reports\" -Type Aggregate",
        ["DmarcReadiness"] = "Test-DmarcReadiness example.com \"$root/examples/reports\" -Before 2026-11-10 @zones; Test-DmarcReadiness example.com \"$root/examples/reports\" -Policy Reject -Before 2026-11-10 -Day 2 -AcceptedSource * -LargeReporter @() -MinimumReporter 1 @none",
        ["DmarcSource"] = "Measure-DmarcReport \"$root/examples/reports\" @zones",
        ["DmarcStatus"] = "Get-DmarcStatus example.com @planned; Get-DmarcStatus example.com @zones; Get-DmarcStatus example.com @none",
        ["MailMessageResult"] = """
            function Test-Sample([string] $text, [hashtable] $more = @{}) {
                Test-MailMessage -Path ($text -replace "`r?`n", "`r`n") @more @zones
            }
            Test-Sample "From: Ann <ann@example.com>`nTo: bob@example.net`nSubject: Invoice`n`nHello`n" @{ IPAddress = '192.0.2.1'; Sender = 'ann@example.com' }
            Test-Sample "Authentication-Results: mx.example.net; dkim=fail header.d=example.com`nReceived: from a.example (a.example [198.51.100.1])`n by mx.example.net; Tue, 24 Nov 2026 10:00:00 +0000`nDKIM-Signature: v=1; a=rsa-sha1; d=example.com; s=old; h=From; bh=AAAA; b=AAAA`nFrom: ann@example.com, bob@example.net`nSubject: x`n`nHello`n" @{ TrustedHost = 'mx.example.net' }
            """,
        ["MtaStsPolicy"] = "New-MtaStsPolicy example.com -Mx mx1.example.com, *.example.net",
        ["MtaStsStatus"] = "Get-MtaStsStatus example.com @zones; Get-MtaStsStatus example.com @none",
        ["MxRecord"] = Sample.Mx,
        ["MxStatus"] = "Get-MxStatus example.com @zones; Get-MxStatus example.com @none",
        ["NsRecord"] = "'sub 300 IN NS ns1.contoso.com.' | ConvertFrom-DnsZone -ZoneName contoso.com",
        ["PtrRecord"] = "'9 300 IN PTR mail.contoso.com.' | ConvertFrom-DnsZone -ZoneName 2.0.192.in-addr.arpa",
        ["RecordChange"] = "$records | Compare-SendingDomain @zones; New-SpfRecord example.com -Include spf.akmta.net | Compare-SendingDomain @none",
        ["RecordChangeResult"] = """
            Initialize-StubZone -Name example.com
            Add-DnsServerResourceRecord example.com '@' -Txt -DescriptiveText 'v=spf1 mx ~all' -TimeToLive 01:00:00
            $records | Where-Object Purpose -ne Dkim | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord example.com) |
                Publish-SendingDomainRecord -ComputerName dc01 -Confirm:$false
            """,
        ["RecordWaitResult"] = """
            foreach ($served in $true, $false) {
                [pscustomobject]@{
                    PSTypeName = 'MailDns.RecordWaitResult'; Name = 'ak._domainkey.example.com'; RecordType = 'TXT'; IsServed = $served
                    ServersServing = @('ns1.example.com', 'ns2.example.com'); Elapsed = [timespan]::FromSeconds(42); Zone = 'example.com'
                    ServersWaiting = $(if ($served) { @() } else { , @('ns3.example.com (an older version: serial 2026010101)') })
                    NegativeCacheTime = $null; Record = $records[1]
                }
            }
            """,
        ["ReverseDnsStatus"] = "Get-ReverseDnsStatus 192.0.2.1 @zones",
        ["SenderIdStatus"] = "Get-SenderIdStatus example.com @zones; Get-SenderIdStatus example.com @none",
        ["SendingDomainStatus"] = "Get-SendingDomainStatus example.com -Provider Altcraft @planned; Get-SendingDomainStatus example.com -Provider Altcraft @zones; Get-SendingDomainStatus example.com -Provider Altcraft @none",
        ["SendingProvider"] = "Get-SendingProvider Altcraft, SendGrid",
        ["SendingProviderMatch"] = "Find-SendingProvider example.com @planned",
        ["SmtpTlsStatus"] = """
            $one = Get-SmtpTlsStatus example.com @zones | Select-Object -First 1; $one
            $host1 = [ordered]@{ PSTypeName = 'MailDns.SmtpTlsStatus'; Domain = 'example.com'; Host = 'mx1.example.com'; Address = '192.0.2.1'; Port = 25; Preference = 10; Reachable = $true; HeloName = 'mx1.example.com' }
            $host1 += [ordered]@{ StartTls = 'Succeeded'; Protocol = 'TLS 1.3'; Cipher = 'TLS_AES_256_GCM_SHA384'; DaneMatch = $true; MtaStsMatch = $false; IsValid = $false; Findings = $one.Findings }
            $host1.Certificate = 'CN=mx1.example.com for mx1.example.com, mx2.example.com, issued by CN=R10,O=Example Authority,C=US (trusted), valid 2026-11-01 to 2027-01-30'
            [pscustomobject]$host1
            """,
        ["SpfDrift"] = "Optimize-SpfRecord -Domain example.com -InputObject (New-SpfRecord example.com -Include spf.akmta.net) -Check @zones",
        ["SpfResult"] = "Test-SpfSender -IPAddress 192.0.2.1 -Sender a@example.com @planned; Test-SpfSender -IPAddress 198.51.100.250 -Sender a@example.com @zones; Test-SpfSender -IPAddress 192.0.2.1 -Sender a@example.com @none",
        ["SpfStatus"] = "Get-SpfStatus example.com @planned; Get-SpfStatus example.net @broken; Get-SpfStatus example.com @none",
        ["SpfTreeNode"] = "Get-SpfTree example.com @planned; Get-SpfTree example.net @broken; Get-SpfTree example.com @none",
        ["TlsReport"] = "Import-MailReport \"$root/examples/reports\" -Type Tls",
        ["TlsReportSummary"] = "Measure-TlsReport \"$root/examples/reports\"",
        ["TlsRptStatus"] = "Get-TlsRptStatus example.com -PlannedRecord (New-TlsRptRecord example.com -Rua tls@example.com) @zones; Get-TlsRptStatus example.com @zones; Get-TlsRptStatus example.com @none",
        ["SrvRecord"] = "'_submission._tcp 300 IN SRV 0 1 587 mail.contoso.com.' | ConvertFrom-DnsZone -ZoneName contoso.com",
        ["TlsaRecord"] = Sample.Tlsa,
        ["TlsaStatus"] = "Get-TlsaStatus example.com @zones; Get-TlsaStatus example.com @none",
        ["TrackingStatus"] = "Get-TrackingStatus example.com -Provider Altcraft @planned; Get-TrackingStatus example.com -Provider Altcraft @zones; Get-TrackingStatus example.com -Provider Altcraft @none",
        ["TxtRecord"] = Sample.Txt + "; " + Sample.LongTxt,
    };

    public static IReadOnlyCollection<string> Types => s_scripts.Keys;

    public static string Script(string type) => Prepare + s_scripts[type];

    /// <summary>The same objects as Export-Clixml, a job or a remote session gives them back.</summary>
    public static string CopyScript(string type, int depth) =>
        Prepare + "foreach ($one in & { " + s_scripts[type] + " }) { " + Sample.Copy("$one", depth) + " }";
}
