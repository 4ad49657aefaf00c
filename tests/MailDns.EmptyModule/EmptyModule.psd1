@{
    RootModule           = 'MailDns.EmptyModule.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '0d2f4f0e-6a1b-4f7e-9a43-3c1d8f3f2b11'
    Author               = 'MailDns maintainers'
    CompanyName          = 'MailDns'
    Copyright            = 'Copyright (c) 2026 MailDns maintainers. MIT licence.'
    Description          = 'A binary module of one cmdlet that does nothing: what any import costs.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @()
    CmdletsToExport      = @('Get-Nothing')
    VariablesToExport    = @()
    AliasesToExport      = @()
}
