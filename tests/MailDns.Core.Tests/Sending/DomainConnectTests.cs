using System.Text.Json;
using CsCheck;
using MailDns.Text;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class DomainConnectTests
{
    public static TheoryData<string> CaseIds => new((DomainConnectSuite.Open("expected.json")?.RootElement.GetProperty("cases").EnumerateArray().Select(item => item.GetProperty("id").GetString()!) ?? []).DefaultIfEmpty(string.Empty));

    [Theory]
    [MemberData(nameof(CaseIds))]
    public void A_public_template_gives_the_records_of_the_standard(string id)
    {
        if (id.Length == 0) return;

        JsonElement root = DomainConnectSuite.Open("expected.json")!.RootElement;
        JsonElement item = root.GetProperty("cases").EnumerateArray().Single(other => other.GetProperty("id").GetString() == id);
        DomainConnectTemplate template = DomainConnectSuite.ReadFile(Path.Combine(DomainConnectSuite.Folder!, "templates", item.GetProperty("template").GetString()!));
        KeyValuePair<string, string>[] values = item.GetProperty("values").EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.GetString()!)).ToArray();
        string[] groups = item.GetProperty("groups") is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray().Select(group => group.GetString()!).ToArray() : [];
        JsonElement expect = item.GetProperty("expect");
        string[] Render() => DomainConnectSuite.Render(template, item.GetProperty("domain").GetString()!, item.GetProperty("host").GetString()!, values, groups);
        if (expect.TryGetProperty("error", out JsonElement error) && error.GetString() != "unsupportedType")
        {
            Exception exception = Assert.ThrowsAny<Exception>(Render);
            string reason = error.GetString() switch
            {
                "missingVariable" => "missing %",
                "hostRequired" => "is for a name below a zone",
                "selfConflict" => "exclude each other",
                var other => throw new InvalidOperationException(other),
            };
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
            return;
        }

        string[] made = Render();
        if (expect.TryGetProperty("error", out _))
        {
            // What is no DNS record is left out and said.
            Assert.NotEmpty(DomainConnectProvider.Describe(template).LeftOut);
            return;
        }

        // The SPF record of the case is the merged one: that is the planner's work, and what was asked for is in it.
        JsonElement[] added = expect.GetProperty("added").EnumerateArray().Concat(expect.GetProperty("identical").EnumerateArray()).ToArray();
        HashSet<string> merged = expect.GetProperty("spf").EnumerateArray().Select(spf => spf.GetProperty("name").GetString()!)
            .Concat(expect.GetProperty("identical").EnumerateArray().Where(record => record.GetProperty("data").GetString()!.StartsWith("v=spf1", StringComparison.Ordinal)).Select(record => record.GetProperty("name").GetString()!)).ToHashSet();
        string[] plain = added.Where(record => !IsMerged(record)).Select(Line).Order().ToArray();
        Assert.Equal(plain, made.Where(line => !(merged.Contains(line.Split(' ')[0]) && line.Contains(" v=spf1", StringComparison.Ordinal))).Order());
        foreach (JsonElement spf in expect.GetProperty("spf").EnumerateArray())
        {
            string record = made.Single(line => line.StartsWith(spf.GetProperty("name").GetString() + " TXT ", StringComparison.Ordinal) && line.Contains(" v=spf1", StringComparison.Ordinal));
            string[] after = spf.GetProperty("after").GetString()!.Split(' ').Select(term => term.TrimStart('+')).ToArray();
            Assert.Subset(after.Append("~all").ToHashSet(), record.Split(' ').Skip(3).Select(term => term.TrimStart('+')).ToHashSet());
            Assert.All(spf.GetProperty("added").EnumerateArray(), term => Assert.Contains(term.GetString()!.TrimStart('+'), record.Split(' ').Select(word => word.TrimStart('+'))));
        }

        bool IsMerged(JsonElement record) => merged.Contains(record.GetProperty("name").GetString()!) && record.GetProperty("data").GetString()!.StartsWith("v=spf1", StringComparison.Ordinal);
    }

    private static string Line(JsonElement record) =>
        record.GetProperty("name").GetString() + " " + record.GetProperty("type").GetString() + " " + record.GetProperty("ttl").GetInt32() + " "
        + (record.TryGetProperty("priority", out JsonElement priority) ? priority.GetInt32() + " " : string.Empty)
        + (record.TryGetProperty("weight", out JsonElement weight) ? weight.GetInt32() + " " + record.GetProperty("port").GetInt32() + " " : string.Empty)
        + (record.GetProperty("type").GetString() == "TXT" ? record.GetProperty("data").GetString() : record.GetProperty("data").GetString()!.ToLowerInvariant());

    [Fact]
    public void The_reference_librarys_cases_of_rendering_come_out_alike()
    {
        if (DomainConnectSuite.Open("reference-tests.json") is not { } document) return;

        var wrong = new List<string>();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement test in document.RootElement.GetProperty("suites").EnumerateArray().SelectMany(suite => suite.GetProperty("tests").EnumerateArray()))
        {
            JsonElement input = test.GetProperty("input");
            string id = test.GetProperty("id").GetString()!;
            bool isRendering = input.TryGetProperty("template_records", out JsonElement records);
            string kind = isRendering ? Kind(id, test, records) : "a template of the library's own folder, its signature or its state";
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            if (!kind.StartsWith("run", StringComparison.Ordinal)) continue;

            // What the zone held is not made, and merging SPF is the planner's work.
            string domain = input.GetProperty("domain").GetString()!;
            string[] held = [.. Zone(input).Select(record => Expected(record, domain))];
            bool isMerged = held.Length > 0 && records.EnumerateArray().Any(record => record.GetProperty("type").GetString() == "SPFM");
            string outcome = Without(Outcome(input, records), held, isMerged);
            string wanted = test.GetProperty("expect").TryGetProperty("exception", out _)
                ? "refused"
                : Without(string.Join("\n", test.GetProperty("expect").GetProperty("records").EnumerateArray().Select(record => Expected(record, domain)).Order()), held, isMerged);
            if (wanted != outcome) wrong.Add(id + ": wanted\n" + wanted + "\ngot\n" + outcome);
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        string told = string.Join("\n", counts.Select(kind => kind.Value + " " + kind.Key));
        Assert.True(told == Kinds, told);
    }

    // Each case is run, or is of a kind that cannot be.
    private const string Kinds = """
        8 "foo" is not an SPF term
        38 SRV: service names and targets there are none of DNS (127.0.0.1, foo.com); cases of its own follow below
        1 a group that is not there is an error by the standard
        12 a template of the library's own folder, its signature or its state
        2 a type that this module does not make: !INVALID
        7 a type that this module does not make: APEXCNAME
        18 a type that this module does not make: CAA
        5 a type that this module does not make: REDIR301
        2 a type that this module does not make: REDIR302
        1 a type that this module does not make: TYPE256
        159 run
        37 run, what is added to a zone
        1 the zone's own name servers are never a template's
        """;

    // A record that is there is the same whatever its time to live.
    private static string Without(string lines, string[] held, bool isMerged) =>
        string.Join("\n", lines.Split('\n').ExceptBy(held.Select(Content), Content).Where(line => !isMerged || !line.Contains(" v=spf1", StringComparison.Ordinal)));

    private static string Content(string line) => string.Join(' ', line.Split(' ').Where((_, i) => i != 2));

    private static IEnumerable<JsonElement> Zone(JsonElement input) =>
        input.TryGetProperty("zone_records", out JsonElement zone) && zone.ValueKind == JsonValueKind.Array ? zone.EnumerateArray() : [];

    private static string Kind(string id, JsonElement test, JsonElement records)
    {
        string[] types = records.EnumerateArray().Select(record => record.TryGetProperty("type", out JsonElement type) ? type.GetString()!.ToUpperInvariant() : string.Empty).Distinct().ToArray();
        string[] others = types.Where(type => type is not ("A" or "AAAA" or "CNAME" or "MX" or "NS" or "TXT" or "SPFM")).ToArray();
        return others.Contains("SRV") ? "SRV: service names and targets there are none of DNS (127.0.0.1, foo.com); cases of its own follow below"
            : others.Length > 0 ? "a type that this module does not make: " + string.Join(" and ", others.Order())
            : id == "param_var_in_host_ns_empty_resolves_to_apex" ? "the zone's own name servers are never a template's"
            : records.EnumerateArray().Any(record => record.TryGetProperty("spfRules", out JsonElement rules) && rules.ToString() is "foo") && !test.GetProperty("expect").TryGetProperty("exception", out _) ? "\"foo\" is not an SPF term"
            : id == "group_apply_none_matching" ? "a group that is not there is an error by the standard"
            : Zone(test.GetProperty("input")).Any() ? "run, what is added to a zone" : "run";
    }

    private static string Outcome(JsonElement input, JsonElement records)
    {
        try
        {
            KeyValuePair<string, string>[] values = input.TryGetProperty("params", out JsonElement given) && given.ValueKind == JsonValueKind.Object
                ? given.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.ToString())).ToArray()
                : [];
            string[] groups = input.TryGetProperty("group_ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array ? ids.EnumerateArray().Select(item => item.GetString()!).ToArray() : [];
            string host = input.TryGetProperty("host", out JsonElement element) && element.GetString() is { } name && name != "@" ? name : string.Empty;
            return string.Join("\n", DomainConnectSuite.Render(DomainConnectSuite.Of(records.GetRawText()), input.GetProperty("domain").GetString()!, host, values, groups).Order());
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return "refused";
        }
    }

    private static string Expected(JsonElement record, string domain)
    {
        string name = record.GetProperty("name").GetString()!;
        string type = record.GetProperty("type").GetString()!.ToUpperInvariant();
        string data = record.GetProperty("data").GetString()!;
        return (name == "@" ? domain : name + "." + domain).ToLowerInvariant() + " " + type + " " + record.GetProperty("ttl").ToString().Replace("6000", "3600", StringComparison.Ordinal) + " "
            + (type == "MX" ? record.GetProperty("priority") + " " : string.Empty)
            + (type is "TXT" or "A" or "AAAA" ? data.Trim('"') : data.TrimEnd('.').ToLowerInvariant());
    }

    [Fact]
    public void Every_public_template_is_read_and_listed()
    {
        foreach (string file in DomainConnectSuite.Templates)
        {
            SendingProvider provider = DomainConnectProvider.Describe(DomainConnectSuite.ReadFile(file));
            Assert.Equal(SendingProviderKind.Template, provider.Kind);
            Assert.True(provider.Records.Length + provider.LeftOut.Length > 0);
            Assert.All(provider.Parameters, parameter => Assert.NotEmpty(parameter.Place));
        }
    }

    [Theory]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"a%b\",\"ttl\":60}]", "records[0].data", "has no partner")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"%{i}%\",\"ttl\":60}]", "records[0].data", "is not a variable")]
    [InlineData("[{\"type\":\"MX\",\"host\":\"@\",\"pointsTo\":\"a.example\",\"priority\":70000,\"ttl\":60}]", "records[0].priority", "0 to 65535")]
    [InlineData("[{\"type\":\"MX\",\"host\":\"@\",\"pointsTo\":\"a.example\",\"priority\":\"1%x%\",\"ttl\":60}]", "records[0].priority", "one variable")]
    [InlineData("[{\"type\":\"MX\",\"host\":\"@\",\"pointsTo\":\"a.example\",\"ttl\":60}]", "records[0].priority", "is missing")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"x\"}]", "records[0].ttl", "is missing")]
    [InlineData("[{\"type\":\"TXT\",\"host\":5,\"data\":\"x\",\"ttl\":1}]", "records[0].host", "expected a string")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"x\",\"ttl\":1,\"txtConflictMatchingMode\":\"Some\"}]", "records[0].txtConflictMatchingMode", "None, All or Prefix")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"x\",\"ttl\":1,\"txtConflictMatchingMode\":\"Prefix\"}]", "records[0].txtConflictMatchingPrefix", "is missing")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"x\",\"ttl\":1,\"groupId\":\"a%b%\"}]", "records[0].groupId", "not the name of a group")]
    [InlineData("[{\"type\":\"CNAME\",\"host\":\"a\",\"pointsTo\":\"\",\"ttl\":1}]", "records[0].pointsTo", "is empty")]
    [InlineData("[{\"type\":\"TXT\",\"host\":\"@\",\"data\":\"x\",\"ttl\":1,\"crit\":[\"new\"],\"new\":1}]", "records[0].crit[0]", "not known here")]
    [InlineData("[7]", "records[0]", "expected an object")]
    [InlineData("{}", "records", "expected an array")]
    public void A_wrong_template_is_refused_where_it_is_wrong(string records, string path, string problem)
    {
        JsonTextException exception = Assert.Throws<JsonTextException>(() => DomainConnectSuite.Of(records));
        Assert.Equal((path, "t.json", 1), (exception.Path, exception.FileName, exception.Line));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"templateSpecVersion\":2,", "templateSpecVersion")]
    [InlineData("\"version\":0,", "version")]
    [InlineData("\"hostRequired\":\"true\",", "hostRequired")]
    [InlineData("\"crit\":[],", "crit")]
    public void A_wrong_head_is_refused(string more, string path) =>
        Assert.Equal(path, Assert.Throws<JsonTextException>(() => DomainConnectSuite.Of("[]", more)).Path);

    [Theory]
    [InlineData("\"templateSpecVersion\":1,\"version\":3,\"vnd.example\":{\"a\":[1]},\"new\":1,")]
    [InlineData("\"crit\":[\"new\"],")]
    [InlineData("\"syncBlock\":true,\"multiInstance\":true,\"description\":\"Domänen\",\"syncPubKeyDomain\":\"a\",\"syncPubKeyDomain\":\"b\",")]
    public void What_the_standard_leaves_open_is_read(string more) => Assert.Empty(DomainConnectSuite.Of("[]", more).Records);

    [Theory]
    [InlineData("CNAME", "@", "a.example", "", "cannot be at")]
    [InlineData("NS", "@", "a.example", "", "name servers of")]
    [InlineData("NS", "@", "a.example", "www", null)]
    [InlineData("NS", "%domain%.", "a.example", "www", "name servers of")]
    [InlineData("A", "x.example.net.", "192.0.2.1", "", "outside the zone")]
    [InlineData("A", "%n%", "192.0.2.1", "", "outside the zone")]
    [InlineData("A", "a", "192.0.2.300", "", "not an IPv4 address")]
    [InlineData("AAAA", "a", "192.0.2.3", "", "not an IPv6 address")]
    [InlineData("CNAME", "a", "x..example", "", "not a valid domain name")]
    public void A_record_that_cannot_be_made_is_refused(string type, string host, string target, string name, string? problem)
    {
        DomainConnectTemplate template = DomainConnectSuite.Of("[{\"type\":\"" + type + "\",\"host\":\"" + host + "\",\"pointsTo\":\"" + target + "\",\"ttl\":60}]");
        string[] Render() => DomainConnectSuite.Render(template, "contoso.com", name, [KeyValuePair.Create("n", "evil.example.")]);
        if (problem is null)
            Assert.Single(Render());
        else
            Assert.Contains(problem, Assert.ThrowsAny<Exception>(Render).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include:a.example v=spf1 -all", "v=spf1 include:a.example ~all")]
    [InlineData("v=spf1 include:a.example ip4:192.0.2.0/24 ~all", "v=spf1 include:a.example ip4:192.0.2.0/24 ~all")]
    [InlineData("include:a.example +all", null)]
    [InlineData("all", null)]
    [InlineData("-all", null)]
    [InlineData("nonsense", null)]
    public void A_whole_SPF_text_in_a_value_is_read_as_such(string value, string? expected)
    {
        DomainConnectTemplate template = DomainConnectSuite.Of("[{\"type\":\"SPFM\",\"host\":\"@\",\"spfRules\":\"%rules%\"}]");
        string[] Render() => DomainConnectSuite.Render(template, "contoso.com", string.Empty, [KeyValuePair.Create("rules", value)]);
        if (expected is null)
            Assert.Contains("%rules%", Assert.Throws<SendingProviderValueException>(Render).Message, StringComparison.Ordinal);
        else
            Assert.Equal(["contoso.com TXT 3600 " + expected], Render());
    }

    [Fact]
    public void Several_rules_of_one_owner_are_one_record()
    {
        DomainConnectTemplate template = DomainConnectSuite.Of(
            "[{\"type\":\"SPFM\",\"host\":\"@\",\"spfRules\":\"mx include:a.example\"},{\"type\":\"SPFM\",\"host\":\"\",\"spfRules\":\"+mx include:a.example.br\",\"ttl\":9}]");
        Assert.Equal(["contoso.com TXT 3600 v=spf1 mx include:a.example include:a.example.br ~all"], DomainConnectSuite.Render(template, "contoso.com", string.Empty, []));
    }

    [Theory]
    [InlineData("_sip", "_tls", "@", "sip.example.net", "contoso.com", "_sip._tls.contoso.com SRV 60 10 5 443 sip.example.net")]
    [InlineData("sip", "tls", "", "sip.example.net.", "contoso.com", "_sip._tls.contoso.com SRV 60 10 5 443 sip.example.net")]
    [InlineData("_autodiscover", "_tcp", "mail", "auto.example.net", "contoso.com", "_autodiscover._tcp.mail.contoso.com SRV 60 10 5 443 auto.example.net")]
    [InlineData("_sip", "_tcp", "a.", "sip.example.net", "contoso.com", null)]
    [InlineData("_sip", "_tcp", "@", "x..example", "contoso.com", null)]
    [InlineData("_sip", "_tcp", "@", "", "contoso.com", null)]
    public void A_service_record_of_a_template_is_made(string service, string protocol, string name, string target, string domain, string? expected)
    {
        string[] Render() => DomainConnectSuite.Render(DomainConnectSuite.Of("[{\"type\":\"SRV\",\"name\":\"" + name + "\",\"target\":\"" + target + "\",\"service\":\"" + service + "\",\"protocol\":\"" + protocol + "\",\"priority\":10,\"weight\":\"5\",\"port\":443,\"ttl\":60}]"), domain, string.Empty, []);
        if (expected is null)
            Assert.ThrowsAny<FormatException>(Render);
        else
            Assert.Equal([expected], Render());
    }

    private static readonly string[] s_words =
    [
        "TXT", "CNAME", "MX", "NS", "SRV", "SPFM", "A", "@", "%a%", "%domain%", "%%", "%", "s._domainkey", "v=spf1 -all", "v=DKIM1; p=%k%", "include:%a%", "..", "\u0000", "192.0.2.1", "_dmarc",
    ];

    private static readonly string[] s_names = ["type", "host", "pointsTo", "data", "ttl", "priority", "spfRules", "groupId", "essential", "txtConflictMatchingMode", "name", "target", "crit", "service"];

    private static readonly Gen<string> s_word = Gen.Int[0, 19].Select(index => s_words[index]);
    private static readonly Gen<string> s_value = Gen.OneOf(
        s_word.Select(word => JsonSerializer.Serialize(word)),
        Gen.Int[-1, 70_000].Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Int[0, 3].Select(index => new[] { "null", "true", "[]", "{}" }[index]));

    private static readonly Gen<string> s_record =
        from names in Gen.Int[0, 13].Select(index => s_names[index]).Array[1, 8]
        from values in s_value.Array[8]
        select "{" + string.Join(",", names.Select((name, i) => "\"" + name + "\":" + values[i])) + "}";

    // Whatever stands in the file, the outcome is records or one refusal that says where.
    [Fact]
    public void Any_template_is_made_or_refused()
    {
        Gen.Select(s_record.Array[0, 6], s_value).Sample(static (records, value) =>
        {
            try
            {
                DomainConnectTemplate template = DomainConnectSuite.Of("[" + string.Join(",", records) + "]");
                _ = DomainConnectProvider.Describe(template);
                KeyValuePair<string, string>[] values = [KeyValuePair.Create("a", value), KeyValuePair.Create("k", value)];
                Assert.All(DomainConnectSuite.Render(template, "contoso.com", "mail", values), static line => Assert.Matches("^[\\x20-\\x7E]+$", line));
            }
            catch (Exception exception) when (exception is JsonTextException or SendingProviderValueException)
            {
                Assert.InRange(exception.Message.Length, 1, 2000);
            }
        }, iter: 20_000);
    }

    [Fact]
    public void A_file_of_a_megabyte_of_names_is_refused_and_not_kept_in_memory()
    {
        string text = "{\"" + new string('k', 400_000) + "\":[" + string.Join(",", Enumerable.Repeat("1", 300_000)) + "]}";
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonTextException exception = Assert.Throws<JsonTextException>(() => ProviderFixture.Read(text));
        Assert.True(exception.Message.Length < 500);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300_000_000);
    }

    [Fact]
    public void Too_many_records_are_refused() =>
        Assert.Contains("more than 1000", Assert.Throws<JsonTextException>(() => DomainConnectSuite.Of("[" + string.Join(",", Enumerable.Repeat("{}", 100_000)) + "]")).Message, StringComparison.Ordinal);
}
