# What one import costs in a fresh process. Prints one line of JSON.
param([string] $Module)
$before = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime
$clock = [System.Diagnostics.Stopwatch]::StartNew()
Import-Module $Module
$wall = $clock.Elapsed.TotalMilliseconds
$cpu = ([System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - $before).TotalMilliseconds
'{{"Wall":{0},"Cpu":{1}}}' -f [int]$wall, [int]$cpu
