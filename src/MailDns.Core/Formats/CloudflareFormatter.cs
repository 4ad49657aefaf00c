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
