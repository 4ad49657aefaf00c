@{
    ModuleVersion  = '0.1.0'
    GUID           = '3c0f5f0e-93a1-4d0e-8f4c-1be5c2b5a7d1'
    Author         = 'MailDns maintainers'
    Description    = 'Type data of MailDns, in a manifest of its own: so that it is read after the assembly.'
    TypesToProcess = @('MailDns.Types.ps1xml')
}
