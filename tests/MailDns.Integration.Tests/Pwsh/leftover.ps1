# Ends a pipeline of many domains amid its work, and prints as one line of JSON what it left in this process.
param([string] $Module, [string] $How, [string] $Cmdlet, [string] $Server, [string] $Count)

# The runtime keeps a table of the asynchronous methods under way for debuggers that ask for it.
$hidden = [System.Reflection.BindingFlags]'Static,NonPublic'
[System.Threading.Tasks.Task].GetField('s_asyncDebuggingEnabled', $hidden).SetValue($null, $true)

function Get-Unfinished {
    $table = [System.Threading.Tasks.Task].GetField('s_currentActiveTasks', $hidden).GetValue($null)
    if ($null -eq $table) { return }
    [System.Threading.Monitor]::Enter($table)
    try { $tasks = @($table.Values) } finally { [System.Threading.Monitor]::Exit($table) }
    foreach ($task in $tasks) {
        if (-not $task.IsCompleted -and $task.GetType().FullName.Contains('MailDns.')) { $task.GetType().FullName }
    }
}

# /proc tells only on Linux; elsewhere nothing is known.
function Get-OpenSocket {
    if (-not [System.IO.Directory]::Exists('/proc/self/fd')) { return }
    foreach ($entry in [System.IO.Directory]::GetFiles('/proc/self/fd')) {
        try { $target = [System.IO.File]::ResolveLinkTarget($entry, $false) } catch { continue }
        if ($target -and $target.Name.StartsWith('socket:')) { $target.Name }
    }
}

# The runtime's own threads (.NET ...) stay for the next work.
function Get-ThreadName {
    if (-not [System.IO.Directory]::Exists('/proc/self/task')) { return }
    foreach ($folder in [System.IO.Directory]::GetDirectories('/proc/self/task')) {
        try { $name = [System.IO.File]::ReadAllText($folder + '/comm').Trim() } catch { continue }
        if (-not $name.StartsWith('.NET ')) { $name }
    }
}

function Get-BusyThread {
    $all = 0; $free = 0; $other = 0
    [System.Threading.ThreadPool]::GetMaxThreads([ref] $all, [ref] $other)
    [System.Threading.ThreadPool]::GetAvailableThreads([ref] $free, [ref] $other)
    $all - $free
}

$session = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
[void]$session.ImportPSModule(@($Module))
$space = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($session)
$space.Open()

function New-Pipeline([string] $tail) {
    $shell = [powershell]::Create()
    $shell.Runspace = $space
    [void]$shell.AddScript("param(`$count, `$server) @(1..`$count | ForEach-Object { `"d`$_.org`" }) + 'quick.org' | $Cmdlet -Server `$server -ThrottleLimit 256 -TimeoutSec 300 $tail")
    [void]$shell.AddArgument([int]$Count).AddArgument($Server)
    $shell
}

function Wait-Until([scriptblock] $condition, [int] $milliseconds) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $condition) -and $clock.ElapsedMilliseconds -lt $milliseconds) { [System.Threading.Thread]::Sleep(5) }
    $clock.Elapsed.TotalMilliseconds
}

$socketsBefore = @(Get-OpenSocket)
$threadsBefore = @(Get-ThreadName)
$timersBefore = [System.Threading.Timer]::ActiveCount
$busyBefore = Get-BusyThread

# The one that answers comes last; the stage behind the cmdlet waits until the others have been seen under way.
$enough = { @(Get-Unfinished).Count -ge [int]$Count }
[System.AppDomain]::CurrentDomain.SetData('MailDns.Tests.Go', $null)
$tail = if ($How -eq 'first') { '| ForEach-Object { while (-not [System.AppDomain]::CurrentDomain.GetData("MailDns.Tests.Go")) { [System.Threading.Thread]::Sleep(1) }; $_ } | Select-Object -First 1' } else { '' }
$shell = New-Pipeline $tail
$run = $shell.BeginInvoke()
$null = Wait-Until $enough 30000
$tasks = @(Get-Unfinished).Count
$sockets = @(Get-OpenSocket | Where-Object { $_ -notin $socketsBefore }).Count

$clock = [System.Diagnostics.Stopwatch]::StartNew()
switch ($How) {
    'stop' { $shell.Stop() }
    'first' { [System.AppDomain]::CurrentDomain.SetData('MailDns.Tests.Go', $true); [void]$run.AsyncWaitHandle.WaitOne(30000) }
}
$end = $clock.Elapsed.TotalMilliseconds
$state = [string]$shell.InvocationStateInfo.State

function Get-Left {
    @{
        Tasks = @(Get-Unfinished)
        Sockets = @(Get-OpenSocket | Where-Object { $_ -notin $socketsBefore })
        Timers = [Math]::Max(0, [System.Threading.Timer]::ActiveCount - $timersBefore)
        Busy = [Math]::Max(0, (Get-BusyThread) - $busyBefore)
    }
}

if ($How -eq 'none') { $clean = 0 } else {
    # What the last look saw counts: a moment later the runtime may have work of its own, as compiling again.
    $null = Wait-Until { $script:left = Get-Left; $left.Tasks.Count + $left.Sockets.Count + $left.Timers + $left.Busy -eq 0 } 10000
    $clean = $clock.Elapsed.TotalMilliseconds
}
if ($How -eq 'none') { $left = Get-Left }
$threads = if ($How -eq 'none') { @() } else { $shell.Dispose(); $space.Dispose(); [System.Threading.Thread]::Sleep(50); @(Get-ThreadName | Where-Object { $_ -notin $threadsBefore }) }
if ($left.Tasks.Count) { $left.Tasks | Group-Object | ForEach-Object { '' + $_.Count + ' ' + $_.Name } }
'{{"State":"{0}","Tasks":{1},"Sockets":{2},"EndMilliseconds":{3},"CleanMilliseconds":{4},"TasksLeft":{5},"SocketsLeft":{6},"TimersLeft":{7},"BusyLeft":{8},"ThreadsLeft":"{9}"}}' -f $state, $tasks, $sockets, [int]$end, [int]$clean, $left.Tasks.Count, $left.Sockets.Count, $left.Timers, $left.Busy, ($threads -join ',')
if ($How -eq 'none') { [System.Environment]::Exit(0) }
