namespace MailDns;

/// <summary>The names of one sending address, and whether they are forward-confirmed (resolve back to it) (RFC 8601 section 3, iprev). Texts from DNS are escaped.</summary>
public sealed class ReverseDnsStatus : AreaStatus
{
    internal ReverseDnsStatus(string domain, string address, string reverseName)
        : base(domain, reverseName)
    {
        IPAddress = address;
        ReverseName = reverseName;
    }

    /// <summary>The address.</summary>
    public string IPAddress { get; }

    /// <summary>The name under in-addr.arpa or ip6.arpa where its PTR records stand.</summary>
    public string ReverseName { get; }

    /// <summary>The first name that resolves back to the address; null where none does.</summary>
    public string? HostName { get; internal set; }

    /// <summary>All names of the address (PTR).</summary>
    public string[] HostNames { get; internal set; } = System.Array.Empty<string>();

    /// <summary>The addresses of those names; of at most ten names, as receivers do.</summary>
    public string[] ForwardAddresses { get; internal set; } = System.Array.Empty<string>();

    /// <summary>True where a name resolves back to the address (forward-confirmed), false where none does; null where a failed lookup leaves it open.</summary>
    public bool? IsConfirmed { get; internal set; }

    /// <summary>The address and its names.</summary>
    public override string ToString() => IPAddress + ": " + (HostNames.Length == 0 ? "no PTR" : string.Join(", ", HostNames));
}
