@{
    RootModule           = 'DnsClientStub.psm1'
    ModuleVersion        = '1.0.0'
    GUID                 = '8a1f9d0b-52a4-4e7e-9c58-2f8c9cf4a4f3'
    Author               = 'MailDns maintainers'
    CompanyName          = 'MailDns'
    Copyright            = 'Copyright (c) 2026 MailDns maintainers. MIT licence.'
    Description          = 'Makes objects shaped like the output of Resolve-DnsName. For tests only.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @('ConvertTo-DnsClientRecord')
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
