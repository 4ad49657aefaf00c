using System.Collections.Generic;
using System.IO;
using MailDns.Blocklists;
using MailDns.Core.Tests.Sending;
using MailDns.Json;
using MailDns.Text;

namespace MailDns.Core.Tests.Blocklists;

/// <summary>The shipped lists and a small one to break.</summary>
internal static class BlocklistFixture
{
    /// <summary>A list of every kind, with one place a line.</summary>
    public const string Sample = """
        {
          "blocklists": [
            {
              "id": "sample",
              "name": "Sample List",
              "zone": "bl.example.net",
              "kinds": ["ip4", "ip6", "domain"],
              "answers": [
                { "address": "127.0.0.2", "meaning": "sends spam" },
                { "address": "127.0.0.3", "meaning": "a network", "weight": "noted" },
                { "address": "127.0.1.255", "meaning": "not to be asked for addresses", "weight": "refused" }
              ],
              "delist": "https://example.net/remove",
              "documentation": "https://example.net/how",
              "checked": "2026-12-01",
              "default": true
            },
            {
              "id": "bits",
              "name": "Bits",
              "zone": "bits.example.net",
              "kinds": ["domain"],
              "answers": [
                { "bit": 1, "meaning": "it refuses the resolver", "weight": "refused" },
                { "bit": 2, "meaning": "black" },
                { "bit": 4, "meaning": "grey", "weight": "noted" }
              ],
              "testPoints": { "domain": { "listed": "test.example.net", "notListed": "invalid" } },
              "refusesPublicResolvers": true
            }
          ]
        }
        """;

    public static string Folder { get; } = Path.Combine(ProviderFixture.Folder, "..", "blocklists");

    public static BlocklistCatalog Shipped { get; } = new(Read(File.ReadAllText(Path.Combine(Folder, "blocklists.json")), "blocklists.json"));

    public static BlocklistCatalog Small { get; } = new(Read(Sample));

    public static IReadOnlyList<Blocklist> Read(string text, string file = "my.json") => BlocklistReader.Read(((IJsonTextReader)new NewtonsoftJsonReader()).Read(text, file), file);
}
