using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Text;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Formats;

/// <summary>Resources as each provider takes them.</summary>
internal static class TerraformReader
{
    public static IEnumerable<ReadRecord> Read(string resource, Dictionary<string, List<object>> body, TerraformProvider provider) => provider switch
    {
        TerraformProvider.Aws => Aws(resource, body),
        TerraformProvider.Google => Google(resource, body),
        TerraformProvider.Cloudflare => [Cloudflare(resource, body)],
        _ => Azure(resource, body),
    };

    private static IEnumerable<ReadRecord> Aws(string resource, Dictionary<string, List<object>> body)
    {
        Assert.Equal("aws_route53_record", resource);
        string type = Text(body, "type");

        // The provider puts quotes around a TXT value (flattenTxtEntry).
        return Items(body, "records").Select(value =>
            new ReadRecord(Text(body, "name"), type, Number(body, "ttl"), FormatReader.Data(type, type == "TXT" ? "\"" + value + "\"" : value, octal: true)));
    }

    private static IEnumerable<ReadRecord> Google(string resource, Dictionary<string, List<object>> body)
    {
        Assert.Equal("google_dns_record_set", resource);
        string type = Text(body, "type");
        return Items(body, "rrdatas").Select(value => new ReadRecord(Text(body, "name").TrimEnd('.'), type, Number(body, "ttl"), FormatReader.Data(type, value)));
    }

    private static ReadRecord Cloudflare(string resource, Dictionary<string, List<object>> body)
    {
        Assert.Equal("cloudflare_dns_record", resource);
        string type = Text(body, "type");
        Assert.Equal(type is "A" or "AAAA" or "CNAME", body.TryGetValue("proxied", out List<object>? proxied) && proxied[0] is false);
        string data = type switch
        {
            "MX" => Number(body, "priority") + " " + Dot(Text(body, "content")),
            "CNAME" or "NS" or "PTR" => Dot(Text(body, "content")),
            "CAA" => Caa(Block(body, "data")),
            "TLSA" => string.Join(' ', Number(Block(body, "data"), "usage"), Number(Block(body, "data"), "selector"), Number(Block(body, "data"), "matching_type"), Text(Block(body, "data"), "certificate")),
            "SRV" => Srv(Block(body, "data")),
            _ => Text(body, "content"),
        };
        return new ReadRecord(Text(body, "name"), type, Number(body, "ttl"), FormatReader.Data(type, data));
    }

    private static IEnumerable<ReadRecord> Azure(string resource, Dictionary<string, List<object>> body)
    {
        string type = resource.Split('_')[2].ToUpperInvariant();
        Assert.Equal("azurerm_dns_" + type.ToLowerInvariant() + "_record", resource);
        IEnumerable<string> values = type switch
        {
            "TXT" => Blocks(body).Select(record => Text(record, "value")),
            "MX" => Blocks(body).Select(record => Number(record, "preference") + " " + Dot(Text(record, "exchange"))),
            "CAA" => Blocks(body).Select(Caa),
            "SRV" => Blocks(body).Select(Srv),
            "CNAME" => [Dot(Text(body, "record"))],
            _ => Items(body, "records"),
        };
        string name = Text(body, "name");
        string fqdn = name == "@" ? Text(body, "zone_name") : name + "." + Text(body, "zone_name");
        return values.Select(value => new ReadRecord(fqdn, type, Number(body, "ttl"), type == "TXT" ? value : FormatReader.Data(type, value)));
    }

    private static string Srv(Dictionary<string, List<object>> body) => string.Join(' ', Number(body, "priority"), Number(body, "weight"), Number(body, "port"), Dot(Text(body, "target")));

    private static string Caa(Dictionary<string, List<object>> body) => Number(body, "flags") + " " + Text(body, "tag") + " " + PresentationText.Quote([Text(body, "value")]);

    private static IEnumerable<Dictionary<string, List<object>>> Blocks(Dictionary<string, List<object>> body) => body["record"].Cast<Dictionary<string, List<object>>>();

    private static Dictionary<string, List<object>> Block(Dictionary<string, List<object>> body, string name) => (Dictionary<string, List<object>>)Assert.Single(body[name]);

    private static IEnumerable<string> Items(Dictionary<string, List<object>> body, string name) => ((List<object>)Assert.Single(body[name])).Cast<string>();

    private static string Text(Dictionary<string, List<object>> body, string name) => (string)Assert.Single(body[name]);

    private static long Number(Dictionary<string, List<object>> body, string name) => (long)Assert.Single(body[name]);

    private static string Dot(string name) => name.EndsWith('.') ? name : name + ".";
}
