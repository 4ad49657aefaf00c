namespace MailDns;

/// <summary>One mail exchanger of a domain (RFC 5321 section 5.1).</summary>
public sealed class MxExchange
{
    internal MxExchange(MxData data, bool isNull)
    {
        Preference = data.Preference;
        Exchange = isNull ? "." : data.Exchange.ToString();
    }

    /// <summary>Lower is tried first.</summary>
    public ushort Preference { get; }

    /// <summary>The exchanger's host name, escaped; "." in a null MX (RFC 7505).</summary>
    public string Exchange { get; }

    /// <summary>The host's addresses; empty where it has none, where it was not looked up, and where the lookup failed.</summary>
    public string[] Addresses { get; internal set; } = System.Array.Empty<string>();

    /// <summary>True where the host is an alias, which no exchanger may be; null where the lookup failed or was not made.</summary>
    public bool? IsAlias { get; internal set; }

    /// <summary>The name that an alias leads to, escaped; null where the host is none.</summary>
    public string? AliasTarget { get; internal set; }

    /// <summary>How a failed lookup failed, e.g. "timed out"; null where all were answered.</summary>
    public string? Failure { get; internal set; }

    /// <summary>Preference and host, e.g. "10 mx.example.com".</summary>
    public override string ToString() => Preference + " " + Exchange;
}
