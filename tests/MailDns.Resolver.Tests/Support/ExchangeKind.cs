namespace MailDns.Resolver.Tests.Support;

/// <summary>Which way queries go: both are tested on this .NET, each is shipped for one edition.</summary>
public enum ExchangeKind
{
    /// <summary>PowerShell 7.</summary>
    Pooled,

    /// <summary>Windows PowerShell 5.1.</summary>
    DnsClient,
}
