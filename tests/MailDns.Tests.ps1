#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }
# What users see, in their own PowerShell: import, generate, pipe, check. Offline, on the example zones.

# MAILDNS_TEST_MODULE names another manifest, so that the same tests run on a package.
BeforeDiscovery {
    $manifest = if ($env:MAILDNS_TEST_MODULE) { $env:MAILDNS_TEST_MODULE } else { Join-Path (Split-Path -Parent $PSScriptRoot) 'MailDns.psd1' }
    Import-Module $manifest -Force
}

BeforeAll {
    $root = Split-Path -Parent $PSScriptRoot
    $manifest = if ($env:MAILDNS_TEST_MODULE) { $env:MAILDNS_TEST_MODULE } else { Join-Path $root 'MailDns.psd1' }
    Import-Module $manifest -Force
    $script:zones = Join-Path $root 'examples/zones/*.zone'
    $script:key = [System.IO.File]::ReadAllText((Join-Path $root 'examples/ak.public.pem'))
    $script:stubs = Join-Path $PSScriptRoot 'Stubs'
}

Describe 'Module' {
    It 'exports <Name> with an approved verb and a singular noun' -ForEach (Get-Command -Module MailDns -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Command = $_ } }) {
        $verb, $noun = $Name -split '-', 2
        (Get-Verb).Verb | Should -Contain $verb
        if ($noun -notlike '*Status') {
            $noun | Should -Not -Match '[^s]s$'
        }
    }

    It '<Name> declares what it gives' -ForEach (Get-Command -Module MailDns -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name; Command = $_ } }) {
        $Command.OutputType.Count | Should -BeGreaterThan 0
    }
}

Describe 'Record objects' {
    It 'bind by the names that DnsServer and Az.Dns use' {
        $record = New-SpfRecord -Domain contoso.com -Include spf.akmta.net
        $record.ZoneName | Should -Be 'contoso.com'
        $record.Name | Should -Be '@'
        $record.RecordType | Should -Be 'TXT'
        $record.TimeToLive | Should -BeOfType ([timespan])
        $record.Ttl | Should -BeOfType ([uint32])
        $record.DescriptiveText | Should -Be 'v=spf1 include:spf.akmta.net -all'
        "$record" | Should -Be 'v=spf1 include:spf.akmta.net -all'
    }

    It 'have no property that would bind to a switch or another parameter' {
        $names = (New-BounceRecord -Domain contoso.com -Target akmta.net).PSObject.Properties.Name
        foreach ($name in 'AgeRecord', 'AllowUpdateAny', 'CreatePtr', 'ZoneScope', 'VirtualizationInstance', 'Type', 'RecordData', 'Value', 'Server', 'InputObject') {
            $names | Should -Not -Contain $name
        }
    }

    It 'survive Export-Clixml as planned records' {
        $path = Join-Path $TestDrive 'records.xml'
        New-SpfRecord -Domain example.com -Mx '@' -All SoftFail | Export-Clixml -Path $path
        $status = Get-SpfStatus -Domain example.com -ZoneFile $zones -PlannedRecord (Import-Clixml -Path $path)
        $status.Record | Should -Be 'v=spf1 mx ~all'
    }

    It 'read a bare number as seconds' {
        (New-SpfRecord -Domain contoso.com -Mx '@' -TimeToLive 300).Ttl | Should -Be 300
    }
}

Describe 'The pipeline into Windows DNS' {
    BeforeAll {
        Import-Module (Join-Path $stubs 'DnsServer/DnsServer.psd1') -Force
        Initialize-StubZone -Name contoso.com
    }

    AfterAll {
        Remove-Module DnsServer -ErrorAction SilentlyContinue
    }

    It 'binds TXT and CNAME records by their property names' {
        New-SpfRecord -Domain contoso.com -Include spf.akmta.net | Add-DnsServerResourceRecord -Txt
        New-BounceRecord -Domain contoso.com -HostName ac-bounces -Target akmta.net | Add-DnsServerResourceRecord -CName
        (Get-DnsServerResourceRecord -ZoneName contoso.com -Name '@' -RRType Txt).RecordData.DescriptiveText | Should -Be 'v=spf1 include:spf.akmta.net -all'
        (Get-DnsServerResourceRecord -ZoneName contoso.com -Name 'ac-bounces' -RRType CName).RecordData.HostNameAlias | Should -Be 'akmta.net.'
    }

    It 'reads what is there and adds a mechanism to it' {
        Get-DnsServerResourceRecord -ZoneName contoso.com -Name '@' -RRType Txt |
            Add-SpfMechanism -Domain contoso.com -Include sendgrid.net |
            Should -BeLike '*include:sendgrid.net -all'
    }
}

Describe 'SPF' {
    It 'evaluates a sender as a receiver would' {
        $planned = New-SendingDomainRecord -Domain example.com -Provider Altcraft -ZoneFile $zones -AggregateReportUri dmarc@example.com -WarningAction SilentlyContinue
        $result = Test-SpfSender -IPAddress 192.0.2.5 -Sender someone@example.com -ZoneFile $zones -PlannedRecord $planned
        $result.Result | Should -Be 'Pass'
        $result.Mechanism | Should -Be 'ip4:192.0.2.0/25'
        (Test-SpfSender -IPAddress 198.51.100.200 -Sender someone@example.com -ZoneFile $zones -PlannedRecord $planned).Result | Should -Be 'SoftFail'
    }

    It 'adds a mechanism once, before all, and keeps the rest' {
        $record = 'v=spf1 mx ~all' | Add-SpfMechanism -Domain contoso.com -Include spf.akmta.net
        "$record" | Should -Be 'v=spf1 mx include:spf.akmta.net ~all'
        "$("$record" | Add-SpfMechanism -Domain contoso.com -Include spf.akmta.net)" | Should -Be "$record"
    }
}

Describe 'New-SendingDomainRecord' {
    BeforeAll {
        $script:records = New-SendingDomainRecord -Domain example.com -Provider Altcraft -ZoneFile $zones -PublicKey $key -AggregateReportUri dmarc@example.com -WarningAction SilentlyContinue
    }

    It 'merges into the SPF record that is there' {
        ($records | Where-Object Purpose -eq Spf).Value | Should -Be 'v=spf1 mx include:spf.akmta.net ~all'
    }

    It 'starts DMARC at p=none with reports' {
        ($records | Where-Object Purpose -eq Dmarc).Value | Should -Be 'v=DMARC1; p=none; rua=mailto:dmarc@example.com'
    }

    It 'points the tracking and bounce hosts at the platform' {
        ($records | Where-Object Purpose -eq Tracking).Cname | Should -Be 'trk.aksend.net'
        ($records | Where-Object Purpose -eq Bounce).HostNameAlias | Should -Be 'akmta.net'
    }

    It 'leaves the Historic records out unless asked' {
        $records.Purpose | Should -Not -Contain 'SenderId'
        $records.Purpose | Should -Not -Contain 'DomainKeysPolicy'
    }

    It 'passes its own checks without an error' {
        $left = Test-SendingDomain -Domain example.com -Provider Altcraft -ZoneFile $zones -PlannedRecord $records
        $left | Where-Object Status -eq 'Fail' | Should -BeNullOrEmpty
    }
}

Describe 'Test-SendingDomain' {
    It 'gives a bool a domain with -Quiet' {
        Test-SendingDomain -Domain example.com -ZoneFile $zones -Quiet | Should -BeFalse
    }

    It 'goes on after a bad domain' {
        $results = 'not a domain', 'example.com' | Test-SendingDomain -ZoneFile $zones -Quiet -ErrorVariable problem -ErrorAction SilentlyContinue
        @($results).Count | Should -Be 1
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidDomain,*'
    }

    It 'calls a name outside the zone files Unknown, never missing' {
        $status = Get-DmarcStatus -Domain contoso.org -ZoneFile $zones
        ($status.Findings | Where-Object Id -eq 'DMARC-MISSING').Status | Should -Be 'Unknown'
        $status.Findings.Status | Should -Not -Contain 'Fail'
    }

    It 'refuses a server address that is none' {
        $caught = $null
        try {
            Get-SpfStatus -Domain example.com -Server 'no such thing'
        }
        catch {
            $caught = $_
        }

        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidValue,*'
    }
}

Describe 'Operators of Should' {
    It 'tell a domain that is not ready, and why' {
        'example.com' | Should -Not -BeReadyToSend -ZoneFile $zones
        { 'example.com' | Should -BeReadyToSend -ZoneFile $zones -Because 'mail goes out today' } |
            Should -Throw '*because mail goes out today, but * failed*DMARC-MISSING*'
    }

    It 'take what is planned as published' {
        $planned = New-SendingDomainRecord -Domain example.com -Provider Altcraft -ZoneFile $zones -PublicKey $key -AggregateReportUri dmarc@example.com -WarningAction SilentlyContinue
        'example.com' | Should -BeReadyToSend -Provider Altcraft -ZoneFile $zones -PlannedRecord $planned
    }

    It 'are satisfied by nothing unknown, negated or not' {
        { 'contoso.org' | Should -BeReadyToSend -ZoneFile $zones } | Should -Throw '*is unknown*'
        { 'contoso.org' | Should -Not -BeReadyToSend -ZoneFile $zones } | Should -Throw '*is unknown*'
    }

    It 'tell whether a message passes DMARC' {
        $message = "From: a@example.com`r`nSubject: x`r`n`r`nhello`r`n"
        $message | Should -Not -PassDmarc -ZoneFile $zones
        { $message | Should -PassDmarc -ZoneFile $zones -Because 'mail goes out' } | Should -Throw '*because mail goes out, but:*DMARC none*'
        { 'no-such-file.eml' | Should -Not -PassDmarc -ZoneFile $zones } | Should -Throw '*is unknown*'
    }

    It 'judge one check among results' {
        $results = Test-SendingDomain -Domain example.com -ZoneFile $zones
        $results | Should -PassSendingDomainCheck SPF-MISSING
        $results | Should -Not -PassSendingDomainCheck DMARC-MISSING
        { $results | Should -PassSendingDomainCheck SPF-MISING } | Should -Throw '*not among the results*'
    }
}

Describe 'New-SendingDomainTest' {
    It 'writes a file that Pester finds its tests in' {
        $file = New-SendingDomainTest -Domain example.com -Provider Altcraft -Path $TestDrive
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $null)
        $tests = $tree.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] -and $node.GetCommandName() -eq 'It' }, $true)
        @($tests).Count | Should -BeGreaterThan 50
    }
}
