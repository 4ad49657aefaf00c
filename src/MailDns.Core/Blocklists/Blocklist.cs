using System.Net;
using System.Net.Sockets;
using MailDns.Spf;

namespace MailDns.Blocklists;

/// <summary>What a list has entries of.</summary>
internal enum BlocklistKind
{
    /// <summary>IPv4 addresses, asked for with their octets in reverse order (RFC 5782 section 2.1).</summary>
    IPv4,

    /// <summary>IPv6 addresses, asked for with their nibbles in reverse order (RFC 5782 section 2.4).</summary>
    IPv6,

    /// <summary>Domain names (RFC 5782 section 3).</summary>
    Domain,
}

/// <summary>A DNS-based block list (RFC 5782) as its operator documents it.</summary>
internal sealed class Blocklist(string id, string name, DomainName zone)
{
    /// <summary>Lower-case letters, digits and hyphens; the zone of a list that the user names by it.</summary>
    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>What is queried is the name of an address or a domain below it.</summary>
    public DomainName Zone { get; } = zone;

    public IReadOnlyList<BlocklistKind> Kinds { get; init; } = Array.Empty<BlocklistKind>();

    /// <summary>What the answers mean; a list whose answers nobody documents has none.</summary>
    public IReadOnlyList<BlocklistCode> Codes { get; init; } = Array.Empty<BlocklistCode>();

    /// <summary>Test points other than those of RFC 5782 section 5.</summary>
    public IReadOnlyDictionary<BlocklistKind, BlocklistTestPoint> TestPoints { get; init; } = new Dictionary<BlocklistKind, BlocklistTestPoint>();

    /// <summary>Where an entry is looked up and removed; null where nobody says.</summary>
    public string? DelistUri { get; init; }

    /// <summary>The operator's page that the values are from; null for a list that the user names by its zone.</summary>
    public string? DocumentationUri { get; init; }

    /// <summary>When that page was read, as yyyy-mm-dd.</summary>
    public string? Checked { get; init; }

    /// <summary>True for a list that -Blocklist Default asks: free, without registration, and about mail.</summary>
    public bool IsDefault { get; init; }

    /// <summary>True where only those who registered get answers.</summary>
    public bool NeedsRegistration { get; init; }

    /// <summary>True where resolvers that many share get no answers.</summary>
    public bool RefusesPublicResolvers { get; init; }

    public string? Note { get; init; }

    /// <summary>The test entries of a kind: what has to be listed, and what must not be.</summary>
    public BlocklistTestPoint TestPointOf(BlocklistKind kind) => TestPoints.TryGetValue(kind, out BlocklistTestPoint? own) ? own : BlocklistTestPoint.Standard(kind);

    public override string ToString() => Id;
}

/// <summary>One answer of a list, or one bit of the last octet of its answers.</summary>
internal sealed class BlocklistCode(IPAddress? address, int bit, string meaning, BlocklistWeight weight)
{
    /// <summary>The whole answer; null for a bit.</summary>
    public IPAddress? Address { get; } = address;

    /// <summary>The bit of the last octet, 1 to 128; 0 for a whole answer.</summary>
    public int Bit { get; } = bit;

    public string Meaning { get; } = meaning;

    public BlocklistWeight Weight { get; } = weight;

    public string Text => Address?.ToString() ?? "bit " + Bit.ToString(CultureInfo.InvariantCulture);

    public bool Matches(IPAddress answer) => Address is not null ? Address.Equals(answer) : (answer.GetAddressBytes()[3] & Bit) != 0;
}

/// <summary>What an answer is worth.</summary>
internal enum BlocklistWeight
{
    /// <summary>Receivers refuse mail for it.</summary>
    Listed,

    /// <summary>A network, or a suspicion: receivers add it to others.</summary>
    Noted,

    /// <summary>Not an entry: the list refuses the question.</summary>
    Refused,
}

/// <summary>What a list that works has, and what it has not (RFC 5782 section 5).</summary>
internal sealed class BlocklistTestPoint(BlocklistQuery listed, BlocklistQuery notListed)
{
    private static readonly BlocklistTestPoint s_ipv4 = new(BlocklistQuery.Of(IPAddress.Parse("127.0.0.2")), BlocklistQuery.Of(IPAddress.Parse("127.0.0.1")));
    private static readonly BlocklistTestPoint s_ipv6 = new(BlocklistQuery.OfIPv6(IPAddress.Parse("::FFFF:7F00:2")), BlocklistQuery.OfIPv6(IPAddress.Parse("::FFFF:7F00:1")));
    private static readonly BlocklistTestPoint s_domain = new(BlocklistQuery.Of(DomainName.FromDns("test")), BlocklistQuery.Of(DomainName.FromDns("invalid")));

    public BlocklistQuery Listed { get; } = listed;

    public BlocklistQuery NotListed { get; } = notListed;

    public static BlocklistTestPoint Standard(BlocklistKind kind) => kind switch
    {
        BlocklistKind.IPv4 => s_ipv4,
        BlocklistKind.IPv6 => s_ipv6,
        _ => s_domain,
    };
}

/// <summary>The lists that are known, by what users call them.</summary>
internal sealed class BlocklistCatalog(IReadOnlyList<Blocklist> lists)
{
    /// <summary>The word for the lists that are asked where none is named.</summary>
    public const string Default = "Default";

    private static readonly BlocklistKind[] s_kinds = { BlocklistKind.IPv4, BlocklistKind.IPv6, BlocklistKind.Domain };

    public IReadOnlyList<Blocklist> All { get; } = lists;

    /// <summary>The lists of a word: "Default", the id, name or zone of a list, or a zone that is not known, whose answers nobody documents.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public IReadOnlyList<Blocklist> Get(string word)
    {
        string text = word.Trim();
        if (Same(text, Default)) return All.Where(list => list.IsDefault).ToArray();

        string zone = text.TrimEnd('.');
        if (All.FirstOrDefault(list => Same(list.Id, text) || Same(list.Name, text) || Same(list.Zone.Text, zone)) is { } known)
            return new[] { known };

        if (text.IndexOf('.') < 0)
        {
            string[] ids = All.Select(list => list.Id).Concat(new[] { Default }).ToArray();
            throw new ArgumentException("The block list " + PrintableText.Quote(text) + " was not found." + NearestName.Hint(text, ids) + " Give the id of a list, its zone (bl.example.net), a file (.json) or " + Default + ".");
        }

        return DomainName.TryParse(zone, out DomainName? name, out string reason)
            ? new[] { new Blocklist(name!.Text, name.ToString(), name) { Kinds = s_kinds } }
            : throw new ArgumentException("The block list " + PrintableText.Quote(text) + " is not a valid domain name: " + reason);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An address or a domain that lists are asked about.</summary>
internal sealed class BlocklistQuery(BlocklistKind kind, string text, string labels)
{
    public BlocklistKind Kind { get; } = kind;

    /// <summary>The address or the domain, as people write it.</summary>
    public string Text { get; } = text;

    public static BlocklistQuery Of(DomainName domain) => new(BlocklistKind.Domain, domain.ToString(), domain.Text);

    /// <summary>An IPv4-mapped address is the IPv4 address; a zone index (fe80::1%3) is this machine's affair.</summary>
    public static BlocklistQuery Of(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6 ? OfIPv6(plain) : new(BlocklistKind.IPv4, plain.ToString(), Reversed(plain));
    }

    /// <summary>An IPv6 address also where it maps an IPv4 address: the test entries of RFC 5782 section 5 do.</summary>
    public static BlocklistQuery OfIPv6(IPAddress address) => new(BlocklistKind.IPv6, new IPAddress(address.GetAddressBytes()).ToString(), Reversed(address));

    /// <summary>The name to ask a list for (RFC 5782 sections 2.1, 2.4 and 3.1); null where it is longer than DNS allows.</summary>
    public DomainName? NameIn(DomainName zone) => zone.TryPrepend(labels, out DomainName? name) ? name : null;

    public override string ToString() => Text;

    private static string Reversed(IPAddress address)
    {
        string[] parts = ReverseName.Dotted(AddressBits.From(address, unmap: false)).ToLowerInvariant().Split('.');
        Array.Reverse(parts);
        return string.Join(".", parts);
    }
}
