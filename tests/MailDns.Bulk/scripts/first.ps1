# The first check of a session and the second, over a zone file. Prints one line of JSON.
param([string] $Module, [string] $ZoneFile)
Import-Module $Module
$times = foreach ($i in 1, 2) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $null = Test-SendingDomain example.com -ZoneFile $ZoneFile
    $clock.Elapsed.TotalMilliseconds.ToString('F0', [cultureinfo]::InvariantCulture)
}
'{{"First":{0},"Second":{1}}}' -f $times[0], $times[1]
