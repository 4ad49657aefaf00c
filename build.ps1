<#
.SYNOPSIS
Builds, tests or packages MailDns. A thin wrapper: the build itself is in MSBuild.

.DESCRIPTION
Build    dotnet build MailDns.sln, which leaves a root MailDns.psd1 that imports.
Test     dotnet test MailDns.sln, then the Pester tests under tests/ where Pester 5 or later is found.
Package  lays out output/MailDns/<version>/ as it is published.

.EXAMPLE
./build.ps1 -Task Build, Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = $PSScriptRoot

# Only the engine's own cmdlets and .NET are used, so that the script also runs in MailDns.Shell.
function Invoke-DotNet {
    param([string[]] $Argument)

    & dotnet $Argument
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE."
    }
}

function Invoke-PesterTest {
    $pester = Get-Module -ListAvailable -Name Pester |
        Where-Object { $_.Version.Major -ge 5 } |
        ForEach-Object { $_.Version }
    if (-not $pester) {
        $skipped = 0
        foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($root, 'tests'), '*.Tests.ps1')) {
            $skipped += [regex]::Matches([System.IO.File]::ReadAllText($file), '(?m)^\s*It\s').Count
        }
        Write-Warning "Pester 5 or later is not installed: 0 passed, 0 failed, $skipped skipped."
        return
    }

    Import-Module -Name Pester -MinimumVersion 5.0.0
    $setting = New-PesterConfiguration
    $setting.Run.Path = [System.IO.Path]::Combine($root, 'tests')
    $setting.Run.PassThru = $true
    $setting.Output.Verbosity = 'Normal'
    $result = Invoke-Pester -Configuration $setting
    if ($result.FailedCount -gt 0 -or $result.FailedBlocksCount -gt 0) {
        throw "$($result.FailedCount) Pester tests failed."
    }
}

function Copy-Folder {
    param([string] $Source, [string] $Destination, [string] $Filter = '*')

    $null = [System.IO.Directory]::CreateDirectory($Destination)
    foreach ($file in [System.IO.Directory]::GetFiles($Source, $Filter, [System.IO.SearchOption]::AllDirectories)) {
        $target = [System.IO.Path]::Combine($Destination, $file.Substring($Source.Length + 1))
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
        [System.IO.File]::Copy($file, $target, $true)
    }
}

function Export-Package {
    $manifest = [System.IO.Path]::Combine($root, 'MailDns.psd1')
    $version = (Test-ModuleManifest -Path $manifest).Version.ToString()
    $package = [System.IO.Path]::Combine($root, 'output', 'MailDns', $version)
    if ([System.IO.Directory]::Exists($package)) {
        [System.IO.Directory]::Delete($package, $true)
    }

    Copy-Folder -Source ([System.IO.Path]::Combine($root, 'module')) -Destination ([System.IO.Path]::Combine($package, 'module'))
    Copy-Folder -Source ([System.IO.Path]::Combine($root, 'en-US')) -Destination ([System.IO.Path]::Combine($package, 'en-US'))
    foreach ($name in 'MailDns.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'CHANGELOG.md', 'README.md', 'assets/icon.png') {
        $target = [System.IO.Path]::Combine($package, [System.IO.Path]::GetFileName($name))
        [System.IO.File]::Copy([System.IO.Path]::Combine($root, $name), $target, $true)
    }

    $package
}

$solution = [System.IO.Path]::Combine($root, 'MailDns.sln')
foreach ($name in $Task) {
    switch ($name) {
        'Build' {
            Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
        }
        'Test' {
            Invoke-DotNet -Argument 'test', $solution, '--nologo', '-c', $Configuration
            Invoke-PesterTest
        }
        'Package' {
            Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
            Export-Package
        }
    }
}
