using System.Net;
using System.Net.Sockets;

namespace MailDns.Blocklists;

/// <summary>
/// Makes block lists of a JSON tree (module/blocklists/blocklist.schema.json). Stricter than the schema: zones are names, answers are
/// addresses in 127.0.0.0/8, and nothing is there twice.
/// </summary>
internal static class BlocklistReader
{
    private static readonly Dictionary<string, BlocklistKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["ip4"] = BlocklistKind.IPv4,
        ["ip6"] = BlocklistKind.IPv6,
        ["domain"] = BlocklistKind.Domain,
    };

    private static readonly Dictionary<string, BlocklistWeight> s_weights = new(StringComparer.Ordinal)
    {
        ["listed"] = BlocklistWeight.Listed,
        ["noted"] = BlocklistWeight.Noted,
        ["refused"] = BlocklistWeight.Refused,
    };

    /// <summary>The lists of a file, in its order.</summary>
    /// <param name="root">The file's JSON value.</param>
    /// <param name="fileName">The file, for errors.</param>
    /// <exception cref="JsonTextException">The tree holds no block lists; says file, line, column and property.</exception>
    public static IReadOnlyList<Blocklist> Read(JsonValue root, string fileName)
    {
        var reader = new JsonObjectReader(root, fileName, "$schema", "blocklists");
        var lists = new List<Blocklist>();
        foreach (JsonValue item in reader.Required("blocklists", JsonKind.Array).Items)
        {
            Blocklist list = ReadList(new JsonObjectReader(
                item, fileName, "id", "name", "zone", "kinds", "answers", "testPoints", "delist", "documentation", "checked", "default", "registration", "refusesPublicResolvers", "note"));
            if (lists.Exists(other => other.Id == list.Id))
                throw reader.Fault(item, "the id " + PrintableText.Quote(list.Id) + " occurs twice.");

            lists.Add(list);
        }

        return lists.Count > 0 ? lists : throw reader.Fault("blocklists", "expected at least one list.");
    }

    private static Blocklist ReadList(JsonObjectReader reader)
    {
        string id = reader.RequiredText("id");
        if (!id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') || id == "default")
            throw reader.Fault("id", "expected lower-case letters, digits and hyphens, and not the word default; found " + PrintableText.Quote(id) + ".");

        BlocklistKind[] kinds = ReadKinds(reader);
        return new Blocklist(id, reader.RequiredText("name"), ReadName(reader, "zone"))
        {
            Kinds = kinds,
            Codes = ReadCodes(reader),
            TestPoints = ReadTestPoints(reader, kinds),
            DelistUri = ReadUri(reader, "delist"),
            DocumentationUri = ReadUri(reader, "documentation"),
            Checked = ReadDate(reader),
            IsDefault = reader.OptionalBool("default", otherwise: false),
            NeedsRegistration = reader.OptionalBool("registration", otherwise: false),
            RefusesPublicResolvers = reader.OptionalBool("refusesPublicResolvers", otherwise: false),
            Note = reader.OptionalText("note"),
        };
    }

    private static BlocklistKind[] ReadKinds(JsonObjectReader reader)
    {
        string[] words = reader.OptionalTexts("kinds");
        return words.Length > 0 && words.All(s_kinds.ContainsKey)
            ? words.Select(word => s_kinds[word]).ToArray()
            : throw reader.Fault("kinds", "expected an array of " + string.Join(", ", s_kinds.Keys) + ".");
    }

    private static BlocklistCode[] ReadCodes(JsonObjectReader list)
    {
        var codes = new List<BlocklistCode>();
        foreach (JsonValue item in list.OptionalItems("answers"))
        {
            var reader = new JsonObjectReader(item, list.Source, "address", "bit", "meaning", "weight");
            ushort? bit = reader.OptionalUInt16("bit");
            string? text = reader.OptionalText("address");
            if (bit is null == text is null) throw reader.Fault(item, "expected either an address or a bit.");

            if (bit is not null && (bit is 0 or > 128 || (bit & (bit - 1)) != 0))
                throw reader.Fault("bit", "expected 1, 2, 4, 8, 16, 32, 64 or 128.");

            IPAddress? address = text is null ? null : ReadAnswer(reader, text);
            codes.Add(new BlocklistCode(address, bit ?? 0, reader.RequiredText("meaning"), reader.Choice<BlocklistWeight>("weight", s_weights, BlocklistWeight.Listed)));
            if (codes.Take(codes.Count - 1).Any(other => other.Text == codes[codes.Count - 1].Text))
                throw reader.Fault(item, codes[codes.Count - 1].Text + " occurs twice.");
        }

        return codes.ToArray();
    }

    private static IPAddress ReadAnswer(JsonObjectReader reader, string text) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] == 127 && address.ToString() == text
            ? address
            : throw reader.Fault("address", "expected an address in 127.0.0.0/8 (RFC 5782 section 2.1); found " + PrintableText.Quote(text) + ".");

    private static Dictionary<BlocklistKind, BlocklistTestPoint> ReadTestPoints(JsonObjectReader list, BlocklistKind[] kinds)
    {
        var points = new Dictionary<BlocklistKind, BlocklistTestPoint>();
        if (list.Optional("testPoints", JsonKind.Object) is not { } value) return points;

        var reader = new JsonObjectReader(value, list.Source, s_kinds.Keys.ToArray());
        foreach (KeyValuePair<string, BlocklistKind> pair in s_kinds)
        {
            if (reader.Optional(pair.Key, JsonKind.Object) is not { } point) continue;
            if (!kinds.Contains(pair.Value)) throw reader.Fault(point, "the list has no entries of that kind.");

            var inner = new JsonObjectReader(point, list.Source, "listed", "notListed");
            points.Add(pair.Value, new BlocklistTestPoint(ReadQuery(inner, "listed", pair.Value), ReadQuery(inner, "notListed", pair.Value)));
        }

        return points;
    }

    private static BlocklistQuery ReadQuery(JsonObjectReader reader, string member, BlocklistKind kind)
    {
        if (kind == BlocklistKind.Domain) return BlocklistQuery.Of(ReadName(reader, member));

        string text = reader.RequiredText(member);
        AddressFamily family = kind == BlocklistKind.IPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        return IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == family
            ? kind == BlocklistKind.IPv4 ? BlocklistQuery.Of(address) : BlocklistQuery.OfIPv6(address)
            : throw reader.Fault(member, "expected an address of that kind; found " + PrintableText.Quote(text) + ".");
    }

    private static DomainName ReadName(JsonObjectReader reader, string member)
    {
        string text = reader.RequiredText(member);
        return DomainName.TryParseRelative(text, out DomainName? name, out string reason) ? name! : throw reader.Fault(member, PrintableText.Quote(text) + " is not a valid domain name: " + reason);
    }

    private static string? ReadUri(JsonObjectReader reader, string member)
    {
        string? text = reader.OptionalText(member);
        return text is null || (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "https" or "http" && uri.Host.Length > 0)
            ? text
            : throw reader.Fault(member, "expected an http or https address; found " + PrintableText.Quote(text) + ".");
    }

    private static string? ReadDate(JsonObjectReader reader)
    {
        string? text = reader.OptionalText("checked");
        return text is null || DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw reader.Fault("checked", "expected a date as yyyy-mm-dd; found " + PrintableText.Quote(text) + ".");
    }
}
