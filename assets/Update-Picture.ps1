<#
.SYNOPSIS
Takes the pictures of the README anew: a check at the prompt and the report, each light and dark.

.DESCRIPTION
What is shown is what PowerShell prints and what Export-SendingDomainReport writes, for the example zones. Chromium draws both.
Needs a built module (examples/altcraft.ps1 builds one).

.EXAMPLE
dotnet pwsh -NoProfile -File assets/Update-Picture.ps1
#>
[CmdletBinding()]
param(
    # The browser.
    [string] $Chromium = 'chromium'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = Split-Path -Parent $PSScriptRoot
$folder = (New-Item -ItemType Directory -Path (Join-Path ([System.IO.Path]::GetTempPath()) "maildns-pictures-$PID")).FullName
Import-Module -Name (Join-Path $root 'MailDns.psd1')
$PSStyle.OutputRendering = 'Ansi'

# The commands stand in the picture as they run; the zones in place of a network are said here.
$PSDefaultParameterValues['*-*:ZoneFile'] = Join-Path $root 'examples/zones/*.zone'
$commands = @(
    'Test-SendingDomain example.com -Provider Altcraft | Where-Object { -not $_.Passed }'
)

# SGR sequences (ECMA-48, 8.3.117), as far as the engine and the views write them, as classes.
function ConvertTo-Markup {
    param([string] $Text)

    $html = [System.Net.WebUtility]::HtmlEncode($Text)
    $state = @{ Open = $false }
    [regex]::Replace($html, "`e\[([\d;]*)m", {
            param($match)
            $close = if ($state.Open) { '</span>' } else { '' }
            $codes = @($match.Groups[1].Value -split ';' | Where-Object { $_ -and $_ -ne '0' })
            $state.Open = $codes.Count -gt 0
            $close + $(if ($state.Open) { '<span class="' + (@($codes | ForEach-Object { "c$_" }) -join ' ') + '">' })
        })
}

$lines = foreach ($command in $commands) {
    '<span class="prompt">PS&gt;</span> ' + [System.Net.WebUtility]::HtmlEncode($command)
    (ConvertTo-Markup ((& ([scriptblock]::Create($command)) | Out-String -Width 80).TrimEnd())) -split "`r?`n"
    ''
}

$lines += '<span class="prompt">PS&gt;</span> <span class="cursor"> </span>'
$colours = @{
    light = 'body { background: #fff } pre { background: #fbfbfb; color: #24292f; border-color: #d0d7de } .prompt { color: #57606a } .cursor { background: #57606a } .c32 { color: #116329 } .c91 { color: #cf222e } .c33 { color: #8a5a00 } .c35 { color: #8250df }'
    dark  = 'body { background: #0d1117 } pre { background: #11161d; color: #d6dde6; border-color: #30363d } .prompt { color: #8b949e } .cursor { background: #8b949e } .c32 { color: #56d364 } .c91 { color: #ff7b72 } .c33 { color: #e3b341 } .c35 { color: #d2a8ff }'
}
$report = Join-Path $folder 'report.html'
& { Test-SendingDomain example.com -Provider Altcraft; Get-SpfTree example.com; Test-DmarcAlignment example.com -Provider Altcraft } | Export-SendingDomainReport -Path $report

function Save-Picture {
    param([string] $Page, [string] $Name, [string] $Mode, [int] $Width, [int] $Height, [double] $Scale)

    # 0 is dark, 1 is light (Blink's PreferredColorScheme)
    $scheme = if ($Mode -eq 'dark') { 0 } else { 1 }
    $path = Join-Path $PSScriptRoot "$Name-$Mode.png"
    $address = "file://$Page"
    & $Chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$folder/profile" "--force-device-scale-factor=$Scale" `
        "--blink-settings=preferredColorScheme=$scheme" "--window-size=$Width,$Height" "--screenshot=$path" $address 2>&1 | Out-Null
    if (-not (Test-Path -LiteralPath $path)) { throw "$Chromium has not taken the picture." }
    $path
}

try {
    foreach ($mode in 'light', 'dark') {
        $page = Join-Path $folder "prompt-$mode.html"
        $style = "body { margin: 0; padding: 12px } pre { margin: 0; padding: 14px 18px; border: 1px solid; border-radius: 8px; font: 13px/18px 'DejaVu Sans Mono', 'Cascadia Mono', Menlo, monospace } .c1 { font-weight: bold } .c3 { font-style: italic } "
        Set-Content -LiteralPath $page -Value ('<!DOCTYPE html><meta charset="utf-8"><style>' + $style + $colours[$mode] + '</style><pre>' + ($lines -join "`n") + '</pre>')
        Save-Picture -Page $page -Name prompt -Mode $mode -Width 740 -Height ($lines.Count * 18 + 56) -Scale 1.5
        Save-Picture -Page $report -Name report -Mode $mode -Width 1000 -Height 900 -Scale 1.25
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
