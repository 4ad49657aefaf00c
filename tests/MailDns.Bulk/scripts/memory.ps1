# Names from a file through one cmdlet, results passed on and dropped. Prints one line of JSON.
param([string] $Module, [string] $Names, [string] $Server, [string] $Kind)
Import-Module $Module
$clock = [System.Diagnostics.Stopwatch]::StartNew()
switch ($Kind) {
    'quiet' { $count = (Get-Content $Names | Test-SendingDomain -Selector s1 -Quiet -Server $Server | Measure-Object).Count }
    'check' { $count = (Get-Content $Names | Test-SendingDomain -Selector s1 -Server $Server | Measure-Object).Count }
    'spf' { $count = (Get-Content $Names | Get-SpfStatus -Server $Server | Measure-Object).Count }
    # The same names by property, and no work: what the pipeline itself keeps.
    'none' { $count = (Get-Content $Names | ForEach-Object { $_ } | Measure-Object).Count }
}
$seconds = $clock.Elapsed.TotalSeconds
$heap = [System.GC]::GetTotalMemory($true)
$process = [System.Diagnostics.Process]::GetCurrentProcess()
'{{"Seconds":{0},"Count":{1},"PeakMegabytes":{2},"HeapMegabytes":{3},"CpuMilliseconds":{4}}}' -f [long]$seconds, $count, [long]($process.PeakWorkingSet64 / 1048576), [long]($heap / 1048576), [long]$process.TotalProcessorTime.TotalMilliseconds
