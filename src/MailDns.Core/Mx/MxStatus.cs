namespace MailDns;

/// <summary>Where the mail of a domain goes, and what is wrong with it (RFC 5321 section 5.1, RFC 7505). Texts from DNS are escaped.</summary>
public sealed class MxStatus : AreaStatus
{
    internal MxStatus(string domain, MxExchange[] exchanges)
        : base(domain, domain)
    {
        Exchanges = exchanges;
        Records = exchanges.Select(exchange => exchange.ToString()).ToArray();
        Record = Records.FirstOrDefault();
    }

    /// <summary>The MX that is tried first, e.g. "10 mx.example.com"; null where there is none.</summary>
    public string? Record { get; }

    /// <summary>The exchangers by preference, with their addresses.</summary>
    public MxExchange[] Exchanges { get; }

    /// <summary>True for a null MX: the domain takes no mail (RFC 7505).</summary>
    public bool IsNullMx { get; internal set; }

    /// <summary>True without MX but with an address at the domain: mail goes there (RFC 5321 section 5.1); null where a lookup failed.</summary>
    public bool? IsImplicit { get; internal set; }

    /// <summary>The domain and its MX.</summary>
    public override string ToString() => Domain + ": " + (Records.Length == 0 ? "no MX" : string.Join(", ", Records));
}
