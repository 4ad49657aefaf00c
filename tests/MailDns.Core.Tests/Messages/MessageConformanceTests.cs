using System.Net;
using System.Text.Json;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Messages;

/// <summary>Messages with their zone and what they give, read where they are: beside or above the checkout, as the SPF suite.</summary>
public class MessageConformanceTests
{
    private static readonly Lazy<JsonDocument?> s_expected = new(() => Read("expected.json"));
    private static readonly Lazy<TableResolver> s_zone = new(ReadZone);

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (JsonProperty file in s_expected.Value?.RootElement.GetProperty("files").EnumerateObject() ?? default)
                names.Add(file.Name);
            return names;
        }
    }

    [MessageSuiteTheory]
    [MemberData(nameof(Names))]
    public async Task A_message_gives_what_is_expected(string name)
    {
        JsonElement expected = s_expected.Value!.RootElement.GetProperty("files").GetProperty(name);
        MailMessageResult result = await MessageCase.ProveAsync(await File.ReadAllBytesAsync(Path.Combine(MessageSuite.Folder!, name)), s_zone.Value, request => request with
        {
            IPAddress = Text(expected, "ip") is { } ip ? IPAddress.Parse(ip) : null,
            Sender = Text(expected, "mailFrom"),
            Helo = Text(expected, "helo"),
        });

        JsonElement[] signatures = [.. expected.GetProperty("dkim").EnumerateArray()];
        Assert.Equal(signatures.Select(signature => Text(signature, "result")), result.Dkim.Select(signature => Word(signature.Result)));
        Assert.Equal(signatures.Select(signature => Text(signature, "s")).Order(), result.Dkim.Select(signature => (string?)signature.Selector).Order());
        foreach (JsonElement wanted in signatures)
        {
            // The suite lists two of one domain in another order than they stand.
            DkimSignatureResult found = result.Dkim.First(signature => signature.Selector == Text(wanted, "s"));
            // Of a duplicated d= there is no one domain.
            if (found.Domain.Length > 0)
                Assert.Equal(Text(wanted, "d"), found.Domain);
            if (Text(wanted, "i") is { } identity)
                Assert.Equal(identity, found.Identity);
            if (Text(wanted, "c") is { } canonicalization)
                Assert.Equal(canonicalization, found.Canonicalization);
            if (wanted.TryGetProperty("bits", out JsonElement bits))
                Assert.Equal(bits.GetInt32(), found.KeySize);
            if (wanted.TryGetProperty("unsignedBytes", out JsonElement unsigned))
                Assert.Equal(unsigned.GetInt64(), found.UnsignedLength);
            if (wanted.TryGetProperty("aligned", out JsonElement aligned))
                Assert.Equal(aligned.GetBoolean(), found.Aligned);
        }

        if (expected.TryGetProperty("spf", out JsonElement spf))
        {
            Assert.Equal(Text(spf, "result"), result.Spf!.Result.ToString().ToLowerInvariant());
            Assert.Equal(Text(spf, "domain"), result.Spf.Domain);
            Assert.Equal(spf.GetProperty("aligned").GetBoolean(), result.SpfAligned);
        }

        if (expected.TryGetProperty("dmarc", out JsonElement dmarc))
        {
            Assert.Equal(Text(dmarc, "result"), Word(result.DmarcResult));
            if (Text(dmarc, "policy") is { } policy)
                Assert.Equal(policy, result.Policy!.Value.ToString().ToLowerInvariant());
        }

        if (expected.TryGetProperty("arc", out JsonElement arc))
        {
            Assert.Equal(Text(arc, "result"), Word(result.Arc.Result));
            Assert.Equal(arc.GetProperty("sets").GetInt32(), result.Arc.Sets.Length);
        }
    }

    private static string Word(AuthenticationResultCode code) => code.ToString().ToLowerInvariant();

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static JsonDocument? Read(string name) => MessageSuite.Folder is { } folder ? JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, name))) : null;

    private static TableResolver ReadZone()
    {
        var table = new TableResolver();
        foreach (JsonProperty owner in Read("zone.json")!.RootElement.GetProperty("zone").EnumerateObject())
        {
            foreach (JsonElement record in owner.Value.EnumerateArray())
            {
                if (record.TryGetProperty("fault", out _))
                    table.Fail(owner.Name, DnsRecordType.Txt, DnsResponseStatus.ServerFailure);
                else
                    table.TxtStrings(owner.Name, [.. record.GetProperty("strings").EnumerateArray().Select(part => part.GetString()!)]);
            }
        }

        return table;
    }
}

/// <summary>The folder of the suite; null where it is not.</summary>
internal static class MessageSuite
{
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable("MAILDNS_CONFORMANCE");
        if (!string.IsNullOrEmpty(named))
            return Existing(Path.Combine(named, "messages"));
        for (DirectoryInfo? place = new(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (Existing(Path.Combine(place.FullName, "shared", "conformance", "messages")) is { } folder)
                return folder;
        }

        return null;
    }

    private static string? Existing(string path) => Directory.Exists(path) ? path : null;
}

/// <summary>A theory over the suite, skipped where that is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MessageSuiteTheoryAttribute : TheoryAttribute
{
    public MessageSuiteTheoryAttribute()
    {
        if (MessageSuite.Folder is null)
            Skip = "The messages of the conformance suite are not here.";
    }
}
