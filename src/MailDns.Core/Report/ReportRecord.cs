namespace MailDns.Report;

/// <summary>A record to publish, as text: the same from a live object and from its deserialised copy.</summary>
internal sealed class ReportRecord
{
    // More octets than one character-string of a TXT record holds (RFC 1035 section 3.3).
    private const int LongestString = 255;

    public string ZoneName { get; init; } = string.Empty;

    /// <summary>Relative to the zone; "@" at its apex.</summary>
    public string Name { get; init; } = string.Empty;

    public string Fqdn { get; init; } = string.Empty;

    public string Type { get; init; } = string.Empty;

    /// <summary>Seconds.</summary>
    public long Ttl { get; init; }

    public string Value { get; init; } = string.Empty;

    public string Purpose { get; init; } = string.Empty;

    /// <summary>True where the name may hold one such record only and the findings ask for different ones.</summary>
    public bool IsChoice { get; init; }

    /// <summary>The character-strings of a TXT record; empty for other types.</summary>
    public string[] Strings => Type == "TXT" ? CharacterStrings.Split(Value) : Array.Empty<string>();

    public bool IsSplit => Type == "TXT" && Value.Length > LongestString;

    /// <summary>True where a second such record at the name would break the first: it is replaced, not joined.</summary>
    public bool IsSingle => Type == "CNAME" || Purpose is "Spf" or "SenderId" or "Dkim" or "DomainKeysPolicy" or "Dmarc" or "Bimi" or "MtaSts" or "TlsRpt";

    /// <summary>A domain name is written in any case; a value is not.</summary>
    public string Key => PlaceKey + " " + Value;

    /// <summary>Records of one such key replace each other.</summary>
    public string PlaceKey => Fqdn.ToLowerInvariant() + " " + Type + " " + Purpose;

    public ReportRecord AsChoice() => new()
    {
        ZoneName = ZoneName,
        Name = Name,
        Fqdn = Fqdn,
        Type = Type,
        Ttl = Ttl,
        Value = Value,
        Purpose = Purpose,
        IsChoice = true,
    };
}
