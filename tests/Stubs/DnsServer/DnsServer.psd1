@{
    RootModule           = 'DnsServer.psm1'
    ModuleVersion        = '2.0.0.0'
    GUID                 = '5b0f2a6e-6d0c-4f2e-9c4e-0f6c0a3a7f11'
    Author               = 'MailDns maintainers'
    CompanyName          = 'MailDns'
    Copyright            = 'Copyright (c) 2026 MailDns maintainers. MIT licence.'
    Description          = 'A stand-in for the DnsServer module: its published parameter sets over zones in memory. For tests only.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @(
        'Add-DnsServerResourceRecord'
        'Add-DnsServerResourceRecordA'
        'Add-DnsServerResourceRecordAAAA'
        'Add-DnsServerResourceRecordCName'
        'Add-DnsServerResourceRecordMX'
        'Add-StubText'
        'dnscmd'
        'Get-DnsServerResourceRecord'
        'Get-DnsServerZone'
        'Get-StubCall'
        'Get-StubZone'
        'Initialize-StubZone'
        'Remove-DnsServerResourceRecord'
        'Set-DnsServerResourceRecord'
        'Set-StubHook'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
