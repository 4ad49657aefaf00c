# Domains through Test-SendingDomain at a server that never answers, or at a port that refuses. Prints one line of JSON.
param([string] $Module, [string] $Server, [int] $Count)
Import-Module $Module
$clock = [System.Diagnostics.Stopwatch]::StartNew()
$results = @(1..$Count | ForEach-Object { "domain$_.example" } | Test-SendingDomain -Server $Server)
$seconds = $clock.Elapsed.TotalSeconds
$cpu = [System.Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime.TotalSeconds
'{{"Seconds":{0},"Cpu":{1},"Domains":{2},"Known":{3}}}' -f
    $seconds.ToString('F1', [cultureinfo]::InvariantCulture),
    $cpu.ToString('F1', [cultureinfo]::InvariantCulture),
    @($results | Group-Object Domain).Count,
    @($results | Where-Object Status -ne Unknown).Count
