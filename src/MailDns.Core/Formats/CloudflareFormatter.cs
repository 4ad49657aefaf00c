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
        switch (data)
        {
            case MxData mx:
                yield return Pair("content", JsonText.Quote(RecordText.Bare(mx.Exchange)));
                yield return Pair("priority", mx.Preference.ToString());
                break;
            case CaaData caa:
                yield return Pair("data", "{ \"flags\": " + caa.Flags + ", \"tag\": " + JsonText.Quote(caa.Tag) + ", \"value\": " + JsonText.Quote(caa.Value) + " }");
                break;
            case TlsaData tlsa:
                yield return Pair(
                    "data",
                    "{ \"usage\": " + tlsa.Usage + ", \"selector\": " + tlsa.Selector + ", \"matching_type\": " + tlsa.MatchingType + ", \"certificate\": " + JsonText.Quote(tlsa.AssociationData) + " }");
                break;
            default:
                yield return Pair("content", JsonText.Quote(Content(data)));
                if (IsProxiable(set))
                {
                    yield return Pair("proxied", "false");
                }

                break;
        }
    }

    /// <summary>TXT as quoted character-strings, which is what Cloudflare asks for; names without their dot.</summary>
    public static string Content(RecordData data) => data is NameData name ? RecordText.Bare(name.Target) : RecordText.Of(data);

    /// <summary>A, AAAA, CNAME. A proxied tracking or DKIM alias is no alias any more.</summary>
    public static bool IsProxiable(ExportSet set) => set.Type is DnsRecordType.A or DnsRecordType.Aaaa or DnsRecordType.Cname;

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);
}
