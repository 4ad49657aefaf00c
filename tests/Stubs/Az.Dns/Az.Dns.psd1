@{
    RootModule           = 'Az.Dns.psm1'
    ModuleVersion        = '1.3.0'
    GUID                 = '0d6a4c5e-9b42-4f0c-8d4b-1f1f3f6a6a52'
    Author               = 'MailDns maintainers'
    CompanyName          = 'MailDns'
    Copyright            = 'Copyright (c) 2026 MailDns maintainers. MIT licence.'
    Description          = 'A stand-in for the Az.Dns module: its published parameter sets over zones in memory. For tests only.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @(
        'Add-AzDnsRecordConfig'
        'Get-AzDnsRecordSet'
        'Get-AzDnsZone'
        'Get-StubAzCall'
        'Get-StubAzZone'
        'Initialize-StubAzZone'
        'New-AzDnsRecordConfig'
        'New-AzDnsRecordSet'
        'Remove-AzDnsRecordConfig'
        'Remove-AzDnsRecordSet'
        'Set-AzDnsRecordSet'
        'Set-StubAzHook'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
