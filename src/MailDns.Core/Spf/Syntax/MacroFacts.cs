namespace MailDns.Spf;

/// <summary>What the macros stand for in one evaluation (RFC 7208 section 7.2). Null is a fact that is not known, as in a walk without a message.</summary>
/// <remarks>Facts without a client, or with one.</remarks>
internal sealed class MacroFacts(AddressBits? client = null)
{
    private readonly AddressBits? _client = client;
    private string? _dottedAddress;

    /// <summary>s: the sender, local-part@domain.</summary>
    public string? Sender { get; init; }

    /// <summary>l: the sender's local-part.</summary>
    public string? LocalPart { get; init; }

    /// <summary>o: the sender's domain.</summary>
    public string? SenderDomain { get; init; }

    /// <summary>i: the client's address, IPv6 as dotted nibbles.</summary>
    public string? DottedAddress => _dottedAddress ??= _client is null ? null : ReverseName.Dotted(_client.Value);

    /// <summary>c: the client's address as people write it.</summary>
    public string? ReadableAddress => _client?.ToString();

    /// <summary>v: "in-addr" or "ip6".</summary>
    public string? AddressFamily => _client is null ? null : _client.Value.IsIPv6 ? "ip6" : "in-addr";

    /// <summary>h: the HELO or EHLO name.</summary>
    public string? Helo { get; init; }

    /// <summary>r: the name of the receiving host.</summary>
    public string? Receiver { get; init; }

    /// <summary>t: seconds since 1970-01-01 UTC.</summary>
    public long? Timestamp { get; init; }

    /// <summary>p: the validated name of the client; looked up only where a macro asks for it.</summary>
    public string? ValidatedName { get; set; }

    /// <summary>The value of a macro letter; d is the domain whose record is evaluated.</summary>
    public string? Get(char letter, string domain) => letter switch
    {
        's' => Sender,
        'l' => LocalPart,
        'o' => SenderDomain,
        'd' => domain,
        'i' => DottedAddress,
        'p' => ValidatedName,
        'v' => AddressFamily,
        'h' => Helo,
        'c' => ReadableAddress,
        'r' => Receiver,
        _ => Timestamp?.ToString(CultureInfo.InvariantCulture),
    };
}
