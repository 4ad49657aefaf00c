# A stand-in for the Az.Dns module: the published parameter sets of its record cmdlets, over zones in memory.
# The record type is an enum of the module's own, as in Az.Dns: only a string converts to it. Record sets are written
# whole. Nine of the published record types are here; Ds, Tlsa and Naptr are not.
Set-StrictMode -Version 3.0

enum StubAzRecordType {
    A
    AAAA
    CAA
    CNAME
    MX
    NS
    PTR
    SOA
    SRV
    TXT
}

class StubDnsRecordBase {
}

class StubARecord : StubDnsRecordBase {
    [string] $Ipv4Address
    [string] ToString() { return $this.Ipv4Address }
}

class StubAaaaRecord : StubDnsRecordBase {
    [string] $Ipv6Address
    [string] ToString() { return $this.Ipv6Address }
}

class StubNsRecord : StubDnsRecordBase {
    [string] $Nsdname
    [string] ToString() { return $this.Nsdname }
}

class StubMxRecord : StubDnsRecordBase {
    [uint16] $Preference
    [string] $Exchange
    [string] ToString() { return '[{0},{1}]' -f $this.Preference, $this.Exchange }
}

class StubPtrRecord : StubDnsRecordBase {
    [string] $Ptrdname
    [string] ToString() { return $this.Ptrdname }
}

class StubTxtRecord : StubDnsRecordBase {
    [string] $Value
    [string] ToString() { return $this.Value }
}

class StubSrvRecord : StubDnsRecordBase {
    [uint16] $Priority
    [uint16] $Weight
    [uint16] $Port
    [string] $Target
    [string] ToString() { return '[{0},{1},{2},{3}]' -f $this.Priority, $this.Weight, $this.Port, $this.Target }
}

class StubCnameRecord : StubDnsRecordBase {
    [string] $Cname
    [string] ToString() { return $this.Cname }
}

class StubCaaRecord : StubDnsRecordBase {
    [byte] $Flags
    [string] $Tag
    [string] $Value
    [string] ToString() { return '[{0},{1},{2}]' -f $this.Flags, $this.Tag, $this.Value }
}

class StubDnsZone {
    [string] $Name
    [string] $ResourceGroupName
}

class StubDnsRecordSet {
    [string] $Id
    [string] $Name
    [string] $ZoneName
    [string] $ResourceGroupName
    [uint32] $Ttl
    [string] $Etag
    [StubAzRecordType] $RecordType
    [System.Collections.Generic.List[StubDnsRecordBase]] $Records
    [hashtable] $Metadata
}

$script:RecordSet = @{}
$script:KnownZone = $null
$script:Change = 0
$script:Call = [System.Collections.Generic.List[object]]::new()
$script:Hook = @{}

#region The zones in memory

function Initialize-StubAzZone {
    <#
    .SYNOPSIS
        Empties the stub: no record sets, no calls.
    .PARAMETER Name
        The zones that exist; without it every zone that is named does.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string[]] $Name
    )

    $script:RecordSet = @{}
    $script:KnownZone = $Name
    $script:Call.Clear()
    $script:Hook = @{}
}

function Get-StubAzZone {
    <#
    .SYNOPSIS
        Gives the record sets of the stub.
    .PARAMETER Name
        Only this zone.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string] $Name
    )

    foreach ($key in @($script:RecordSet.Keys)) {
        if (-not $Name -or $script:RecordSet[$key].ZoneName -eq $Name) {
            $script:RecordSet[$key]
        }
    }
}

function Get-StubAzCall {
    <#
    .SYNOPSIS
        Gives what was bound, call by call: Command, ParameterSetName, Bound (a hashtable).
    .PARAMETER Command
        Only calls of this command.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string] $Command
    )

    foreach ($call in $script:Call) {
        if (-not $Command -or $call.Command -eq $Command) {
            $call
        }
    }
}

function Set-StubAzHook {
    <#
    .SYNOPSIS
        Runs a script once, just before a command does its work: somebody else's change, or an error that it throws.
    .PARAMETER Command
        The command.
    .PARAMETER Action
        The script; it runs in the scope of the caller.
    .PARAMETER Skip
        How many calls go by before.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Prepares the stub.')]
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [string] $Command,

        [Parameter(Mandatory = $true, Position = 1)]
        [scriptblock] $Action,

        [int] $Skip = 0
    )

    $script:Hook[$Command] = @{ Action = $Action; Skip = $Skip }
}

function Invoke-StubHook {
    param([string] $Command)

    $hook = $script:Hook[$Command]
    if ($null -eq $hook) {
        return
    }

    if ($hook.Skip -gt 0) {
        $hook.Skip--
        return
    }

    $script:Hook.Remove($Command)
    $ErrorActionPreference = 'Stop'
    $null = $hook.Action.Invoke()
}

function Write-StubCall {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [System.Collections.IDictionary] $Bound
    )

    $script:Call.Add([pscustomobject]@{
            Command          = $Caller.MyInvocation.MyCommand.Name
            ParameterSetName = $Caller.ParameterSetName
            Bound            = @{} + $Bound
        })

    Invoke-StubHook -Command $Caller.MyInvocation.MyCommand.Name
}

function Write-StubError {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [string] $ErrorId,
        [string] $Message,
        [System.Management.Automation.ErrorCategory] $Category,
        [object] $Target
    )

    $Caller.WriteError([System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($Message), $ErrorId, $Category, $Target))
}

function Test-KnownZone {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [string] $ZoneName
    )

    if ($script:KnownZone -and $script:KnownZone -notcontains $ZoneName) {
        Write-StubError -Caller $Caller -ErrorId 'ParentResourceNotFound' -Category ObjectNotFound -Target $ZoneName -Message "The zone '$ZoneName' could not be found."
        return $false
    }

    return $true
}

function Get-SetKey {
    param(
        [string] $ZoneName,
        [string] $Name,
        [string] $RecordType
    )

    return "$ZoneName|$Name|$RecordType".ToLowerInvariant()
}

# What the service holds is not what the caller holds: a change is one only when it is set.
function Copy-RecordSet {
    param([StubDnsRecordSet] $RecordSet)

    $copy = [StubDnsRecordSet]::new()
    foreach ($property in 'Id', 'Name', 'ZoneName', 'ResourceGroupName', 'Ttl', 'Etag', 'RecordType', 'Metadata') {
        $copy.$property = $RecordSet.$property
    }

    $copy.Records = [System.Collections.Generic.List[StubDnsRecordBase]]::new()
    foreach ($record in $RecordSet.Records) {
        $copy.Records.Add($record)
    }

    $copy.PSObject.TypeNames.Insert(0, 'Microsoft.Azure.Commands.Dns.DnsRecordSet')
    return $copy
}

function Save-RecordSet {
    param([StubDnsRecordSet] $RecordSet)

    $script:Change++
    $stored = Copy-RecordSet -RecordSet $RecordSet
    $stored.Etag = "etag-$script:Change"
    $stored.Id = "/subscriptions/stub/resourceGroups/$($stored.ResourceGroupName)/providers/Microsoft.Network/dnszones/$($stored.ZoneName)/$($stored.RecordType)/$($stored.Name)"
    $script:RecordSet[(Get-SetKey -ZoneName $stored.ZoneName -Name $stored.Name -RecordType $stored.RecordType)] = $stored
    return Copy-RecordSet -RecordSet $stored
}

function ConvertTo-StubRecord {
    param(
        [string] $Set,
        [System.Collections.IDictionary] $Bound
    )

    switch ($Set) {
        'A' { return [StubARecord] @{ Ipv4Address = $Bound.Ipv4Address } }
        'Aaaa' { return [StubAaaaRecord] @{ Ipv6Address = $Bound.Ipv6Address } }
        'Ns' { return [StubNsRecord] @{ Nsdname = $Bound.Nsdname } }
        'Mx' { return [StubMxRecord] @{ Preference = $Bound.Preference; Exchange = $Bound.Exchange } }
        'Ptr' { return [StubPtrRecord] @{ Ptrdname = $Bound.Ptrdname } }
        'Txt' { return [StubTxtRecord] @{ Value = $Bound.Value } }
        'Srv' { return [StubSrvRecord] @{ Priority = $Bound.Priority; Weight = $Bound.Weight; Port = $Bound.Port; Target = $Bound.Target } }
        'CName' { return [StubCnameRecord] @{ Cname = $Bound.Cname } }
        'Caa' { return [StubCaaRecord] @{ Flags = $Bound.CaaFlags; Tag = $Bound.CaaTag; Value = $Bound.CaaValue } }
    }
}

function Test-RecordFit {
    param(
        [StubAzRecordType] $RecordType,
        [object] $Record
    )

    return $Record.GetType().Name -eq "Stub$($RecordType)Record"
}

#endregion

#region The cmdlets

function New-AzDnsRecordConfig {
    <#
    .SYNOPSIS
        Makes the data of one record.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Makes an object and changes nothing, as the real one.')]
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordBase')]
    param(
        [Parameter(ParameterSetName = 'A', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv4Address,

        [Parameter(ParameterSetName = 'Aaaa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv6Address,

        [Parameter(ParameterSetName = 'Ns', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Nsdname,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Exchange,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Preference,

        [Parameter(ParameterSetName = 'Ptr', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ptrdname,

        [Parameter(ParameterSetName = 'Txt', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Value,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Priority,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Target,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Port,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Weight,

        [Parameter(ParameterSetName = 'CName', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Cname,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [byte] $CaaFlags,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaTag,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaValue
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        ConvertTo-StubRecord -Set $PSCmdlet.ParameterSetName -Bound $PSBoundParameters
    }
}

function Add-AzDnsRecordConfig {
    <#
    .SYNOPSIS
        Adds one record to a record set at hand; nothing is sent.
    #>
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordSet')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsRecordSet] $RecordSet,

        [Parameter(ParameterSetName = 'A', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv4Address,

        [Parameter(ParameterSetName = 'Aaaa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv6Address,

        [Parameter(ParameterSetName = 'Ns', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Nsdname,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Exchange,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Preference,

        [Parameter(ParameterSetName = 'Ptr', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ptrdname,

        [Parameter(ParameterSetName = 'Txt', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Value,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Priority,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Target,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Port,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Weight,

        [Parameter(ParameterSetName = 'CName', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Cname,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [byte] $CaaFlags,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaTag,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaValue
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $record = ConvertTo-StubRecord -Set $PSCmdlet.ParameterSetName -Bound $PSBoundParameters
        if (-not (Test-RecordFit -RecordType $RecordSet.RecordType -Record $record)) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'RecordTypeMismatch' -Category InvalidArgument -Target $RecordSet -Message "Cannot add a record of type $($PSCmdlet.ParameterSetName) to a record set of type $($RecordSet.RecordType)."
            return
        }

        if ($null -eq $RecordSet.Records) {
            $RecordSet.Records = [System.Collections.Generic.List[StubDnsRecordBase]]::new()
        }

        if ($RecordSet.RecordType -eq [StubAzRecordType]::CNAME -and $RecordSet.Records.Count -gt 0) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'CnameRecordExists' -Category InvalidOperation -Target $RecordSet -Message 'A record set of type CNAME holds one record only.'
            return
        }

        $RecordSet.Records.Add($record)
        $RecordSet
    }
}

function Remove-AzDnsRecordConfig {
    <#
    .SYNOPSIS
        Takes one record out of a record set at hand; nothing is sent.
    #>
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Changes the object at hand only, as the real one.')]
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordSet')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsRecordSet] $RecordSet,

        [Parameter(ParameterSetName = 'A', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv4Address,

        [Parameter(ParameterSetName = 'Aaaa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ipv6Address,

        [Parameter(ParameterSetName = 'Ns', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Nsdname,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Exchange,

        [Parameter(ParameterSetName = 'Mx', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Preference,

        [Parameter(ParameterSetName = 'Ptr', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Ptrdname,

        [Parameter(ParameterSetName = 'Txt', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Value,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Priority,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Target,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Port,

        [Parameter(ParameterSetName = 'Srv', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Weight,

        [Parameter(ParameterSetName = 'CName', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Cname,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [byte] $CaaFlags,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaTag,

        [Parameter(ParameterSetName = 'Caa', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CaaValue
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $record = ConvertTo-StubRecord -Set $PSCmdlet.ParameterSetName -Bound $PSBoundParameters
        for ($i = $RecordSet.Records.Count - 1; $i -ge 0; $i--) {
            $present = $RecordSet.Records[$i]
            if ($present.GetType() -eq $record.GetType() -and $present.ToString() -ceq $record.ToString()) {
                $RecordSet.Records.RemoveAt($i)
            }
        }

        $RecordSet
    }
}

function New-AzDnsRecordSet {
    <#
    .SYNOPSIS
        Creates a record set; with -Overwrite replaces the one that is there, whole.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Fields', SupportsShouldProcess = $true)]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordSet')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ResourceGroupName,

        [Parameter(ParameterSetName = 'Object', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsZone] $Zone,

        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint32] $Ttl,

        [Parameter(Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [StubAzRecordType] $RecordType,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [hashtable] $Metadata,

        [Parameter(ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsRecordBase[]] $DnsRecords,

        [Parameter()]
        [switch] $Overwrite
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        if ($PSCmdlet.ParameterSetName -eq 'Object') {
            $ZoneName = $Zone.Name
            $ResourceGroupName = $Zone.ResourceGroupName
        }

        if ($ZoneName.EndsWith('.')) {
            $ZoneName = $ZoneName.TrimEnd('.')
            $PSCmdlet.WriteWarning("Modifying zone name to remove terminating '.'. Zone name used is ""$ZoneName"".")
        }

        if ($Name.EndsWith($ZoneName, [System.StringComparison]::OrdinalIgnoreCase)) {
            $PSCmdlet.WriteWarning("Relative name ""$Name"" includes the zone name; the record set will be $Name.$ZoneName.")
        }

        if (-not (Test-KnownZone -Caller $PSCmdlet -ZoneName $ZoneName)) {
            return
        }

        $set = [StubDnsRecordSet]::new()
        $set.Name = $Name
        $set.ZoneName = $ZoneName
        $set.ResourceGroupName = $ResourceGroupName
        $set.Ttl = $Ttl
        $set.RecordType = $RecordType
        $set.Metadata = $Metadata
        $set.Records = [System.Collections.Generic.List[StubDnsRecordBase]]::new()
        foreach ($record in $DnsRecords) {
            if (-not (Test-RecordFit -RecordType $RecordType -Record $record)) {
                Write-StubError -Caller $PSCmdlet -ErrorId 'RecordTypeMismatch' -Category InvalidArgument -Target $record -Message "A record of $($record.GetType().Name) does not fit a record set of type $RecordType."
                return
            }

            $set.Records.Add($record)
        }

        if (-not $Overwrite -and $script:RecordSet.ContainsKey((Get-SetKey -ZoneName $ZoneName -Name $Name -RecordType $RecordType))) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'PreconditionFailed' -Category ResourceExists -Target $Name -Message "The Record set $Name exists already and hence cannot be created again."
            return
        }

        $beside = @($script:RecordSet.Values | Where-Object { $_.ZoneName -eq $ZoneName -and $_.Name -eq $Name -and $_.RecordType -ne $RecordType })
        if (@($beside | Where-Object RecordType -eq 'CNAME').Count -or ($RecordType -eq 'CNAME' -and $beside.Count)) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'Conflict' -Category ResourceExists -Target $Name -Message "A CNAME record cannot be created beside other records of '$Name'."
            return
        }

        if ($PSCmdlet.ShouldProcess($Name, 'Creating RecordSet')) {
            Save-RecordSet -RecordSet $set
        }
    }
}

function Get-AzDnsRecordSet {
    <#
    .SYNOPSIS
        Gets record sets of a zone.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Fields')]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordSet')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ResourceGroupName,

        [Parameter(ParameterSetName = 'Object', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsZone] $Zone,

        [Parameter()]
        [StubAzRecordType] $RecordType
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        if ($PSCmdlet.ParameterSetName -eq 'Object') {
            $ZoneName = $Zone.Name
        }

        if (-not (Test-KnownZone -Caller $PSCmdlet -ZoneName $ZoneName)) {
            return
        }

        $found = $false
        foreach ($key in @($script:RecordSet.Keys)) {
            $set = $script:RecordSet[$key]
            $fits = $set.ZoneName -eq $ZoneName -and (-not $Name -or $set.Name -eq $Name)
            if ($fits -and $PSBoundParameters.ContainsKey('RecordType')) {
                $fits = $set.RecordType -eq $RecordType
            }

            if ($fits) {
                $found = $true
                Copy-RecordSet -RecordSet $set
            }
        }

        if ($Name -and $PSBoundParameters.ContainsKey('RecordType') -and -not $found) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'NotFound' -Category ObjectNotFound -Target $Name -Message "The resource record '$Name' does not exist in resource group '$ResourceGroupName' of subscription 'stub'."
        }
    }
}

function Set-AzDnsRecordSet {
    <#
    .SYNOPSIS
        Writes a record set that was read and changed; refused when it changed meanwhile, unless -Overwrite is given.
    #>
    [CmdletBinding(SupportsShouldProcess = $true)]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsRecordSet')]
    param(
        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsRecordSet] $RecordSet,

        [Parameter()]
        [switch] $Overwrite
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        if (-not $Overwrite -and -not $RecordSet.Etag) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'EtagMissing' -Category InvalidArgument -Target $RecordSet -Message 'The Etag of the record set is missing; use -Overwrite.'
            return
        }

        $key = Get-SetKey -ZoneName $RecordSet.ZoneName -Name $RecordSet.Name -RecordType $RecordSet.RecordType
        $stored = $script:RecordSet[$key]
        if (-not $Overwrite -and ($null -eq $stored -or $stored.Etag -ne $RecordSet.Etag)) {
            Write-StubError -Caller $PSCmdlet -ErrorId 'PreconditionFailed' -Category InvalidOperation -Target $RecordSet -Message "The Record set $($RecordSet.Name) has been modified (etag mismatch)."
            return
        }

        if ($PSCmdlet.ShouldProcess($RecordSet.Name, 'Modifying RecordSet')) {
            Save-RecordSet -RecordSet $RecordSet
        }
    }
}

function Remove-AzDnsRecordSet {
    <#
    .SYNOPSIS
        Deletes a record set, whole.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Fields', SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    [OutputType([bool])]
    param(
        [Parameter(ParameterSetName = 'Fields', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [StubAzRecordType] $RecordType,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Fields', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ResourceGroupName,

        [Parameter(ParameterSetName = 'RecordSet', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [StubDnsRecordSet] $RecordSet,

        [Parameter()]
        [switch] $PassThru
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        if ($PSCmdlet.ParameterSetName -eq 'RecordSet') {
            $Name = $RecordSet.Name
            $RecordType = $RecordSet.RecordType
            $ZoneName = $RecordSet.ZoneName
        }

        if ($PSCmdlet.ShouldProcess($Name, 'Removing RecordSet')) {
            $script:RecordSet.Remove((Get-SetKey -ZoneName $ZoneName -Name $Name -RecordType $RecordType))
            if ($PassThru) {
                $true
            }
        }
    }
}

function Get-AzDnsZone {
    <#
    .SYNOPSIS
        Gets the zones.
    #>
    [CmdletBinding()]
    [OutputType('Microsoft.Azure.Commands.Dns.DnsZone')]
    param(
        [Parameter()]
        [ValidateNotNullOrEmpty()]
        [string] $ResourceGroupName = 'stub',

        [Parameter()]
        [ValidateNotNullOrEmpty()]
        [string] $Name
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        foreach ($one in $script:KnownZone) {
            if (-not $Name -or $one -eq $Name) {
                $zone = [StubDnsZone]::new()
                $zone.Name = $one
                $zone.ResourceGroupName = $ResourceGroupName
                $zone
            }
        }
    }
}

#endregion
