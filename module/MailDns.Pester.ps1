# The operators that MailDns adds to Pester's Should. Run when MailDns is imported where Pester 5 or later is loaded.
#   'contoso.com' | Should -BeReadyToSend -Provider Altcraft
#   $results      | Should -PassSendingDomainCheck SPF-MISSING
#   './test.eml'  | Should -PassDmarc -TrustedHost mx.google.com
# An unknown result, since a lookup failed, satisfies neither an assertion nor its negation.

function Test-BeReadyToSend {
    param($ActualValue, [switch] $Negate, [string] $Because, [string] $Provider, [string[]] $Server, [string[]] $ZoneFile, $PlannedRecord, $CallerSessionState)

    $null = $CallerSessionState
    $asked = @{}
    foreach ($name in 'Provider', 'Server', 'ZoneFile', 'PlannedRecord') {
        if ($PSBoundParameters.ContainsKey($name)) { $asked[$name] = $PSBoundParameters[$name] }
    }

    $problem = @()
    $results = @(foreach ($domain in $ActualValue) { Test-SendingDomain -Domain "$domain" @asked -ErrorAction SilentlyContinue -ErrorVariable +problem })
    $unknown = @($results | Where-Object { $_.Status -eq 'Unknown' })
    $wrong = @($results | Where-Object { $_.Status -eq 'Fail' })
    $reason = if ($Because) { ', because ' + ($Because.Trim() -replace '^because\s+') }
    if ($wrong.Count -eq 0 -and ($unknown.Count -gt 0 -or $problem.Count -gt 0 -or $results.Count -eq 0)) {
        $lines = @(foreach ($item in $problem) { "  $item" }) + @(foreach ($item in $unknown) { "  $($item.Id): $($item.Message)" })
        return [pscustomobject]@{
            Succeeded      = $false
            FailureMessage = "${ActualValue}: whether it is ready to send is unknown$reason." + "`n" + ($lines -join "`n")
        }
    }

    $ready = $wrong.Count -eq 0
    $count = if ($wrong.Count -eq 1) { '1 check' } else { "$($wrong.Count) checks" }
    $lines = foreach ($item in $wrong) { "  $($item.Id): $($item.Message)" }
    $said = if ($Negate) { "Expected $ActualValue not to be ready to send$reason, but it is." }
    else { "Expected $ActualValue to be ready to send$reason, but $count failed:`n" + ($lines -join "`n") }
    [pscustomobject]@{ Succeeded = $ready -ne [bool] $Negate; FailureMessage = $said }
}

function Test-PassSendingDomainCheck {
    param($ActualValue, [string] $Id, [switch] $Negate, [string] $Because, $CallerSessionState)

    $null = $CallerSessionState
    $reason = if ($Because) { ', because ' + ($Because.Trim() -replace '^because\s+') }
    $found = @($ActualValue | Where-Object { $_.Id -eq $Id })
    $wrong = @($found | Where-Object { $_.Status -in 'Fail', 'Warning' })
    $right = @($found | Where-Object { $_.Status -in 'Pass', 'Info' })
    # one failed lookup is one result, which names the checks that it leaves open
    $unknown = @($found | Where-Object { $_.Status -eq 'Unknown' }) + @($ActualValue | Where-Object { $_.Id -ne $Id -and $_.NotJudged -contains $Id })
    if ($wrong.Count -eq 0 -and ($right.Count -eq 0 -or $unknown.Count -gt 0)) {
        $why = if ($unknown.Count -gt 0) { "$($unknown[0].Message)" }
        elseif ($found.Count -gt 0) { "there is nothing to look at. $($found[0].Message)" }
        else { 'it is not among the results' }
        return [pscustomobject]@{ Succeeded = $false; FailureMessage = "Check $Id is unknown$reason`: $why" }
    }

    # one by one: strict mode has no members of an empty list
    $messages = @(foreach ($item in $wrong) { $item.Message })
    $said = if ($Negate) { "Expected check $Id to fail$reason, but it passed." }
    else { "Expected check $Id to pass$reason, but: $($messages -join ' ')" }
    [pscustomobject]@{ Succeeded = ($wrong.Count -eq 0) -ne [bool] $Negate; FailureMessage = $said }
}

function Test-PassDmarc {
    param(
        $ActualValue, [switch] $Negate, [string] $Because, $IPAddress, [string] $Sender, [string] $Helo, [string[]] $TrustedHost, [string] $Provider,
        [string[]] $Server, [string[]] $ZoneFile, $PlannedRecord, $CallerSessionState
    )

    $null = $CallerSessionState
    $asked = @{}
    foreach ($name in 'IPAddress', 'Sender', 'Helo', 'TrustedHost', 'Provider', 'Server', 'ZoneFile', 'PlannedRecord') {
        if ($PSBoundParameters.ContainsKey($name)) { $asked[$name] = $PSBoundParameters[$name] }
    }

    $reason = if ($Because) { ', because ' + ($Because.Trim() -replace '^because\s+') }
    $problem = @()
    $results = @(foreach ($item in $ActualValue) {
            if ($null -ne $item -and $null -ne $item.PSObject.Properties['DmarcResult']) { $item }
            else { Test-MailMessage -Path "$item" @asked -ErrorAction SilentlyContinue -ErrorVariable +problem }
        })
    $passed = @($results | Where-Object { "$($_.DmarcResult)" -eq 'Pass' })
    $failed = @($results | Where-Object { "$($_.DmarcResult)" -ne 'Pass' -and $_.IsConclusive })
    if ($problem.Count -gt 0 -or $results.Count -eq 0 -or ($failed.Count -eq 0 -and $passed.Count -lt $results.Count)) {
        $lines = @(foreach ($item in $problem) { "  $item" }) + @(foreach ($item in $results) { if (-not $item.IsConclusive) { "  $($item.DmarcReason)" } })
        return [pscustomobject]@{
            Succeeded      = $false
            FailureMessage = "Whether the message passes DMARC is unknown$reason." + "`n" + ($lines -join "`n")
        }
    }

    $lines = foreach ($item in $failed) { "  DMARC $("$($item.DmarcResult)".ToLowerInvariant()) for $($item.From): $($item.DmarcReason)" }
    $said = if ($Negate) { "Expected the message not to pass DMARC$reason, but it does." }
    else { "Expected the message to pass DMARC$reason, but:`n" + ($lines -join "`n") }
    [pscustomobject]@{ Succeeded = ($failed.Count -eq 0) -ne [bool] $Negate; FailureMessage = $said }
}

$operators = @{
    BeReadyToSend          = ${function:Test-BeReadyToSend}
    PassSendingDomainCheck = ${function:Test-PassSendingDomainCheck}
    PassDmarc              = ${function:Test-PassDmarc}
}
$present = @(Get-ShouldOperator | ForEach-Object { $_.Name })
foreach ($operator in $operators.Keys) {
    if ($present -notcontains $operator) {
        Add-ShouldOperator -Name $operator -Test $operators[$operator] -SupportsArrayInput
    }
}
