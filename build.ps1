<#
.SYNOPSIS
Builds, tests or packages MailDns. A thin wrapper: the build itself is in MSBuild.

.DESCRIPTION
Build    dotnet build MailDns.sln, which leaves a root MailDns.psd1 that imports.
Test     dotnet test MailDns.sln, then the Pester tests under tests/ where Pester 5 or later is found.
Package  lays out output/MailDns/<version>/ as it is published, with the changelog's section as the manifest's release notes.

.PARAMETER OutputPath
The folder in which Package makes its <version>/ folder; default: output/MailDns.

.PARAMETER NoBuild
Test and Package take what the last build left.

.EXAMPLE
./build.ps1 -Task Build, Test

.EXAMPLE
./build.ps1 -Task Package -NoBuild -OutputPath /tmp/MailDns
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [string] $OutputPath,

    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = $PSScriptRoot
if (-not $OutputPath) {
    $OutputPath = [System.IO.Path]::Combine($root, 'output', 'MailDns')
}

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

# The changelog's section of a version: what the Gallery shows.
function Get-ReleaseNote {
    param([string] $Version)

    $changelog = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'CHANGELOG.md')).Replace("`r", '')
    $section = [regex]::Match($changelog, "(?ms)^## $([regex]::Escape($Version))\b[^\n]*\n(.*?)(?=^## |\z)")
    if (-not $section.Success) {
        throw "CHANGELOG.md has no section of $Version."
    }

    $section.Groups[1].Value.Trim()
}

# With a byte order mark: Windows PowerShell reads a file without one as ANSI.
function Export-Manifest {
    param([string] $Source, [string] $Destination, [string] $Note)

    $pointer = "'See CHANGELOG.md.'"
    $text = [System.IO.File]::ReadAllText($Source)
    if (-not $text.Contains($pointer)) {
        throw "$Source has no ReleaseNotes = $pointer."
    }

    $text = $text.Replace($pointer, "'" + $Note.Replace("'", "''") + "'")
    [System.IO.File]::WriteAllText($Destination, $text, [System.Text.UTF8Encoding]::new($true))
}

function Export-Package {
    $manifest = [System.IO.Path]::Combine($root, 'MailDns.psd1')
    $version = (Test-ModuleManifest -Path $manifest).Version.ToString()
    $package = [System.IO.Path]::Combine($PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath), $version)
    if ([System.IO.Directory]::Exists($package)) {
        [System.IO.Directory]::Delete($package, $true)
    }

    Copy-Folder -Source ([System.IO.Path]::Combine($root, 'module')) -Destination ([System.IO.Path]::Combine($package, 'module'))
    Copy-Folder -Source ([System.IO.Path]::Combine($root, 'en-US')) -Destination ([System.IO.Path]::Combine($package, 'en-US'))
    Export-Manifest -Source $manifest -Destination ([System.IO.Path]::Combine($package, 'MailDns.psd1')) -Note (Get-ReleaseNote -Version $version)
    foreach ($name in 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'CHANGELOG.md', 'README.md', 'assets/icon.png') {
        $target = [System.IO.Path]::Combine($package, [System.IO.Path]::GetFileName($name))
        [System.IO.File]::Copy([System.IO.Path]::Combine($root, $name), $target, $true)
    }

    $package
}

$solution = [System.IO.Path]::Combine($root, 'MailDns.sln')
$built = @(if ($NoBuild) { '--no-build' })
foreach ($name in $Task) {
    switch ($name) {
        'Build' {
            Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
        }
        'Test' {
            Invoke-DotNet -Argument (@('test', $solution, '--nologo', '-c', $Configuration) + $built)
            Invoke-PesterTest
        }
        'Package' {
            if (-not $NoBuild) {
                Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
            }

            Export-Package
        }
    }
}
