# A stand-in for the DnsServer module of Windows Server: the published parameter sets, over zones in memory.
# Parameters, sets, positions and pipeline attributes are those of the module; parameters that every set has alike
# are declared once. What no published source settles is decided here and said where it is decided.
Set-StrictMode -Version 3.0

$script:MaximumText = 254
$script:TypeNumber = @{
    A = 1; NS = 2; CNAME = 5; SOA = 6; WKS = 11; PTR = 12; HINFO = 13; MX = 15; TXT = 16; RP = 17; AFSDB = 18; X25 = 19
    ISDN = 20; RT = 21; AAAA = 28; SRV = 33; ATMA = 34; DNAME = 39; DHCID = 49; TLSA = 52; WINS = 65281; WINSR = 65282
}
$script:Zone = @{}
$script:OnlyKnownZone = $false
$script:DropLongText = $false
$script:Call = [System.Collections.Generic.List[object]]::new()
$script:Hook = @{}

#region The zones in memory

function Initialize-StubZone {
    <#
    .SYNOPSIS
        Empties the stub: no records, no calls.
    .DESCRIPTION
        Without -Name every zone that is named exists. With -Name only those do, and any other gives error 9601.
        Published sources do not agree whether text over 254 octets gives an error or vanishes; the stub gives an
        error, with -DropLongText it says nothing and keeps nothing.
    .PARAMETER Name
        The zones that exist.
    .PARAMETER DropLongText
        Lets text over the limit vanish without an error.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string[]] $Name = @(),

        [switch] $DropLongText
    )

    $script:Zone = @{}
    $script:OnlyKnownZone = $Name.Count -gt 0
    $script:DropLongText = $DropLongText.IsPresent
    foreach ($one in $Name) {
        $script:Zone[$one.TrimEnd('.')] = [System.Collections.Generic.List[object]]::new()
    }

    $script:Call.Clear()
    $script:Hook = @{}
}

function Get-StubZone {
    <#
    .SYNOPSIS
        Gives the records of the stub as plain objects: ZoneName, HostName, RecordType, Data, TimeToLive.
    .PARAMETER Name
        Only this zone.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Position = 0)]
        [string] $Name
    )

    foreach ($zoneName in @($script:Zone.Keys)) {
        if (-not $Name -or $zoneName -eq $Name.TrimEnd('.')) {
            $script:Zone[$zoneName]
        }
    }
}

function Get-StubCall {
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

function Add-StubText {
    <#
    .SYNOPSIS
        Puts a text of several strings into a zone, as DNS Manager and dnscmd can. Get-DnsServerResourceRecord gives its first string.
    .PARAMETER ZoneName
        The zone.
    .PARAMETER HostName
        The owner, relative to the zone.
    .PARAMETER String
        The strings.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [string] $ZoneName,

        [Parameter(Mandatory = $true, Position = 1)]
        [string] $HostName,

        [Parameter(Mandatory = $true, Position = 2)]
        [string[]] $String,

        [timespan] $TimeToLive = '01:00:00'
    )

    $entry = ConvertTo-StubEntry -Set TXT -Bound @{ ZoneName = $ZoneName; Name = $HostName; DescriptiveText = $String[0]; TimeToLive = $TimeToLive }
    $entry.Data = $String -join '|'
    $script:Zone[$ZoneName].Add($entry)
}

function dnscmd {
    <#
    .SYNOPSIS
        The one command of dnscmd.exe that publishing uses: server /RecordAdd zone node ttl TXT string...
    #>
    $command = @($args)
    Write-StubCall -Caller ([pscustomobject]@{ MyInvocation = $MyInvocation; ParameterSetName = '' }) -Bound @{ Argument = $command }
    if ($command.Count -lt 7 -or $command[1] -ne '/RecordAdd' -or $command[5] -ne 'TXT' -or @($command[6..($command.Count - 1)] | Where-Object { $_.Length -gt 255 })) {
        'Command failed:  ERROR_INVALID_PARAMETER     87    0x57'
        return
    }

    Add-StubText -ZoneName $command[2] -HostName $command[3] -String $command[6..($command.Count - 1)] -TimeToLive ([timespan]::FromSeconds($command[4]))
    'Command completed successfully.'
}

function Set-StubHook {
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
        [object] $Caller,
        [System.Collections.IDictionary] $Bound
    )

    $copy = @{}
    foreach ($key in $Bound.Keys) {
        $copy[$key] = $Bound[$key]
    }

    $script:Call.Add([pscustomobject]@{
            Command          = $Caller.MyInvocation.MyCommand.Name
            ParameterSetName = $Caller.ParameterSetName
            Bound            = $copy
        })

    Invoke-StubHook -Command $Caller.MyInvocation.MyCommand.Name
}

function Write-StubError {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [int] $Code,
        [string] $Message,
        [System.Management.Automation.ErrorCategory] $Category,
        [object] $Target
    )

    $record = [System.Management.Automation.ErrorRecord]::new(
        [System.InvalidOperationException]::new($Message), "WIN32 $Code", $Category, $Target)
    $Caller.WriteError($record)
}

# The records of a zone; nothing, after an error, where there is none.
function Get-ZoneEntry {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [string] $ZoneName
    )

    $key = $ZoneName.TrimEnd('.')
    if (-not $script:Zone.ContainsKey($key)) {
        if ($script:OnlyKnownZone) {
            Write-StubError -Caller $Caller -Code 9601 -Category ObjectNotFound -Target $ZoneName -Message "The zone $ZoneName was not found on server STUB."
            return $null
        }

        $script:Zone[$key] = [System.Collections.Generic.List[object]]::new()
    }

    return , $script:Zone[$key]
}

# '.' and '@' are the apex; a name with a dot at its end loses the zone.
function ConvertTo-HostName {
    param(
        [string] $Name,
        [string] $ZoneName
    )

    if ($Name -eq '.' -or $Name -eq '@' -or -not $Name) {
        return '@'
    }

    $suffix = '.' + $ZoneName.TrimEnd('.') + '.'
    if ($Name.EndsWith($suffix, [System.StringComparison]::OrdinalIgnoreCase)) {
        return $Name.Substring(0, $Name.Length - $suffix.Length)
    }

    return $Name
}

function ConvertTo-AbsoluteName {
    param([string] $Name)

    if ($Name.EndsWith('.')) {
        return $Name
    }

    return "$Name."
}

function ConvertTo-DnsServerObject {
    param([object] $Entry)

    $data = [pscustomobject] $Entry.Property
    $suffix = $Entry.RecordType.Substring(0, 1).ToUpperInvariant() + $Entry.RecordType.Substring(1).ToLowerInvariant()
    $data.PSTypeNames.Clear()
    $data.PSTypeNames.Add("Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DNS/DnsServerResourceRecord$suffix")
    $data.PSTypeNames.Add("Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord$suffix")
    $data.PSTypeNames.Add('Microsoft.Management.Infrastructure.CimInstance')
    $components = ($Entry.ZoneName.Split('.') | ForEach-Object { "DC=$_" }) -join ','
    $record = [pscustomobject]@{
        DistinguishedName = "DC=$($Entry.HostName),DC=$($Entry.ZoneName),cn=MicrosoftDNS,DC=DomainDnsZones,$components"
        HostName          = $Entry.HostName
        RecordClass       = 'IN'
        RecordData        = $data
        RecordType        = $Entry.RecordType
        Timestamp         = $null
        TimeToLive        = $Entry.TimeToLive
        Type              = [uint16] $Entry.Type
    }
    $record.PSTypeNames.Clear()
    $record.PSTypeNames.Add('Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DNS/DnsServerResourceRecord')
    $record.PSTypeNames.Add('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')
    $record.PSTypeNames.Add('Microsoft.Management.Infrastructure.CimInstance')
    return $record
}

# What a set's parameters say, under the names of the CIM class, and the same as one text to compare by.
function ConvertTo-StubEntry {
    param(
        [string] $Set,
        [System.Collections.IDictionary] $Bound
    )

    # $PSBoundParameters is no plain dictionary: it has no Contains.
    $Bound = @{} + $Bound
    $type = $Set
    $property = [ordered]@{}
    switch ($Set) {
        'A' { $property.IPv4Address = $Bound.IPv4Address; $data = $Bound.IPv4Address.ToString() }
        'AAAA' { $property.IPv6Address = $Bound.IPv6Address; $data = $Bound.IPv6Address.ToString() }
        'CNAME' { $property.HostNameAlias = ConvertTo-AbsoluteName $Bound.HostNameAlias; $data = $property.HostNameAlias }
        'MX' {
            $property.MailExchange = ConvertTo-AbsoluteName $Bound.MailExchange
            $property.Preference = $Bound.Preference
            $data = "$($Bound.Preference) $($property.MailExchange)"
        }
        'NS' { $property.NameServer = ConvertTo-AbsoluteName $Bound.NameServer; $data = $property.NameServer }
        'PTR' { $property.PtrDomainName = ConvertTo-AbsoluteName $Bound.PtrDomainName; $data = $property.PtrDomainName }
        'SRV' {
            $property.DomainName = ConvertTo-AbsoluteName $Bound.DomainName
            $property.Port = $Bound.Port
            $property.Priority = $Bound.Priority
            $property.Weight = $Bound.Weight
            $data = "$($Bound.Priority) $($Bound.Weight) $($Bound.Port) $($property.DomainName)"
        }
        'TLSA' {
            foreach ($key in 'CertificateUsage', 'Selector', 'MatchingType', 'CertificateAssociationData') {
                $property[$key] = $Bound[$key]
            }

            $data = $property.Values -join ' '
        }
        'TXT' { $property.DescriptiveText = $Bound.DescriptiveText; $data = $Bound.DescriptiveText }
        'Unknown' {
            $type = "TYPE$($Bound.Type)"
            foreach ($known in $script:TypeNumber.Keys) {
                if ($script:TypeNumber[$known] -eq $Bound.Type) {
                    $type = $known
                }
            }

            $property.Data = $Bound.RecordData
            $data = $Bound.RecordData
        }
        default {
            # The old types keep whatever else was bound.
            $common = 'ZoneName', 'Name', 'TimeToLive', 'AgeRecord', 'AllowUpdateAny', 'ComputerName', 'PassThru', 'ZoneScope', 'VirtualizationInstance', 'Force', $Set
            foreach ($key in $Bound.Keys) {
                if ($common -notcontains $key) {
                    $property[$key] = $Bound[$key]
                }
            }

            $data = $property.Values -join ' '
        }
    }

    $number = $script:TypeNumber[$type]
    if ($Set -eq 'Unknown') {
        $number = $Bound.Type
    }

    $timeToLive = [timespan]::FromHours(1)
    if ($Bound.Contains('TimeToLive')) {
        $timeToLive = $Bound.TimeToLive
    }

    $name = '@'
    if ($Bound.Contains('Name')) {
        $name = $Bound.Name
    }

    return [pscustomobject]@{
        ZoneName   = $Bound.ZoneName.TrimEnd('.')
        HostName   = ConvertTo-HostName -Name $name -ZoneName $Bound.ZoneName
        RecordType = $type
        Type       = $number
        Data       = $data
        TimeToLive = $timeToLive
        Property   = $property
    }
}

function Test-SameData {
    param(
        [object] $Left,
        [object] $Right
    )

    if ($Left.RecordType -ne $Right.RecordType) {
        return $false
    }

    if ($Left.RecordType -eq 'TXT') {
        return $Left.Data -ceq $Right.Data
    }

    return $Left.Data -eq $Right.Data
}

function Add-StubEntry {
    param(
        [System.Management.Automation.PSCmdlet] $Caller,
        [object] $Entry,
        [bool] $PassThru
    )

    $entries = Get-ZoneEntry -Caller $Caller -ZoneName $Entry.ZoneName
    if ($null -eq $entries) {
        return
    }

    $failed = "Failed to create resource record $($Entry.HostName) in zone $($Entry.ZoneName) on server STUB."
    if ($Entry.RecordType -eq 'TXT' -and $Entry.Property.Contains('DescriptiveText') -and $Entry.Data.Length -gt $script:MaximumText) {
        if (-not $script:DropLongText) {
            Write-StubError -Caller $Caller -Code 87 -Category InvalidArgument -Target $Entry.HostName -Message "$failed DescriptiveText has $($Entry.Data.Length) characters; the limit is $script:MaximumText."
        }

        return
    }

    foreach ($present in $entries) {
        if ($present.HostName -ne $Entry.HostName) {
            continue
        }

        if (Test-SameData -Left $present -Right $Entry) {
            Write-StubError -Caller $Caller -Code 9711 -Category ResourceExists -Target $Entry.HostName -Message $failed
            return
        }

        if ($present.RecordType -eq 'CNAME' -or $Entry.RecordType -eq 'CNAME') {
            Write-StubError -Caller $Caller -Code 9709 -Category InvalidOperation -Target $Entry.HostName -Message $failed
            return
        }
    }

    $entries.Add($Entry)
    if ($PassThru) {
        ConvertTo-DnsServerObject -Entry $Entry
    }
}

function ConvertTo-EntryFromObject {
    param(
        [object] $InputObject,
        [string] $ZoneName
    )

    $bound = @{ ZoneName = $ZoneName; Name = $InputObject.HostName; TimeToLive = $InputObject.TimeToLive; Type = $InputObject.Type }
    foreach ($property in $InputObject.RecordData.PSObject.Properties) {
        $bound[$property.Name] = $property.Value
    }

    $set = $InputObject.RecordType
    if (-not $script:TypeNumber.ContainsKey($set) -or $bound.ContainsKey('Data')) {
        $set = 'Unknown'
        $bound.RecordData = $bound.Data
    }

    return ConvertTo-StubEntry -Set $set -Bound $bound
}

#endregion

#region The cmdlets

function Add-DnsServerResourceRecord {
    <#
    .SYNOPSIS
        Adds a record of the type that the switch names.
    #>
    [CmdletBinding(DefaultParameterSetName = 'InputObject', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter()]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter()]
        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter(ParameterSetName = 'AAAA')]
        [Parameter(ParameterSetName = 'A', ValueFromPipelineByPropertyName = $true)]
        [switch] $CreatePtr,

        [Parameter(ParameterSetName = 'A', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AAAA', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AFSDB', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ATMA', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CNAME', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DHCID', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DNAME', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'HINFO', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ISDN', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'MX', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'NS', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'PTR', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RP', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RT', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TXT', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WKS', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'X25', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TLSA')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'A', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AAAA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AFSDB', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ATMA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DHCID', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'HINFO', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ISDN', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'MX', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'NS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'PTR', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RP', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'SRV', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TXT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Unknown', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WKS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'X25', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TLSA')]
        [ValidateNotNullOrEmpty()]
        [timespan] $TimeToLive,

        [Parameter(ParameterSetName = 'A', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AAAA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AFSDB', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ATMA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DHCID', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'HINFO', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ISDN', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'MX', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'NS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'PTR', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RP', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'SRV', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TXT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Unknown', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WKS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'X25')]
        [Parameter(ParameterSetName = 'TLSA')]
        [switch] $AgeRecord,

        [Parameter(ParameterSetName = 'A', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AAAA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'AFSDB', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ATMA', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'CNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DHCID', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'DNAME', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'HINFO', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'ISDN', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'MX', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'NS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'PTR', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RP', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'SRV', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TXT', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Unknown', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WKS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'X25', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'TLSA')]
        [Parameter(ParameterSetName = 'InputObject')]
        [switch] $AllowUpdateAny,

        [Parameter(ParameterSetName = 'A', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [ipaddress] $IPv4Address,

        [Parameter(ParameterSetName = 'A', Mandatory = $true, Position = 3)]
        [switch] $A,

        [Parameter(ParameterSetName = 'AAAA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [ipaddress] $IPv6Address,

        [Parameter(ParameterSetName = 'AAAA', Mandatory = $true, Position = 3)]
        [switch] $AAAA,

        [Parameter(ParameterSetName = 'AFSDB', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $SubType,

        [Parameter(ParameterSetName = 'AFSDB', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ServerName,

        [Parameter(ParameterSetName = 'AFSDB', Mandatory = $true, Position = 3)]
        [switch] $Afsdb,

        [Parameter(ParameterSetName = 'ATMA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Address,

        [Parameter(ParameterSetName = 'ATMA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('E164', 'AESA')]
        [ValidateNotNullOrEmpty()]
        [string] $AddressType,

        [Parameter(ParameterSetName = 'ATMA', Mandatory = $true, Position = 3)]
        [switch] $Atma,

        [Parameter(ParameterSetName = 'CNAME', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $HostNameAlias,

        [Parameter(ParameterSetName = 'CNAME', Mandatory = $true, Position = 3)]
        [switch] $CName,

        [Parameter(ParameterSetName = 'DHCID', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $DhcpIdentifier,

        [Parameter(ParameterSetName = 'DHCID', Mandatory = $true, Position = 3)]
        [switch] $DhcId,

        [Parameter(ParameterSetName = 'DNAME', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $DomainNameAlias,

        [Parameter(ParameterSetName = 'DNAME', Mandatory = $true, Position = 3)]
        [switch] $DName,

        [Parameter(ParameterSetName = 'HINFO', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Cpu,

        [Parameter(ParameterSetName = 'HINFO', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $OperatingSystem,

        [Parameter(ParameterSetName = 'HINFO', Mandatory = $true, Position = 3)]
        [switch] $HInfo,

        # The type is that of the real cmdlet in name only: a CimInstance cannot be made without Windows.
        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'InputObject')]
        [Parameter(ParameterSetName = 'WINS')]
        [Parameter(ParameterSetName = 'WINSR')]
        [switch] $Force,

        [Parameter(ParameterSetName = 'ISDN', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $IsdnNumber,

        [Parameter(ParameterSetName = 'ISDN', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $IsdnSubAddress,

        [Parameter(ParameterSetName = 'ISDN', Mandatory = $true, Position = 3)]
        [switch] $Isdn,

        [Parameter(ParameterSetName = 'MX', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $MailExchange,

        [Parameter(ParameterSetName = 'MX', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'RT', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Preference,

        [Parameter(ParameterSetName = 'MX', Mandatory = $true, Position = 3)]
        [switch] $MX,

        [Parameter(ParameterSetName = 'NS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $NameServer,

        [Parameter(ParameterSetName = 'NS', Mandatory = $true, Position = 3)]
        [switch] $NS,

        [Parameter(ParameterSetName = 'PTR', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $PtrDomainName,

        [Parameter(ParameterSetName = 'PTR', Mandatory = $true, Position = 3)]
        [switch] $Ptr,

        [Parameter(ParameterSetName = 'RP', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ResponsiblePerson,

        [Parameter(ParameterSetName = 'RP', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Description,

        [Parameter(ParameterSetName = 'RP', Mandatory = $true, Position = 3)]
        [switch] $RP,

        [Parameter(ParameterSetName = 'RT', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $IntermediateHost,

        [Parameter(ParameterSetName = 'RT', Mandatory = $true, Position = 3)]
        [switch] $RT,

        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $DomainName,

        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Priority,

        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Weight,

        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Port,

        [Parameter(ParameterSetName = 'SRV', Mandatory = $true, Position = 3)]
        [switch] $Srv,

        [Parameter(ParameterSetName = 'TLSA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('CAConstraint', 'ServiceCertificateConstraint', 'TrustAnchorAssertion', 'DomainIssuedCertificate')]
        [ValidateNotNullOrEmpty()]
        [string] $CertificateUsage,

        [Parameter(ParameterSetName = 'TLSA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('ExactMatch', 'Sha256Hash', 'Sha512Hash')]
        [ValidateNotNullOrEmpty()]
        [string] $MatchingType,

        [Parameter(ParameterSetName = 'TLSA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('FullCertificate', 'SubjectPublicKeyInfo')]
        [ValidateNotNullOrEmpty()]
        [string] $Selector,

        [Parameter(ParameterSetName = 'TLSA', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $CertificateAssociationData,

        [Parameter(ParameterSetName = 'TLSA', Mandatory = $true, Position = 3)]
        [switch] $TLSA,

        [Parameter(ParameterSetName = 'TXT', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $DescriptiveText,

        [Parameter(ParameterSetName = 'TXT', Mandatory = $true, Position = 3)]
        [switch] $Txt,

        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Type,

        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 4, ValueFromPipelineByPropertyName = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [string] $RecordData,

        [Parameter(ParameterSetName = 'WINS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WINSR', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $LookupTimeout,

        [Parameter(ParameterSetName = 'WINS', ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WINSR', ValueFromPipelineByPropertyName = $true)]
        [switch] $Replicate,

        [Parameter(ParameterSetName = 'WINS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'WINSR', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $CacheTimeout,

        [Parameter(ParameterSetName = 'WINS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [ipaddress[]] $WinsServers,

        [Parameter(ParameterSetName = 'WINS', Mandatory = $true, Position = 3)]
        [switch] $Wins,

        [Parameter(ParameterSetName = 'WINSR', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ResultDomain,

        [Parameter(ParameterSetName = 'WINSR', Mandatory = $true, Position = 3)]
        [switch] $WinsR,

        [Parameter(ParameterSetName = 'WKS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [ipaddress] $InternetAddress,

        [Parameter(ParameterSetName = 'WKS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('UDP', 'TCP')]
        [ValidateNotNullOrEmpty()]
        [string] $InternetProtocol,

        [Parameter(ParameterSetName = 'WKS', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Service,

        [Parameter(ParameterSetName = 'WKS', Mandatory = $true, Position = 3)]
        [switch] $Wks,

        [Parameter(ParameterSetName = 'X25', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $PsdnAddress,

        [Parameter(ParameterSetName = 'X25', Mandatory = $true, Position = 3)]
        [switch] $X25,

        [Parameter()]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter()]
        [int] $ThrottleLimit,

        [Parameter()]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        if ($PSCmdlet.ParameterSetName -eq 'InputObject') {
            $entry = ConvertTo-EntryFromObject -InputObject $InputObject -ZoneName $ZoneName
        }
        else {
            $entry = ConvertTo-StubEntry -Set $PSCmdlet.ParameterSetName -Bound $PSBoundParameters
        }

        if ($PSCmdlet.ShouldProcess("$($entry.HostName) $($entry.RecordType) in $ZoneName", 'Add resource record')) {
            Add-StubEntry -Caller $PSCmdlet -Entry $entry -PassThru $PassThru.IsPresent
        }
    }
}

function Add-DnsServerResourceRecordA {
    <#
    .SYNOPSIS
        Adds address records.
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('ForwardLookupZone')]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Alias('DeviceName')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [Alias('IpAddress')]
        [ValidateNotNullOrEmpty()]
        [ipaddress[]] $IPv4Address,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $CreatePtr,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $TimeToLive,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AgeRecord,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AllowUpdateAny,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter(ParameterSetName = 'Add0')]
        [int] $ThrottleLimit,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        foreach ($address in $IPv4Address) {
            $bound = @{} + $PSBoundParameters
            $bound.IPv4Address = $address
            $entry = ConvertTo-StubEntry -Set 'A' -Bound $bound
            if ($PSCmdlet.ShouldProcess("$($entry.HostName) A in $ZoneName", 'Add resource record')) {
                Add-StubEntry -Caller $PSCmdlet -Entry $entry -PassThru $PassThru.IsPresent
            }
        }
    }
}

function Add-DnsServerResourceRecordAAAA {
    <#
    .SYNOPSIS
        Adds IPv6 address records.
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('ForwardLookupZone')]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Alias('DeviceName')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [Alias('IpAddress')]
        [ValidateNotNullOrEmpty()]
        [ipaddress[]] $IPv6Address,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $CreatePtr,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $TimeToLive,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AgeRecord,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AllowUpdateAny,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter(ParameterSetName = 'Add0')]
        [int] $ThrottleLimit,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        foreach ($address in $IPv6Address) {
            $bound = @{} + $PSBoundParameters
            $bound.IPv6Address = $address
            $entry = ConvertTo-StubEntry -Set 'AAAA' -Bound $bound
            if ($PSCmdlet.ShouldProcess("$($entry.HostName) AAAA in $ZoneName", 'Add resource record')) {
                Add-StubEntry -Caller $PSCmdlet -Entry $entry -PassThru $PassThru.IsPresent
            }
        }
    }
}

function Add-DnsServerResourceRecordCName {
    <#
    .SYNOPSIS
        Adds an alias.
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Alias('RecordName')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $HostNameAlias,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $TimeToLive,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AgeRecord,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AllowUpdateAny,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter(ParameterSetName = 'Add0')]
        [int] $ThrottleLimit,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $entry = ConvertTo-StubEntry -Set 'CNAME' -Bound $PSBoundParameters
        if ($PSCmdlet.ShouldProcess("$($entry.HostName) CNAME in $ZoneName", 'Add resource record')) {
            Add-StubEntry -Caller $PSCmdlet -Entry $entry -PassThru $PassThru.IsPresent
        }
    }
}

function Add-DnsServerResourceRecordMX {
    <#
    .SYNOPSIS
        Adds a mail exchanger.
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $MailExchange,

        [Parameter(ParameterSetName = 'Add0', Mandatory = $true, Position = 4, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Preference,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [timespan] $TimeToLive,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AgeRecord,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [switch] $AllowUpdateAny,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $PassThru,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ParameterSetName = 'Add0', ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter(ParameterSetName = 'Add0')]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter(ParameterSetName = 'Add0')]
        [int] $ThrottleLimit,

        [Parameter(ParameterSetName = 'Add0')]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $entry = ConvertTo-StubEntry -Set 'MX' -Bound $PSBoundParameters
        if ($PSCmdlet.ShouldProcess("$($entry.HostName) MX in $ZoneName", 'Add resource record')) {
            Add-StubEntry -Caller $PSCmdlet -Entry $entry -PassThru $PassThru.IsPresent
        }
    }
}

function Get-DnsServerResourceRecord {
    <#
    .SYNOPSIS
        Gets records of a zone.
    .DESCRIPTION
        A name that is not in the zone gives error 9714; a name without records of the type gives nothing.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Name', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('ForwardLookupZone')]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(Position = 2, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Name', ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('HInfo', 'Afsdb', 'Atma', 'Isdn', 'Key', 'Mb', 'Md', 'Mf', 'Mg', 'MInfo', 'Mr', 'Mx', 'NsNxt', 'Rp', 'Rt', 'Wks', 'X25', 'A', 'AAAA', 'CName', 'Ptr', 'Srv', 'Txt', 'Wins', 'WinsR', 'Ns', 'Soa', 'NasP', 'NasPtr', 'DName', 'Gpos', 'Loc', 'DhcId', 'Naptr', 'RRSig', 'DnsKey', 'DS', 'NSec', 'NSec3', 'NSec3Param', 'Tlsa')]
        [ValidateNotNullOrEmpty()]
        [string] $RRType,

        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Type,

        [Parameter()]
        [switch] $Node,

        [Parameter()]
        [Alias('Cn', 'ForwardLookupPrimaryServer')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter()]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter()]
        [int] $ThrottleLimit,

        [Parameter()]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $entries = Get-ZoneEntry -Caller $PSCmdlet -ZoneName $ZoneName
        if ($null -eq $entries) {
            return
        }

        $hostName = $null
        if ($Name) {
            $hostName = ConvertTo-HostName -Name $Name -ZoneName $ZoneName
        }

        $known = $hostName -eq '@'
        foreach ($entry in @($entries)) {
            if ($null -ne $hostName -and $entry.HostName -ne $hostName) {
                continue
            }

            $known = $true
            $typeFits = $true
            if ($PSBoundParameters.ContainsKey('RRType')) {
                $typeFits = $entry.RecordType -eq $RRType
            }
            elseif ($PSBoundParameters.ContainsKey('Type')) {
                $typeFits = $entry.Type -eq $Type
            }

            if ($typeFits) {
                ConvertTo-DnsServerObject -Entry $entry
            }
        }

        if ($null -ne $hostName -and -not $known) {
            Write-StubError -Caller $PSCmdlet -Code 9714 -Category ObjectNotFound -Target $hostName -Message "Failed to get $hostName record in $ZoneName zone on STUB server."
        }
    }
}

function Remove-DnsServerResourceRecord {
    <#
    .SYNOPSIS
        Removes records; asks first, unless -Force is given.
    #>
    [CmdletBinding(DefaultParameterSetName = 'InputObject', SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('ForwardLookupZone')]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter(ParameterSetName = 'InputObject', Mandatory = $true, ValueFromPipeline = $true)]
        [ValidateNotNullOrEmpty()]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [Alias('RecordName')]
        [ValidateNotNullOrEmpty()]
        [string] $Name,

        [Parameter(ParameterSetName = 'Name', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateSet('HInfo', 'Afsdb', 'Atma', 'Isdn', 'Key', 'Mb', 'Md', 'Mf', 'Mg', 'MInfo', 'Mr', 'Mx', 'NsNxt', 'Rp', 'Rt', 'Wks', 'X25', 'A', 'AAAA', 'CName', 'Ptr', 'Srv', 'Txt', 'Wins', 'WinsR', 'Ns', 'Soa', 'NasP', 'NasPtr', 'DName', 'Gpos', 'Loc', 'DhcId', 'Naptr', 'RRSig', 'DnsKey', 'DS', 'NSec', 'NSec3', 'NSec3Param', 'Tlsa')]
        [ValidateNotNullOrEmpty()]
        [string] $RRType,

        [Parameter(ParameterSetName = 'Unknown', Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [uint16] $Type,

        [Parameter(ParameterSetName = 'Name')]
        [Parameter(ParameterSetName = 'Unknown')]
        [ValidateNotNullOrEmpty()]
        [string[]] $RecordData,

        [Parameter()]
        [switch] $Force,

        [Parameter()]
        [switch] $PassThru,

        [Parameter()]
        [Alias('Cn', 'ForwardLookupPrimaryServer')]
        [ValidateLength(1, 255)]
        [ValidateNotNullOrEmpty()]
        [string] $ComputerName,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneScope,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $VirtualizationInstance,

        [Parameter()]
        [Alias('Session')]
        [ValidateNotNullOrEmpty()]
        [object[]] $CimSession,

        [Parameter()]
        [int] $ThrottleLimit,

        [Parameter()]
        [switch] $AsJob
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $entries = Get-ZoneEntry -Caller $PSCmdlet -ZoneName $ZoneName
        if ($null -eq $entries) {
            return
        }

        $wanted = $null
        if ($PSCmdlet.ParameterSetName -eq 'InputObject') {
            $wanted = ConvertTo-EntryFromObject -InputObject $InputObject -ZoneName $ZoneName
            $hostName = $wanted.HostName
        }
        else {
            $hostName = ConvertTo-HostName -Name $Name -ZoneName $ZoneName
        }

        $known = $hostName -eq '@'
        $matching = [System.Collections.Generic.List[object]]::new()
        foreach ($entry in $entries) {
            if ($entry.HostName -ne $hostName) {
                continue
            }

            $known = $true
            switch ($PSCmdlet.ParameterSetName) {
                'InputObject' { $fits = Test-SameData -Left $entry -Right $wanted }
                'Name' { $fits = $entry.RecordType -eq $RRType }
                'Unknown' { $fits = $entry.Type -eq $Type }
            }

            # Preference and target of an MX are two elements; a dot at the end of a name does not count.
            if ($fits -and $PSBoundParameters.ContainsKey('RecordData')) {
                $fits = $entry.Data.TrimEnd('.') -eq ($RecordData -join ' ').TrimEnd('.')
            }

            if ($fits) {
                $matching.Add($entry)
            }
        }

        if ($matching.Count -eq 0) {
            $code = 9714
            if ($known) {
                $code = 9701
            }

            Write-StubError -Caller $PSCmdlet -Code $code -Category ObjectNotFound -Target $hostName -Message "Failed to remove resource record $hostName in zone $ZoneName on server STUB."
            return
        }

        foreach ($entry in $matching) {
            if (-not $PSCmdlet.ShouldProcess("$hostName $($entry.RecordType) in $ZoneName", 'Remove resource record')) {
                continue
            }

            if ($Force -or $PSCmdlet.ShouldContinue("Removing DNS resource record set of type $($entry.RecordType) at $hostName in $ZoneName.", 'Confirm')) {
                [void] $entries.Remove($entry)
                if ($PassThru) {
                    ConvertTo-DnsServerObject -Entry $entry
                }
            }
        }
    }
}

function Set-DnsServerResourceRecord {
    <#
    .SYNOPSIS
        Replaces a record by its changed copy.
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'Medium', PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
    param(
        [Parameter(Mandatory = $true, Position = 3, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
        [psobject] $NewInputObject,

        [Parameter(Mandatory = $true, Position = 2, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [PSTypeName('Microsoft.Management.Infrastructure.CimInstance#DnsServerResourceRecord')]
        [psobject] $OldInputObject,

        [Parameter(Mandatory = $true, Position = 1, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $ZoneName,

        [Parameter()]
        [switch] $PassThru,

        [Parameter()]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [string] $ComputerName
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $entries = Get-ZoneEntry -Caller $PSCmdlet -ZoneName $ZoneName
        if ($null -eq $entries) {
            return
        }

        $old = ConvertTo-EntryFromObject -InputObject $OldInputObject -ZoneName $ZoneName
        $new = ConvertTo-EntryFromObject -InputObject $NewInputObject -ZoneName $ZoneName
        for ($i = 0; $i -lt $entries.Count; $i++) {
            if ($entries[$i].HostName -eq $old.HostName -and (Test-SameData -Left $entries[$i] -Right $old)) {
                if ($PSCmdlet.ShouldProcess("$($old.HostName) $($old.RecordType) in $ZoneName", 'Set resource record')) {
                    $entries[$i] = $new
                    if ($PassThru) {
                        ConvertTo-DnsServerObject -Entry $new
                    }
                }

                return
            }
        }

        Write-StubError -Caller $PSCmdlet -Code 9701 -Category ObjectNotFound -Target $old.HostName -Message "Failed to set resource record $($old.HostName) in zone $ZoneName on server STUB."
    }
}

function Get-DnsServerZone {
    <#
    .SYNOPSIS
        Gets the zones.
    #>
    [CmdletBinding(PositionalBinding = $false)]
    [OutputType('Microsoft.Management.Infrastructure.CimInstance#DnsServerZone')]
    param(
        [Parameter(Position = 1, ValueFromPipelineByPropertyName = $true)]
        [Alias('ZoneName')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Name,

        [Parameter()]
        [Alias('Cn')]
        [ValidateLength(1, 255)]
        [string] $ComputerName
    )

    process {
        Write-StubCall -Caller $PSCmdlet -Bound $PSBoundParameters
        $wanted = @($Name)
        if (-not $Name) {
            $wanted = @($script:Zone.Keys)
        }

        foreach ($one in $wanted) {
            if (-not $script:Zone.ContainsKey($one.TrimEnd('.'))) {
                Write-StubError -Caller $PSCmdlet -Code 9601 -Category ObjectNotFound -Target $one -Message "The zone $one was not found on server STUB."
                continue
            }

            $zone = [pscustomobject]@{
                ZoneName            = $one.TrimEnd('.')
                ZoneType            = 'Primary'
                IsAutoCreated       = $false
                IsDsIntegrated      = $true
                IsReverseLookupZone = $false
                IsSigned            = $false
            }
            $zone.PSTypeNames.Insert(0, 'Microsoft.Management.Infrastructure.CimInstance#root/Microsoft/Windows/DNS/DnsServerPrimaryZone')
            $zone
        }
    }
}

#endregion
