using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using MailDns.Core.Tests.Support;
using MailDns.Dns;

namespace MailDns.Core.Tests.Spf;

/// <summary>
/// The public RFC 7208 suite as JSON. It is not part of the sources: it is read from a folder shared/conformance beside
/// or above the checkout, or from the folder that MAILDNS_CONFORMANCE names.
/// </summary>
internal static class ConformanceSuite
{
    private const string FileName = "rfc7208-tests.json";
    private static readonly DnsRecordType[] s_types = { DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Mx, DnsRecordType.Txt, DnsRecordType.Ptr };

    public static string? FindFile()
    {
        string? folder = Environment.GetEnvironmentVariable("MAILDNS_CONFORMANCE");
        if (!string.IsNullOrEmpty(folder)) return ExistingFile(Path.Combine(folder, FileName));

        for (DirectoryInfo? place = new(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            string? file = ExistingFile(Path.Combine(place.FullName, "shared", "conformance", FileName));
            if (file is not null) return file;
        }

        return null;
    }

    public static IEnumerable<ConformanceCase> Load(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        var cases = new List<ConformanceCase>();
        foreach (JsonElement scenario in document.RootElement.EnumerateArray())
        {
            TableResolver zone = LoadZone(scenario.GetProperty("zone"));
            cases.AddRange(scenario.GetProperty("tests").EnumerateArray().Select(test => LoadCase(scenario, test, zone)));
        }

        return cases;
    }

    private static string? ExistingFile(string path) => File.Exists(path) ? path : null;

    private static ConformanceCase LoadCase(JsonElement scenario, JsonElement test, TableResolver zone) => new(
        scenario.GetProperty("description").GetString()!,
        test.GetProperty("name").GetString()!,
        test.GetProperty("host").GetString()!,
        test.GetProperty("mailfrom").GetString()!,
        test.GetProperty("helo").GetString()!,
        test.GetProperty("result").EnumerateArray().Select(result => result.GetString()!).ToArray(),
        test.GetProperty("explanation").GetString(),
        zone);

    private static TableResolver LoadZone(JsonElement zone)
    {
        var table = new TableResolver();
        foreach (JsonProperty owner in zone.EnumerateObject())
        {
            JsonElement[] records = owner.Value.EnumerateArray().ToArray();
            foreach (JsonElement record in records.Where(record => !record.TryGetProperty("fault", out _)))
                AddRecord(table, owner.Name, record);

            if (records.Any(IsTimeout))
            {
                string[] listed = records.Where(record => !record.TryGetProperty("fault", out _)).Select(record => record.GetProperty("type").GetString()!).ToArray();
                foreach (DnsRecordType type in s_types.Where(type => !listed.Contains(DnsRecordTypes.Mnemonic(type))))
                    table.Fail(owner.Name, type, DnsResponseStatus.Timeout);
            }
        }

        return table;
    }

    private static bool IsTimeout(JsonElement record) =>
        record.TryGetProperty("fault", out JsonElement fault) && fault.GetString() == "TIMEOUT";

    private static void AddRecord(TableResolver table, string owner, JsonElement record)
    {
        switch (record.GetProperty("type").GetString())
        {
            case "TXT":
                table.TxtStrings(owner, Strings(record));
                break;
            case "SPF":
                table.Add(owner, DnsRecordType.Spf, new TxtData(Strings(record)));
                break;
            case "A" or "AAAA":
                table.Address(owner, record.GetProperty("value").GetString()!);
                break;
            case "MX":
                table.Mx(owner, record.GetProperty("preference").GetUInt16(), record.GetProperty("exchange").GetString()!);
                break;
            case "PTR":
                table.Ptr(owner, record.GetProperty("value").GetString()!);
                break;
            case "CNAME":
                table.Cname(owner, record.GetProperty("value").GetString()!);
                break;
            case string other:
                throw new InvalidDataException("A record of type " + other + " is not known.");
        }
    }

    private static string[] Strings(JsonElement record)
    {
        string[] strings = record.GetProperty("strings").EnumerateArray().Select(part => part.GetString()!).ToArray();
        return strings.Length == 0 ? new[] { string.Empty } : strings;
    }
}
