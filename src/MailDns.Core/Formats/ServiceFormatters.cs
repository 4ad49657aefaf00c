namespace MailDns.Formats;

/// <summary>
/// The body of POST /zones/{zone_id}/dns_records/batch. Taken before Cloudflare's import of zone files because here each
/// record says that it is not proxied, and all of them are added or none.
/// </summary>
internal sealed class CloudflareFormatter : RecordFormatter
{
    /// <summary>The range of times to live that Cloudflare takes on every plan; what is outside becomes its nearest end.</summary>
    private const uint MinTtl = 60;
    private const uint MaxTtl = 86400;

    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        string.Join(",\n", set.Data.Select(data =>
            "    { \"type\": " + JsonText.Quote(set.TypeName) + ", \"name\": " + JsonText.Quote(set.Owner.Text) + ", \"ttl\": " + Ttl(set)
            + string.Concat(Fields(set, data).Select(field => ", " + JsonText.Quote(field.Key) + ": " + field.Value)) + " }"));

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        "{\n  \"posts\": [\n" + string.Join(",\n", zones[0].Texts) + "\n  ]\n}";

    public static uint Ttl(ExportSet set) => Math.Min(Math.Max(set.Ttl, MinTtl), MaxTtl);

    private static IEnumerable<KeyValuePair<string, string>> Fields(ExportSet set, RecordData data)
    {
        if (data is MxData mx)
        {
            yield return Pair("content", JsonText.Quote(RecordText.Bare(mx.Exchange)));
            yield return Pair("priority", mx.Preference.ToString());
        }
        else if (HasParts(set))
        {
            yield return Pair("data", "{ " + string.Join(", ", RecordText.Fields(set.Type, data).Select(part => JsonText.Quote(part.Field.Json) + ": " + Part(part.Value, JsonText.Quote))) + " }");
        }
        else
        {
            yield return Pair("content", JsonText.Quote(Content(data)));
            if (IsProxiable(set)) yield return Pair("proxied", "false");
        }
    }

    /// <summary>True for the types that Cloudflare takes in parts, in place of one content.</summary>
    public static bool HasParts(ExportSet set) => set.Type != DnsRecordType.Mx && RecordTypes.Find(set.Type) is { Fields.Count: > 1 };

    /// <summary>A part: numbers as they are, all else quoted, names without their dot.</summary>
    public static string Part(object value, Func<string, string> quote) => RecordText.IsNumber(value) ? RecordText.Show(value) : quote(RecordText.Show(value));

    /// <summary>TXT as quoted character-strings, which is what Cloudflare asks for; names without their dot.</summary>
    public static string Content(RecordData data) => data is NameData name ? RecordText.Bare(name.Target) : RecordText.Of(data);

    /// <summary>A, AAAA, CNAME. A proxied tracking or DKIM alias is no alias any more.</summary>
    public static bool IsProxiable(ExportSet set) => set.Type is DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.Cname;

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);
}

/// <summary>The YAML of gcloud dns record-sets import, one document a set. The import refuses a set that exists already, so nothing is lost by it.</summary>
internal sealed class GoogleDnsFormatter : RecordFormatter
{
    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "---\nkind: \"dns#resourceRecordSet\"\nname: " + JsonText.Quote(set.AbsoluteName) + "\nrrdatas:\n"
        + string.Concat(set.Data.Select(data => "- " + JsonText.Quote(RecordText.Of(data)) + "\n"))
        + "ttl: " + set.Ttl + "\ntype: " + JsonText.Quote(set.TypeName);

    public override string Compose(IReadOnlyList<ZoneParts> zones) => string.Join("\n", zones[0].Texts);
}

/// <summary>A change batch of ChangeResourceRecordSets. UPSERT creates a set or replaces it whole.</summary>
internal sealed class Route53Formatter : RecordFormatter
{
    /// <summary>Longest Value of a ResourceRecord, escapes and quotes included.</summary>
    private const int MaxValue = 4000;

    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "    {\n      \"Action\": \"UPSERT\",\n      \"ResourceRecordSet\": {\n"
        + "        \"Name\": " + JsonText.Quote(set.AbsoluteName) + ",\n"
        + "        \"Type\": " + JsonText.Quote(set.TypeName) + ",\n"
        + "        \"TTL\": " + set.Ttl + ",\n"
        + "        \"ResourceRecords\": [\n"
        + string.Join(",\n", set.Data.Select(data => "          { \"Value\": " + JsonText.Quote(Value(set, data)) + " }"))
        + "\n        ]\n      }\n    }";

    /// <summary>At a host's name stand values of others (proofs of ownership, other exchanges); an attribute name (RFC 8552) is the record's own.</summary>
    public override string? Warn(ZoneParts zone)
    {
        string[] shared = zone.Sets
            .Where(set => set.Type is DnsRecordType.Txt or DnsRecordType.Mx or DnsRecordType.Caa && !set.Owner.Labels.Any(label => label[0] == '_'))
            .Select(set => set.Place)
            .ToArray();
        return shared.Length == 0
            ? null
            : "UPSERT replaces a record set whole. Before applying it, make sure that every value to be kept is among these records: " + string.Join(", ", shared) + ".";
    }

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        "{\n  \"Comment\": " + JsonText.Quote("MailDns: " + zones[0].Zone.Text) + ",\n  \"Changes\": [\n" + string.Join(",\n", zones[0].Texts) + "\n  ]\n}";

    /// <summary>The record's value; octets that do not print are octal here.</summary>
    public static string Value(ExportSet set, RecordData data)
    {
        string value = RecordText.Of(data, octal: true);
        return value.Length <= MaxValue
            ? value
            : throw new RecordExportException(RecordExportFault.Length, set.Place + ": the value has " + value.Length + " characters; Route 53 takes " + MaxValue + ".");
    }
}

/// <summary>
/// A zone of OctoDNS's YamlProvider. OctoDNS splits TXT itself, wants each semicolon escaped, and hands quotes and backslashes
/// on to providers that read them differently; texts with these are refused.
/// </summary>
internal sealed class OctoDnsFormatter : RecordFormatter
{
    private const string Target = "OctoDNS";

    public override bool IsPerZone => true;

    public override string Write(ExportSet set) =>
        "  - ttl: " + set.Ttl + "\n    type: " + set.TypeName + "\n    "

        // A name has one CNAME, and OctoDNS wants it so (its ValueMixin does not look at "values").
        + (set.Type == DnsRecordType.Cname
            ? "value: " + Value(set, set.Data[0])
            : "values:\n" + string.Join("\n", set.Data.Select(data => "    - " + Value(set, data))));

    public override string Compose(IReadOnlyList<ZoneParts> zones)
    {
        // The provider refuses keys that are not in natural order (enforce_order).
        IEnumerable<string> names = zones[0].Sets
            .Select((set, i) => (Key: set.Name == "@" ? string.Empty : set.Name, Text: zones[0].Texts[i], set.Type))
            .GroupBy(part => part.Key, System.StringComparer.Ordinal)
            .OrderBy(group => group.Key, NaturalOrder.Instance)
            .Select(group => JsonText.Quote(group.Key) + ":\n" + string.Join("\n", group.Select(part => part.Text)));
        return "---\n" + string.Join("\n", names);
    }

    private static string Value(ExportSet set, RecordData data)
    {
        (RecordField Field, object Value)[] parts = RecordText.Fields(set.Type, data).ToArray();
        return data is TxtData txt ? JsonText.Quote(Text(set, txt.Text))
            : parts.Length == 1 ? Part(set, parts[0].Value)
            : string.Join("\n      ", parts
                .Select(part => (Name: part.Field.OctoDns ?? part.Field.Json, part.Value))
                .OrderBy(part => part.Name, System.StringComparer.Ordinal)
                .Select(part => part.Name + ": " + Part(set, part.Value)));
    }

    private static string Part(ExportSet set, object value) => value switch
    {
        DomainName name => JsonText.Quote(RecordText.Absolute(name)),
        _ when RecordText.IsNumber(value) => RecordText.Show(value),
        _ => JsonText.Quote(PlainText.Require(set, RecordText.Show(value), Target, "\"\\")),
    };

    private static string Text(ExportSet set, string text) =>
        text.Length > 0
            ? PlainText.Require(set, text, Target, "\"\\").Replace(";", "\\;")
            : throw new RecordExportException(RecordExportFault.Value, set.Place + ": OctoDNS takes no empty text.");
}

/// <summary>Natural order as Python's natsort has it: runs of text and runs of digits in turn, the digits as numbers.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        string left = x ?? string.Empty;
        string right = y ?? string.Empty;
        int i = 0;
        int j = 0;
        while (i < left.Length || j < right.Length)
        {
            int order = string.CompareOrdinal(Take(left, ref i, digits: false), Take(right, ref j, digits: false));
            order = order != 0 ? order : CompareNumbers(Take(left, ref i, digits: true), Take(right, ref j, digits: true));
            if (order != 0) return order;
        }

        return 0;
    }

    private static string Take(string text, ref int position, bool digits)
    {
        int start = position;
        while (position < text.Length && text[position] is >= '0' and <= '9' == digits)
            position++;

        return text.Substring(start, position - start);
    }

    private static int CompareNumbers(string left, string right)
    {
        string x = left.TrimStart('0');
        string y = right.TrimStart('0');
        int order = (left.Length > 0).CompareTo(right.Length > 0);
        order = order != 0 ? order : x.Length.CompareTo(y.Length);
        return order != 0 ? order : Math.Sign(string.CompareOrdinal(x, y));
    }
}

/// <summary>dnsconfig.js: D_EXTEND adds to a domain that D() declares. DNSControl itself splits and quotes TXT.</summary>
internal sealed class DnsControlFormatter : RecordFormatter
{
    private const string Target = "DNSControl";
    private const byte Critical = 128;

    public override bool IsPerZone => false;

    public override string Write(ExportSet set) => string.Join(",\n", set.Data.Select(data => Call(set, data)));

    public override string Compose(IReadOnlyList<ZoneParts> zones) =>
        string.Join("\n\n", zones.Select(zone => "D_EXTEND(" + JsonText.Quote(zone.Zone.Text) + ",\n" + string.Join(",\n", zone.Texts) + "\n);"));

    private static string Call(ExportSet set, RecordData data) =>
        "  " + set.TypeName + "(" + JsonText.Quote(set.Name) + ", " + Arguments(set, data) + ", TTL(" + set.Ttl + "))";

    private static string Arguments(ExportSet set, RecordData data) => data switch
    {
        // DNSControl's strings are Unicode: an octet beyond ASCII would become two.
        TxtData txt => JsonText.Quote(PlainText.Require(set, txt.Text, Target)),
        CaaData { Flags: 0 or Critical } caa => JsonText.Quote(caa.Tag) + ", " + JsonText.Quote(PlainText.Require(set, caa.Value, Target)) + (caa.Flags == Critical ? ", CAA_CRITICAL" : string.Empty),
        CaaData caa => throw new RecordExportException(RecordExportFault.Value, set.Place + ": DNSControl knows the CAA flags 0 and 128, not " + caa.Flags + "."),
        _ => string.Join(", ", RecordText.Fields(set.Type, data).Select(part => part.Value switch
        {
            DomainName name => JsonText.Quote(RecordText.Absolute(name)),
            { } value when RecordText.IsNumber(value) => RecordText.Show(value),
            _ => JsonText.Quote(RecordText.Show(part.Value)),
        })),
    };
}
