using MailDns.Spf;

namespace MailDns;

/// <summary>What the generators of SPF and Sender ID records have in common: the terms.</summary>
public abstract class SpfGeneratorCommand : RecordGeneratorCommand
{
    /// <summary>Domains whose senders are authorised too. Macros are allowed.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Include { get; set; } = Array.Empty<string>();

    /// <summary>IPv4 addresses, or networks with their prefix length.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IPv4 { get; set; } = Array.Empty<string>();

    /// <summary>IPv6 addresses, or networks with their prefix length.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IPv6 { get; set; } = Array.Empty<string>();

    /// <summary>Names whose addresses are authorised; an empty string or <c>@</c> is the domain itself.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] A { get; set; } = Array.Empty<string>();

    /// <summary>Domains whose mail exchangers are authorised; an empty string or <c>@</c> is the domain itself.</summary>
    [Parameter]
    [AllowEmptyString]
    [ValidateNotNull]
    public string[] Mx { get; set; } = Array.Empty<string>();

    /// <summary>Names, mostly with macros, that have an A record for an authorised client.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Exists { get; set; } = Array.Empty<string>();

    /// <summary>The domain whose record decides on all other hosts. Excludes -All.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Redirect { get; set; }

    /// <summary>What all other hosts get; default Fail, or nothing with -Redirect.</summary>
    [Parameter]
    public SpfQualifier? All { get; set; }

    private protected SpfRecordOptions Options => new()
    {
        Include = Include,
        IPv4 = IPv4,
        IPv6 = IPv6,
        A = A,
        Mx = Mx,
        Exists = Exists,
        Redirect = Redirect,
        All = All,
    };
}
