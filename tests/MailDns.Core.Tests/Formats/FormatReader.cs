using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsvHelper;
using MailDns.Text;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MailDns.Core.Tests.Formats;

/// <summary>Reads each format as its tool does.</summary>
internal static class FormatReader
{
    public static IReadOnlyList<ReadRecord> Read(string text, DnsRecordFormat format, TerraformProvider provider) => [.. format switch
    {
        DnsRecordFormat.Zone => Zone(text),
        DnsRecordFormat.NsUpdate => NsUpdate(text),
        DnsRecordFormat.DnsCmd => DnsCmd(text),
        DnsRecordFormat.Route53 => Route53(text),
        DnsRecordFormat.Cloudflare => Cloudflare(text),
        DnsRecordFormat.GoogleDns => GoogleDns(text),
        DnsRecordFormat.Terraform => Terraform(text, provider),
        DnsRecordFormat.DnsControl => DnsControlReader.Read(text),
        DnsRecordFormat.OctoDns => OctoDns(text),
        DnsRecordFormat.Csv => Csv(text),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    }];

    // One record in presentation format. Route 53 has octal escapes.
    public static string Data(string type, string presentation, bool octal = false)
    {
        string text = octal ? FromOctal(presentation) : presentation;
        return ReadRecord.Of(Assert.Single(ZoneFileParser.Parse("x.test. 1 IN " + type + " " + text, "test", DomainName.FromDns("x.test")).Records)).Data;
    }

    private static IEnumerable<ReadRecord> Zone(string text) => ZoneFileParser.Parse(text, "test", defaultOrigin: null).Records.Select(ReadRecord.Of);

    private static IEnumerable<ReadRecord> NsUpdate(string text)
    {
        string zone = string.Empty;
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("zone ", StringComparison.Ordinal))
                zone = line[5..];
            else if (line == "send")
                zone = string.Empty;
            else
                yield return ReadRecord.Of(Assert.Single(ZoneFileParser.Parse(Cut(line, "update add "), "test", DomainName.FromDns(zone)).Records));
        }
    }

    private static string Cut(string line, string start)
    {
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        return line[start.Length..];
    }

    // cmd.exe: nothing but plain characters outside quotes, and inside them nothing that it expands.
    private static IEnumerable<ReadRecord> DnsCmd(string text)
    {
        foreach (string line in text.Split("\r\n"))
        {
            Assert.Matches("^dnscmd( [A-Za-z0-9./:]+| \"[^\"%!$`\\\\\\x00-\\x1F\\x7F-\\uFFFF]+\")+$", line);
            string[] words = [.. Words(line)];
            Assert.Equal("/RecordAdd", words[1]);
            string fqdn = words[3] == "@" ? words[2] : words[3] + "." + words[2];
            string data = words[5] == "TXT" ? string.Concat(words[6..]) : string.Join(' ', words[6..]);
            Assert.All(words[6..], word => Assert.InRange(word.Length, 1, 255));
            yield return new ReadRecord(fqdn, words[5], long.Parse(words[4], CultureInfo.InvariantCulture), data);
        }
    }

    private static IEnumerable<ReadRecord> Route53(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonElement change in document.RootElement.GetProperty("Changes").EnumerateArray())
        {
            Assert.Equal("UPSERT", change.GetProperty("Action").GetString());
            JsonElement set = change.GetProperty("ResourceRecordSet");
            foreach (JsonElement record in set.GetProperty("ResourceRecords").EnumerateArray())
            {
                string type = set.GetProperty("Type").GetString()!;
                yield return new ReadRecord(set.GetProperty("Name").GetString()!.TrimEnd('.'), type, set.GetProperty("TTL").GetInt64(), Data(type, record.GetProperty("Value").GetString()!, octal: true));
            }
        }
    }

    private static IEnumerable<ReadRecord> Cloudflare(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        foreach (JsonElement record in document.RootElement.GetProperty("posts").EnumerateArray())
        {
            string type = record.GetProperty("type").GetString()!;
            Assert.Equal(type is "A" or "AAAA" or "CNAME", record.TryGetProperty("proxied", out JsonElement proxied) && !proxied.GetBoolean());
            string data = type switch
            {
                "CAA" => Join(record.GetProperty("data"), "flags", "tag", "value"),
                "TLSA" => Join(record.GetProperty("data"), "usage", "selector", "matching_type", "certificate"),
                "SRV" => Dot(Join(record.GetProperty("data"), "priority", "weight", "port", "target")),
                "MX" => record.GetProperty("priority").GetInt32() + " " + Dot(record.GetProperty("content").GetString()!),
                "CNAME" or "NS" or "PTR" => Dot(record.GetProperty("content").GetString()!),
                _ => record.GetProperty("content").GetString()!,
            };
            yield return new ReadRecord(record.GetProperty("name").GetString()!, type, record.GetProperty("ttl").GetInt64(), Data(type, data));
        }
    }

    private static string Join(JsonElement data, params string[] names) => string.Join(' ', names.Select(name =>
        name == "value" ? PresentationText.Quote([data.GetProperty(name).GetString()!]) : data.GetProperty(name).ToString()));

    private static string Dot(string name) => name.EndsWith('.') ? name : name + ".";

    private static IEnumerable<ReadRecord> GoogleDns(string text)
    {
        foreach (YamlNode document in Yaml(text))
        {
            string type = Text(document, "type");
            Assert.Equal("dns#resourceRecordSet", Text(document, "kind"));
            foreach (YamlNode data in ((YamlSequenceNode)document["rrdatas"]).Children)
                yield return new ReadRecord(Text(document, "name").TrimEnd('.'), type, long.Parse(Text(document, "ttl"), CultureInfo.InvariantCulture), Data(type, Scalar(data)));
        }
    }

    private static IEnumerable<ReadRecord> OctoDns(string text)
    {
        foreach ((YamlNode key, YamlNode sets) in (YamlMappingNode)Assert.Single(Yaml(text)))
        {
            string fqdn = Scalar(key).Length == 0 ? "contoso.com" : Scalar(key) + ".contoso.com";
            foreach (YamlNode set in (YamlSequenceNode)sets)
            {
                string type = Text(set, "type");
                foreach (YamlNode value in type == "CNAME" ? [set["value"]] : ((YamlSequenceNode)set["values"]).Children)
                    yield return new ReadRecord(fqdn, type, long.Parse(Text(set, "ttl"), CultureInfo.InvariantCulture), OctoDnsValue(type, value));
            }
        }
    }

    // What octodns/record/chunked.py validates and does to a value, then what a provider does to its escaped semicolons.
    private static string OctoDnsValue(string type, YamlNode value)
    {
        if (type == "TXT")
        {
            string text = Scalar(value);
            Assert.NotEmpty(text);
            Assert.DoesNotMatch(@"\w;|\\\\;", text);
            Assert.All(text, c => Assert.InRange(c, ' ', '~'));
            Assert.False(text[0] == '"' || text.Contains("\" \"", StringComparison.Ordinal), "OctoDNS would take quotes away.");
            return text.Replace("\\;", ";", StringComparison.Ordinal);
        }

        return Data(type, type switch
        {
            "MX" => Text(value, "preference") + " " + Text(value, "exchange"),
            "CAA" => Text(value, "flags") + " " + Text(value, "tag") + " " + PresentationText.Quote([Text(value, "value")]),
            "TLSA" => string.Join(' ', Text(value, "certificate_usage"), Text(value, "selector"), Text(value, "matching_type"), Text(value, "certificate_association_data")),
            "SRV" => string.Join(' ', Text(value, "priority"), Text(value, "weight"), Text(value, "port"), Text(value, "target")),
            _ => Scalar(value),
        });
    }

    private static IEnumerable<YamlNode> Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => document.RootNode);
    }

    private static string Text(YamlNode node, string key) => Scalar(node[key]);

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static IEnumerable<ReadRecord> Csv(string text)
    {
        using var csv = new CsvReader(new StringReader(text), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        while (csv.Read())
        {
            string[] cells = [.. new[] { "ZoneName", "Fqdn", "RecordType", "Ttl", "Value" }.Select(name => csv.GetField(name)!)];
            Assert.All(cells, cell => Assert.False(cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r', "A spreadsheet would run " + cell));
            string value = cells[4].StartsWith('\'') ? cells[4][1..] : cells[4];
            string data = cells[2] switch
            {
                "TXT" => value,
                "CNAME" or "NS" or "MX" or "PTR" or "SRV" => Data(cells[2], value.EndsWith('.') ? value : value + "."),
                _ => Data(cells[2], value),
            };
            yield return new ReadRecord(cells[1], cells[2], long.Parse(cells[3], CultureInfo.InvariantCulture), data);
        }
    }

    private static IEnumerable<ReadRecord> Terraform(string text, TerraformProvider provider)
    {
        List<(string[] Head, Dictionary<string, List<object>> Body)> blocks = HclReader.Read(text);
        string[] variables = [.. blocks.Where(block => block.Head[0] == "variable").Select(block => block.Head[1])];
        (string[] Head, Dictionary<string, List<object>> Body)[] resources = [.. blocks.Where(block => block.Head[0] == "resource")];
        Assert.Equal(blocks.Count, variables.Length + resources.Length);
        Assert.Equal(resources.Length, resources.Select(block => block.Head[2]).Distinct(StringComparer.Ordinal).Count());
        foreach ((string[] head, Dictionary<string, List<object>> body) in resources)
        {
            Assert.Contains(Assert.Single(body.Values.Select(values => values[0]).OfType<HclReference>()).Name, variables);
            foreach (ReadRecord record in TerraformReader.Read(head[1], body, provider))
                yield return record;
        }
    }

    private static string FromOctal(string text)
    {
        var result = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && char.IsAsciiDigit(text[i + 1]))
            {
                result.Append('\\').Append(Convert.ToInt32(text.Substring(i + 1, 3), 8).ToString("D3", CultureInfo.InvariantCulture));
                i += 3;
            }
            else
            {
                result.Append(text[i]);
                if (text[i] == '\\')
                    result.Append(text[++i]);
            }
        }

        return result.ToString();
    }

    private static List<string> Words(string line)
    {
        var words = new List<string>();
        for (int i = 0; i < line.Length; i++)
        {
            bool quoted = line[i] == '"';
            int start = quoted ? i + 1 : i;
            int end = line.IndexOf(quoted ? '"' : ' ', start);
            i = end < 0 ? line.Length : quoted ? end + 1 : end;
            words.Add(line[start..(end < 0 ? line.Length : end)]);
        }

        return words;
    }
}
