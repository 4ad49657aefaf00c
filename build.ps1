<#
.SYNOPSIS
Builds, tests or packages MailDns. A thin wrapper: the build itself is in MSBuild.

.DESCRIPTION
Build    dotnet build MailDns.sln, which leaves a root MailDns.psd1 that imports.
Test     dotnet test MailDns.sln, which runs the Pester tests under tests/ too, in the versions that the restore brings.
Package  lays out output/MailDns/<version>/ as it is published, with the changelog's section as the manifest's release notes.

.PARAMETER OutputPath
The folder in which Package makes its <version>/ folder; default: output/MailDns.

.PARAMETER ProjectUri
Where the project is published, for Package: the manifest gets its addresses, and what its texts link to in the repository is
linked there. Without it they have neither.

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

    [uri] $ProjectUri,

    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0
$root = $PSScriptRoot
if (-not $OutputPath) {
    $OutputPath = Join-Path $root 'output/MailDns'
}

function Invoke-DotNet {
    param([string[]] $Argument)

    & dotnet $Argument
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($Argument -join ' ') ended with exit code $LASTEXITCODE."
    }
}

# The changelog's section of a version: what the Gallery shows.
function Get-ReleaseNote {
    param([string] $Version)

    $changelog = [System.IO.File]::ReadAllText((Join-Path $root 'CHANGELOG.md')).Replace("`r", '')
    $section = [regex]::Match($changelog, "(?ms)^## $([regex]::Escape($Version))\b[^\n]*\n(.*?)(?=^## |\z)")
    if (-not $section.Success) {
        throw "CHANGELOG.md has no section of $Version."
    }

    $section.Groups[1].Value.Trim()
}

# With a byte order mark: Windows PowerShell reads a file without one as ANSI.
function Export-Manifest {
    param([string] $Source, [string] $Destination, [string] $Note, [string] $Address)

    $pointer = "'See CHANGELOG.md.'"
    $text = [System.IO.File]::ReadAllText($Source)
    if (-not $text.Contains($pointer)) {
        throw "$Source has no ReleaseNotes = $pointer."
    }

    $text = $text.Replace($pointer, "'" + $Note.Replace("'", "''") + "'" + $Address)
    [System.IO.File]::WriteAllText($Destination, $text, [System.Text.UTF8Encoding]::new($true))
}

# A text of the repository as it reads outside it: no pictures, nothing for contributors; links lead to the project, or nowhere.
function ConvertTo-PackageText {
    param([string] $Text, [string] $Version)

    $Text = $Text.Replace("`r", '')
    $Text = [regex]::Replace($Text, '(?s)<picture>.*?</picture>\n+', '')
    $Text = [regex]::Replace($Text, '(?ms)^## For contributors\n.*?(?=^## |\z)', '')
    if (-not $ProjectUri) { $Text = [regex]::Replace($Text, '(?ms)^## More\n.*?(?=^MIT licence|\z)', '') }
    $link = if ($ProjectUri) { "[`$1]($("$ProjectUri".TrimEnd('/'))/blob/v$Version/`$2)" } else { '$1' }
    [regex]::Replace($Text, '\[([^\]]+)\]\((?!https?:|#)([^)]+)\)', $link)
}

function Export-Package {
    $manifest = Join-Path $root 'MailDns.psd1'
    $version = (Test-ModuleManifest -Path $manifest).Version.ToString()
    $package = Join-Path ($PSCmdlet.GetUnresolvedProviderPathFromPSPath($OutputPath)) $version
    if (Test-Path -LiteralPath $package) {
        Remove-Item -LiteralPath $package -Recurse
    }

    $null = New-Item -ItemType Directory -Path $package -Force
    Copy-Item -LiteralPath (Join-Path $root 'module'), (Join-Path $root 'en-US') -Destination $package -Recurse
    $address = if ($ProjectUri) {
        $base = "$ProjectUri".TrimEnd('/')
        foreach ($pair in @('ProjectUri', $base), @('LicenseUri', "$base/blob/v$version/LICENSE"), @('IconUri', "$base/raw/v$version/assets/icon.png")) {
            "`n" + ' ' * 12 + $pair[0].PadRight(12) + " = '" + $pair[1].Replace("'", "''") + "'"
        }
    }

    Export-Manifest -Source $manifest -Destination (Join-Path $package 'MailDns.psd1') -Note (ConvertTo-PackageText -Text (Get-ReleaseNote -Version $version) -Version $version) -Address (-join $address)
    foreach ($name in 'LICENSE', 'assets/icon.png') {
        Copy-Item -LiteralPath (Join-Path $root $name) -Destination $package
    }

    foreach ($name in 'README.md', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md') {
        $text = ConvertTo-PackageText -Text ([System.IO.File]::ReadAllText((Join-Path $root $name))) -Version $version
        [System.IO.File]::WriteAllText((Join-Path $package $name), $text)
    }

    $package
}

$solution = Join-Path $root 'MailDns.sln'
$built = @(if ($NoBuild) { '--no-build' })
foreach ($name in $Task) {
    switch ($name) {
        'Build' {
            Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
        }
        'Test' {
            Invoke-DotNet -Argument (@('test', $solution, '--nologo', '-c', $Configuration) + $built)
        }
        'Package' {
            if (-not $NoBuild) {
                Invoke-DotNet -Argument 'build', $solution, '--nologo', '-c', $Configuration
            }

            Export-Package
        }
    }
}
