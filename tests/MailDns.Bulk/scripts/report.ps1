# Names from a file through Test-SendingDomain into a report, or dropped. Prints one line of JSON.
param([string] $Module, [string] $Names, [string] $Server, [string] $Kind, [string] $Folder)
Import-Module $Module
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$file = Join-Path $Folder "report.$Kind"
switch ($Kind) {
    'check' { Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | Out-Null }
    'json' { Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | Export-SendingDomainReport $file -Force }
    'html' { Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | Export-SendingDomainReport $file -Force }
    'clixml' { Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | Export-Clixml $file }
    'convert' { Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | ConvertTo-Json | Set-Content $file }
}
$seconds = $clock.Elapsed.TotalSeconds
$process = [System.Diagnostics.Process]::GetCurrentProcess()
'{{"Seconds":{0},"PeakMegabytes":{1},"CpuSeconds":{2},"Megabytes":{3}}}' -f
    $seconds.ToString('F2', [cultureinfo]::InvariantCulture),
    [long]($process.PeakWorkingSet64 / 1048576),
    $process.TotalProcessorTime.TotalSeconds.ToString('F2', [cultureinfo]::InvariantCulture),
    $(if (Test-Path $file) { ((Get-Item $file).Length / 1048576).ToString('F1', [cultureinfo]::InvariantCulture) } else { 0 })
