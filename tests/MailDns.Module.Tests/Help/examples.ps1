# What the examples of the help take for granted: files in the current folder, commands of other modules, variables.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidOverwritingBuiltInCmdlets', '', Justification = 'Stand-ins.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', '', Justification = 'Stand-ins take what the real ones take.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Stand-ins.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'The examples, which follow, use them.')]
param($__folder, $__server, $__root, $__example, $__index, $__code, $__mailPort)

$null = $ExecutionContext.SessionState.Path.SetLocation($__folder)
# The process has one current directory for all tests that run side by side: .NET gets whole paths.
function Get-ExamplePath { param($__name) [System.IO.Path]::Combine($__folder, $__name) }
[System.IO.File]::WriteAllText((Get-ExamplePath 'domains.txt'), "contoso.com`nexample.com`n")
[System.IO.File]::WriteAllText((Get-ExamplePath 'public_suffix_list.dat'), "com`nnet`nexample`n")
[System.IO.File]::WriteAllText((Get-ExamplePath 'addresses.txt'), "203.0.113.25`n203.0.113.26`n")
[System.IO.File]::WriteAllText((Get-ExamplePath 'servers.csv'), "Name,IPAddress`nmx1,203.0.113.25`nmx2,203.0.113.26`n")
[System.IO.File]::WriteAllText((Get-ExamplePath 'parked.txt'), "contoso.net`n")
foreach ($__file in 'example.com.zone', 'contoso.com.zone') {
    if (-not [System.IO.File]::Exists((Get-ExamplePath $__file))) { [System.IO.File]::Copy((Get-ExamplePath 'examples/zones/example.com.zone'), (Get-ExamplePath $__file)) }
}

foreach ($__file in 'last-night.json', 'monday.json', 'tuesday.json') {
    [System.IO.File]::WriteAllText((Get-ExamplePath $__file), '{"format": "MailDns.SendingDomainReport", "domains": [{"domain": "contoso.com", "checks": [{"id": "SPF-MISSING", "status": "Pass", "message": "ok"}]}]}')
}

function Get-AcceptedDomain { [pscustomobject]@{ DomainName = 'contoso.com' } }
function Resolve-DnsName { param($Name, $Type) ConvertTo-DnsClientRecord -Name $Name -Strings 'v=spf1 mx ip4:192.0.2.1 -all' }
function Read-Host { param([switch] $AsSecureString) $__secret = [securestring]::new(); foreach ($__c in 'a pass phrase'.ToCharArray()) { $__secret.AppendChar($__c) }; $__secret }

[System.IO.File]::Copy((Get-ExamplePath 'examples/ak.public.pem'), (Get-ExamplePath 'ak.pem'), $true)
foreach ($__file in 'vmc.pem', 'mark-roots.pem') { [System.IO.File]::Copy((Get-ExamplePath 'examples/mx1.pem'), (Get-ExamplePath $__file), $true) }
[System.IO.File]::Copy((Get-ExamplePath 'examples/mx1.pem'), (Get-ExamplePath 'mx1.pem'), $true)
[System.IO.File]::Copy((Get-ExamplePath 'examples/mx1.pem'), (Get-ExamplePath 'issuing-ca.cer'), $true)
[System.IO.File]::Copy([System.IO.Path]::Combine($__root, 'module/providers/altcraft.json'), (Get-ExamplePath 'my-relay.json'), $true)
[System.IO.File]::WriteAllText((Get-ExamplePath 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny-ps" viewBox="0 0 8 8"><title>Contoso</title><rect width="8" height="8" fill="#036"/></svg>')
[System.IO.File]::WriteAllText((Get-ExamplePath 'drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><style>.a { fill: #036 }</style><rect class="a" width="8" height="8"/></svg>')
if ([System.IO.Directory]::Exists((Get-ExamplePath 'keys'))) { [System.IO.Directory]::Delete((Get-ExamplePath 'keys'), $true) }
$null = [System.IO.Directory]::CreateDirectory((Get-ExamplePath 'keys'))
[System.IO.File]::Delete((Get-ExamplePath 'ed.pem'))

# A message as it was received, and one that the key of the page did not sign.
$null = [System.IO.Directory]::CreateDirectory((Get-ExamplePath 'mail'))
foreach ($__file in 'test.eml', 'signed.eml', 'mail/test.eml') {
    [System.IO.File]::WriteAllText((Get-ExamplePath $__file), "Return-Path: <a@example.com>`r`nReceived: from a.example.com (a.example.com [192.0.2.1])`r`n by mx.google.com with ESMTPS; Tue, 24 Nov 2026 10:00:00 +0000`r`nFrom: a@example.com`r`nTo: b@example.net`r`nSubject: test`r`n`r`nDid it work?`r`n")
}

$null = [System.IO.Directory]::CreateDirectory((Get-ExamplePath 'reports'))
foreach ($__file in [System.IO.Directory]::GetFiles((Get-ExamplePath 'examples/reports'))) {
    [System.IO.File]::WriteAllText([System.IO.Path]::Combine((Get-ExamplePath 'reports'), [System.IO.Path]::GetFileName($__file)), [System.IO.File]::ReadAllText($__file).Replace('example.com', 'contoso.com'))
}

$publicKey = [System.IO.File]::ReadAllText((Get-ExamplePath 'ak.pem'))
$records = New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey $publicKey -Server $__server
# What is published already: nothing is to be waited for.
if ($__example -eq 'Wait-SendingDomainRecord') { $records = $records | Where-Object RecordType -eq CNAME }
if ($__example -eq 'Test-DkimKey') { $key = New-DkimKey contoso.com -Selector s2026 -PrivateKeyPath keys }
if ($__example -eq 'Test-BimiLogo') { if ($__index -eq 2) { [System.IO.File]::Delete((Get-ExamplePath 'logo.svg')) } }

# A zone holds something.
Add-DnsServerResourceRecord contoso.com www -A -IPv4Address 192.0.2.80
$null = New-AzDnsRecordSet -ZoneName contoso.com -ResourceGroupName dns -Name www -Ttl 3600 -RecordType A -DnsRecords (New-AzDnsRecordConfig -Ipv4Address 192.0.2.80)

$PSDefaultParameterValues = @{}
# A certificate that is taken from a host is that of the mail host on loopback.
if ($__code -like '*-FromHost*') {
    $PSDefaultParameterValues['New-TlsaRecord:AllowPrivateAddress'] = $true
    $PSDefaultParameterValues['New-TlsaRecord:Port'] = $__mailPort
    $PSDefaultParameterValues['New-TlsaRecord:Server'] = $__server
}

# -ZoneFile means no server at all.
foreach ($__command in Get-Command -Module MailDns) {
    if ($__code -notlike '*-ZoneFile*' -and $__command.Name -ne 'New-TlsaRecord' -and $__command.Parameters.ContainsKey('Server')) {
        $PSDefaultParameterValues["$($__command.Name):Server"] = $__server
    }
}
