Set-StrictMode -Version 3.0

# Microsoft.DnsClient.Commands.RecordType, as far as mail needs it.
enum StubRecordType {
    A = 1
    NS = 2
    CNAME = 5
    MX = 15
    TXT = 16
    AAAA = 28
}

function ConvertTo-DnsClientRecord {
    <#
    .SYNOPSIS
        Makes an object shaped like one that Resolve-DnsName gives.
    .PARAMETER Name
        The owner's full name.
    .PARAMETER Strings
        The character-strings of a TXT record.
    .PARAMETER NameHost
        The target of a CNAME or NS record.
    .PARAMETER NameExchange
        The exchange of an MX record.
    .PARAMETER Preference
        The preference of an MX record.
    .PARAMETER IPAddress
        The address of an A or AAAA record.
    .PARAMETER TTL
        Seconds.
    #>
    [CmdletBinding(DefaultParameterSetName = 'TXT')]
    [OutputType('Microsoft.DnsClient.Commands.DnsRecord')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [string] $Name,

        [Parameter(Mandatory = $true, ParameterSetName = 'TXT')]
        [string[]] $Strings,

        [Parameter(Mandatory = $true, ParameterSetName = 'CNAME')]
        [string] $NameHost,

        [Parameter(Mandatory = $true, ParameterSetName = 'MX')]
        [string] $NameExchange,

        [Parameter(ParameterSetName = 'MX')]
        [int] $Preference = 10,

        [Parameter(Mandatory = $true, ParameterSetName = 'A')]
        [ipaddress] $IPAddress,

        [int] $TTL = 3600
    )

    $type = $PSCmdlet.ParameterSetName
    $class = "DnsRecord_$type"
    $record = [ordered]@{
        Name         = $Name
        Type         = [StubRecordType]::TXT
        TTL          = $TTL
        Section      = 'Answer'
        CharacterSet = 'Unicode'
    }
    switch ($PSCmdlet.ParameterSetName) {
        'TXT' {
            $record.Strings = $Strings
            $record.Text = $Strings
        }
        'CNAME' {
            $class = 'DnsRecord_PTR'
            $record.NameHost = $NameHost
            $record.Server = $NameHost
        }
        'MX' {
            $record.NameExchange = $NameExchange
            $record.Exchange = $NameExchange
            $record.Preference = $Preference
        }
        'A' {
            if ($IPAddress.AddressFamily -eq 'InterNetworkV6') {
                $type = 'AAAA'
            }

            $class = "DnsRecord_$type"
            $record.IPAddress = $IPAddress.ToString()
        }
    }

    $record.Type = [StubRecordType] $type
    $answer = [pscustomobject] $record
    $answer.PSTypeNames.Insert(0, 'Microsoft.DnsClient.Commands.DnsRecord')
    $answer.PSTypeNames.Insert(0, "Microsoft.DnsClient.Commands.$class")
    $answer
}
