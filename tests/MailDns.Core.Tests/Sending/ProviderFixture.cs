using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MailDns.Json;
using MailDns.Text;

namespace MailDns.Core.Tests.Sending;

/// <summary>The shipped profiles and a small one to break.</summary>
internal static class ProviderFixture
{
    /// <summary>A profile of every shape, with one place a line.</summary>
    public const string Sample = """
        {
          "id": "sample",
          "name": "Sample Sender",
          "aliases": ["smp"],
          "kind": "esp",
          "returnPath": "bounce",
          "confidence": "high",
          "sources": [ { "id": "page", "title": "The page", "url": "https://example.net/", "firstParty": true } ],
          "parameters": {
            "publicKey": { "description": "The key.", "example": "MIIB", "pattern": "[A-Za-z0-9+/]+={0,2}", "samples": ["MIGf"] },
            "region": { "description": "The region.", "example": "eu", "default": "us" },
            "token": { "description": "The token.", "example": "abc" },
            "server": { "description": "The name server.", "example": "ns1.example.net" }
          },
          "records": [
            { "role": "spf", "host": "{domain}", "type": "TXT", "include": ["spf.example.net"], "all": "softfail", "source": "page" },
            { "role": "dkim", "host": "{selector}._domainkey.{domain}", "type": "TXT", "selector": "s1", "value": "v=DKIM1; k=rsa; p={publicKey}", "source": "page" },
            { "role": "bounce", "host": "bounce.{domain}", "type": "CNAME", "target": "{domainDashed}.{region}.example.net", "delegates": ["spf", "mx"], "source": "page" },
            { "role": "bounce", "host": "mail.{domain}", "type": "MX", "preference": 10, "target": "mx.{region}.example.net", "exclusive": true, "required": false, "source": "page" },
            { "role": "verification", "host": "{domain}", "type": "TXT", "value": "sample-code={token}", "required": false, "source": "page" },
            { "role": "delegation", "host": "send.{domain}", "type": "NS", "target": "{server}", "required": false, "source": "page" },
            { "role": "senderId", "host": "{domain}", "type": "TXT", "value": "spf2.0/pra include:spf.example.net -all", "legacy": true, "source": "page" }
          ],
          "obsolete": [ { "role": "spf", "value": "old.example.net", "replacement": "spf.example.net", "source": "page" } ],
          "unknowns": ["What else."]
        }
        """;

    private static readonly IJsonTextReader s_reader = new NewtonsoftJsonReader();

    /// <summary>The folder module/providers of the repository.</summary>
    public static string Folder { get; } = FindFolder();

    public static string[] Files { get; } =
        Directory.GetFiles(Folder, "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal) && !file.EndsWith("recognition.json", StringComparison.Ordinal)).OrderBy(file => file, StringComparer.Ordinal).ToArray();

    public static SendingProvider Shipped(string id) => Read(File.ReadAllText(Path.Combine(Folder, id + ".json")), id + ".json");

    /// <summary>The shipped profiles with the platforms that are only recognised.</summary>
    public static SendingProviderCatalog Catalog { get; } = new(
        Files.Select(file => Read(File.ReadAllText(file), file)),
        SendingProviderReader.ReadRecognised(s_reader.Read(File.ReadAllText(Path.Combine(Folder, "recognition.json")), "recognition.json"), "recognition.json"));

    /// <summary>The id of a platform by its name.</summary>
    public static string IdOf(string name) => Catalog.All.Concat(Catalog.Recognised).First(provider => provider.Name == name).Id;

    public static SendingProvider Read(string text, string file = "my.json") => SendingProviderReader.Read(s_reader.Read(text, file), file);

    public static SendingProviderValues Values(string domain = "example.com", params (string Name, string Value)[] values) =>
        new(MailDns.Dns.DomainName.Parse(domain), values.Select(value => new KeyValuePair<string, string>(value.Name, value.Value)));

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "module", "providers");
            if (Directory.Exists(candidate)) return candidate;
        }

        throw new DirectoryNotFoundException("module/providers");
    }
}
