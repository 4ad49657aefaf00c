<#
.SYNOPSIS
Runs the Pester files of this folder in the PowerShell that runs this script.

.PARAMETER PesterVersion
Which of the versions that a restore has brought (Directory.Packages.props).

.PARAMETER PesterPath
The manifest of a Pester that lies elsewhere.

.EXAMPLE
./tests/Invoke-PesterTest.ps1 -PesterVersion 6.2.0
#>
[CmdletBinding()]
param(
    [string] $PesterVersion = '6.2.0',

    [string] $PesterPath
)

$ErrorActionPreference = 'Stop'
if (-not $PesterPath) {
    $packages = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { Join-Path $HOME '.nuget/packages' }
    $PesterPath = Join-Path $packages "pester/$PesterVersion/tools/Pester.psd1"
}

Import-Module -Name $PesterPath
$setting = New-PesterConfiguration
$setting.Run.Path = $PSScriptRoot
$setting.Run.PassThru = $true
$setting.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $setting
"Pester $((Get-Module -Name Pester).Version): $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped"
exit [int]($result.FailedCount -gt 0 -or $result.FailedBlocksCount -gt 0 -or $result.PassedCount -eq 0)
