<#
.SYNOPSIS
The main job, offline: a marketing platform's records for a domain that is in use already.

.DESCRIPTION
Creates Altcraft's record set for a domain, merged into the SPF record that is there, lays the planned records over the
domain's zone file, checks both states, and prints what to publish, what is wrong today and what is left afterwards.
Nothing is changed and no network is asked.

.EXAMPLE
dotnet tool exec PowerShell --yes -- -NoProfile -File examples/altcraft.ps1

In a clone, on a machine that has the .NET SDK 10 and no PowerShell.

.EXAMPLE
./examples/altcraft.ps1 -Domain contoso.com -ZoneFile C:\Windows\System32\dns\contoso.com.dns -PublicKeyPath .\ak.pem -ReportAddress dmarc@contoso.com
#>
[CmdletBinding()]
param(
    # The sending domain.
    [string] $Domain = 'example.com',

    # Its zone file, and those of names that its records lead to.
    [string[]] $ZoneFile,

    # The public key that the platform gave for selector "ak".
    [string] $PublicKeyPath,

    # Where DMARC reports go.
    [string] $ReportAddress = "dmarc-reports@$Domain",

    # The logo for BIMI.
    [uri] $LogoUri = "https://$Domain/bimi/bimi.svg"
)

$ErrorActionPreference = 'Stop'

# Where no MailDns is loaded: the one of this clone.
if (-not (Get-Module -Name MailDns)) {
    $root = Split-Path -Parent $PSScriptRoot
    $isFirst = -not (Test-Path -LiteralPath "$root/module/bin/MailDns.dll")
    if ($isFirst) { 'Building MailDns. The first time takes a minute.' }
    dotnet build "$root/src/MailDns.Help" --nologo -p:RunAnalyzers=false --verbosity $(if ($isFirst) { 'minimal' } else { 'quiet' })
    if ($LASTEXITCODE -ne 0) { throw 'MailDns was not built.' }
    Import-Module -Name "$root/MailDns.psd1"
}

if (-not $ZoneFile) {
    $ZoneFile = "$PSScriptRoot/zones/*.zone"
}

if (-not $PublicKeyPath) {
    $PublicKeyPath = "$PSScriptRoot/ak.public.pem"
}

$today = Test-SendingDomain -Domain $Domain -Provider Altcraft -ZoneFile $ZoneFile

$record = New-SendingDomainRecord -Domain $Domain -Provider Altcraft -ZoneFile $ZoneFile `
    -PublicKey ([System.IO.File]::ReadAllText($PublicKeyPath)) -AggregateReportUri $ReportAddress -LogoUri $LogoUri

$planned = Test-SendingDomain -Domain $Domain -Provider Altcraft -ZoneFile $ZoneFile -PlannedRecord $record

"TO PUBLISH in the zone $Domain"
$record | Out-Default

"WRONG TODAY"
$today | Where-Object { -not $_.Passed } | Out-Default

"LEFT when these records are published"
$planned | Where-Object { -not $_.Passed } | Out-Default

$wrong = @($today | Where-Object Status -eq 'Fail').Count
$left = @($planned | Where-Object Status -eq 'Fail').Count
"${Domain}: $wrong errors today, $left with the planned records."
