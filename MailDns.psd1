@{
    ModuleVersion          = '0.1.0'
    GUID                   = '6f7d2b0c-0b7e-4e4b-9a35-5d7f2a1c8e64'
    Author                 = 'MailDns maintainers'
    CompanyName            = 'MailDns'
    Copyright              = 'Copyright (c) 2026 MailDns maintainers. MIT licence.'
    Description            = 'Creates, checks and proves the DNS records of a mail-sending domain: SPF, Sender ID, DKIM, DMARC (RFC 9989), BIMI, tracking and bounce CNAMEs, MTA-STS, TLS-RPT, DANE and CAA. Its records pipe into Add-DnsServerResourceRecord and the Azure DNS cmdlets.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    RequiredAssemblies     = @('module/bin/MailDns.Core.dll')
    FormatsToProcess       = @('module/MailDns.Format.ps1xml')
    NestedModules          = @('module/bin/MailDns.dll', 'module/MailDns.Types.psd1') # in this order: the first refuses a second copy, whose type data would clash
    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Add-SpfMechanism',
        'Compare-SendingDomain',
        'Compare-SendingDomainResult',
        'ConvertFrom-DnsZone',
        'ConvertTo-AzDnsParameter',
        'ConvertTo-DnsRecordText',
        'ConvertTo-DnsServerParameter',
        'Export-SendingDomainReport',
        'Find-SendingProvider',
        'Get-BimiStatus',
        'Get-BlocklistStatus',
        'Get-BounceStatus',
        'Get-CaaStatus',
        'Get-DkimStatus',
        'Get-DmarcStatus',
        'Get-DomainConnectStatus',
        'Get-MtaStsStatus',
        'Get-MxStatus',
        'Get-ReverseDnsStatus',
        'Get-SenderIdStatus',
        'Get-SendingDomainCheck',
        'Get-SendingDomainStatus',
        'Get-SendingProvider',
        'Get-SmtpTlsStatus',
        'Get-SpfStatus',
        'Get-SpfTree',
        'Get-TlsRptStatus',
        'Get-TlsaStatus',
        'Get-TrackingStatus',
        'Import-MailReport',
        'Measure-DmarcReport',
        'Measure-TlsReport',
        'New-BimiRecord',
        'New-BounceRecord',
        'New-CaaRecord',
        'New-DkimKey',
        'New-DkimRecord',
        'New-DmarcRecord',
        'New-DmarcReportAuthorizationRecord',
        'New-DomainKeysPolicyRecord',
        'New-MtaStsPolicy',
        'New-MtaStsRecord',
        'New-MxRecord',
        'New-NullMxRecord',
        'New-ParkedDomainRecord',
        'New-SenderIdRecord',
        'New-SendingDomainRecord',
        'New-SendingDomainTest',
        'New-SpfRecord',
        'New-TlsRptRecord',
        'New-TlsaRecord',
        'New-TrackingRecord',
        'Optimize-SpfRecord',
        'Publish-SendingDomainRecord',
        'Remove-SpfMechanism',
        'Test-BimiLogo',
        'Test-DkimKey',
        'Test-DmarcAlignment',
        'Test-DmarcReadiness',
        'Test-MailMessage',
        'Test-SendingDomain',
        'Test-SpfSender',
        'Wait-SendingDomainRecord'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('DNS', 'SPF', 'DKIM', 'DMARC', 'BIMI', 'MTA-STS', 'TLS-RPT', 'DANE', 'CAA', 'SenderID', 'Email', 'Deliverability', 'RFC7208', 'RFC9989', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            # ProjectUri, LicenseUri and IconUri are written into the package by build.ps1 -Task Package -ProjectUri <address>.
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
