<#
.SYNOPSIS
Checks the mail records of zone files in a pipeline: annotations at file and line, a summary with what to publish, SARIF, an exit code by severity.

.DESCRIPTION
Inputs come from environment variables, never from text that is run: MAILDNS_ZONE_FILE and MAILDNS_DOMAIN (separated by lines), MAILDNS_PROVIDER,
MAILDNS_FAIL_ON (Error, Warning, Unknown, None) and MAILDNS_SARIF. GitHub Actions and Azure Pipelines are told apart by their own variables;
anywhere else the findings are plain lines.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# What goes into a workflow command is text from a zone file: nothing in it may end the command or begin another.
function ConvertTo-GitHubData {
    param([string] $Text)
    $Text.Replace('%', '%25').Replace("`r", '%0D').Replace("`n", '%0A')
}

function ConvertTo-GitHubProperty {
    param([string] $Text)
    (ConvertTo-GitHubData -Text $Text).Replace(':', '%3A').Replace(',', '%2C')
}

function ConvertTo-AzureData {
    param([string] $Text)
    $Text.Replace('%', '%AZP25').Replace("`r", '%0D').Replace("`n", '%0A').Replace(']', '%5D').Replace(';', '%3B')
}

# Characters that Markdown or HTML would read are written as entities.
function ConvertTo-MarkdownText {
    param([string] $Text)
    $safe = $Text.Replace('&', '&amp;').Replace('<', '&lt;').Replace('>', '&gt;').Replace('|', '&#124;').Replace('`', '&#96;')
    [regex]::Replace($safe, '[\\*_\[\]#!~]', { param($match) '&#' + [int][char] $match.Value + ';' }).Replace("`r", ' ').Replace("`n", ' ')
}

function Get-Line {
    param([string] $Text)
    @($Text -split "`r?`n" | ForEach-Object { $_.Trim() } | Where-Object { $_ })
}

function Get-RelativePath {
    param([string] $Path)
    if ($Path) { [System.IO.Path]::GetRelativePath((Get-Location).ProviderPath, $Path).Replace('\', '/') }
}

function Get-Annotation {
    param($Result)
    $message = "$($Result.Domain): $($Result.Message) $($Result.Recommendation)".Trim()
    $file = Get-RelativePath -Path $Result.File
    $kind = switch ("$($Result.Status)") { 'Fail' { 'error' } 'Warning' { 'warning' } default { 'notice' } }
    if ($env:GITHUB_ACTIONS) {
        $place = if ($file) { "file=$(ConvertTo-GitHubProperty -Text $file),line=$($Result.Line)," }
        "::$kind ${place}title=$(ConvertTo-GitHubProperty -Text $Result.Id)::$(ConvertTo-GitHubData -Text $message)"
    }
    elseif ($env:TF_BUILD) {
        $place = if ($file) { "sourcepath=$(ConvertTo-AzureData -Text $file);linenumber=$($Result.Line);" }
        $type = if ($kind -eq 'error') { 'error' } else { 'warning' }
        "##vso[task.logissue type=$type;${place}code=$($Result.Id)]$(ConvertTo-AzureData -Text $message)"
    }
    else {
        $place = if ($file) { "${file}:$($Result.Line): " }
        "$place$($Result.Status) $($Result.Id) $message"
    }
}

function Write-Summary {
    param($Finding, $Domain, [string] $Path)

    $lines = @('## Mail records', '')
    if ($Finding) {
        $lines += '| | Check | Domain | Finding |', '|---|---|---|---|'
        $lines += $Finding | ForEach-Object { "| $($_.Status) | $($_.Id) | $(ConvertTo-MarkdownText -Text $_.Domain) | $(ConvertTo-MarkdownText -Text $_.Message) |" }
    }
    else {
        $lines += "$(@($Domain).Count) domains checked, nothing found."
    }

    $plan = @($Finding | ForEach-Object { $_.Record } | Sort-Object -Property Fqdn, RecordType -Unique)
    if ($plan) {
        $lines += '', '### What to publish', '', '| Name | Type | Value |', '|---|---|---|'
        $lines += $plan | ForEach-Object { "| $(ConvertTo-MarkdownText -Text $_.Fqdn) | $($_.RecordType) | $(ConvertTo-MarkdownText -Text "$_") |" }
    }

    Add-Content -LiteralPath $Path -Value $lines -Encoding utf8
}

if (-not (Get-Command -Name Test-SendingDomain -ErrorAction Ignore)) {
    Import-Module -Name MailDns
}

$zoneFile = Get-Line -Text $env:MAILDNS_ZONE_FILE
if (-not $zoneFile) {
    throw 'No zone file was given: set zone-file.'
}

$domain = Get-Line -Text $env:MAILDNS_DOMAIN
if (-not $domain) {
    $domain = @(ConvertFrom-DnsZone -Path $zoneFile -WarningAction SilentlyContinue | ForEach-Object { $_.ZoneName } | Sort-Object -Unique)
}

if (-not $domain) {
    throw 'The zone files hold no records, so there is no domain to check. Set domain.'
}

$option = @{ ZoneFile = $zoneFile }
if ($provider = Get-Line -Text $env:MAILDNS_PROVIDER) {
    $option.Provider = $provider
}

$results = @($domain | Test-SendingDomain @option)
$finding = @($results | Where-Object { "$($_.Status)" -in 'Fail', 'Warning', 'Unknown' })
foreach ($one in $finding) {
    Get-Annotation -Result $one
}

if ($env:GITHUB_STEP_SUMMARY) {
    Write-Summary -Finding $finding -Domain $domain -Path $env:GITHUB_STEP_SUMMARY
}

if ($env:MAILDNS_SARIF) {
    $results | Export-SendingDomainReport -Path $env:MAILDNS_SARIF -Format Sarif -Force
}

$failOn = switch ($env:MAILDNS_FAIL_ON) {
    'Warning' { 'Fail', 'Warning' }
    'Unknown' { 'Fail', 'Unknown' }
    'None' { @() }
    default { 'Fail' }
}
$bad = @($finding | Where-Object { "$($_.Status)" -in $failOn })
"$(@($domain).Count) domains, $(@($finding | Where-Object { "$($_.Status)" -eq 'Fail' }).Count) errors, $(@($finding | Where-Object { "$($_.Status)" -eq 'Warning' }).Count) warnings, $(@($finding | Where-Object { "$($_.Status)" -eq 'Unknown' }).Count) unknown."
exit [int] ($bad.Count -gt 0)
