using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Every sample of the suite, with every figure that it gives.</summary>
public class ReportSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_sample_gives_its_figures()
    {
        if (ReportSuite.Folder is not { } folder)
        {
            output.WriteLine("The suite is not beside this clone.");
            return;
        }

        var faults = new List<string>();
        int samples = 0;
        foreach (JsonProperty file in ReportSuite.Expected("expected.json").GetProperty("files").EnumerateObject())
        {
            samples++;
            Compare(file.Name, file.Value, ReportRun.OfFile(Path.Combine(folder, file.Name)), faults);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        Assert.True(samples > 70);
    }

    [Fact]
    public void Every_hostile_sample_ends_as_it_may()
    {
        if (ReportSuite.Folder is not { } folder)
        {
            output.WriteLine("The suite is not beside this clone.");
            return;
        }

        var faults = new List<string>();
        foreach (JsonProperty file in ReportSuite.Expected("hostile-expected.json").EnumerateObject())
        {
            ReportRun run = ReportRun.OfFile(Path.Combine(folder, "hostile", file.Name));
            string found = run.Outcome + " " + string.Join("; ", run.Errors.Select(error => error.Member + ": " + error.Message).Take(3));
            output.WriteLine(file.Name + ": " + found);
            if (!file.Value.GetProperty("outcome").EnumerateArray().Any(outcome => outcome.GetString() == run.Outcome))
                faults.Add(file.Name + ": " + found);

            Compare(file.Name, "rows", file.Value, run.Dmarc.Sum(report => (long)report.RowCount), faults);
            Compare(file.Name, "messages", file.Value, run.Dmarc.Sum(report => report.MessageCount), faults);
            Compare(file.Name, "dmarcPass", file.Value, run.Dmarc.Sum(report => report.PassedCount), faults);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static void Compare(string file, string name, JsonElement expected, long found, List<string> faults)
    {
        if (expected.TryGetProperty(name, out JsonElement value) && value.GetInt64() != found)
            faults.Add($"{file}: {name} {found}, not {value}");
    }

    private static void Compare(string file, JsonElement expected, ReportRun run, List<string> faults)
    {
        void Same(string what, object? wanted, object? found)
        {
            string one = Convert.ToString(wanted, CultureInfo.InvariantCulture) ?? string.Empty;
            string other = Convert.ToString(found, CultureInfo.InvariantCulture) ?? string.Empty;
            if (one != other) faults.Add($"{file}: {what}: \"{other}\", not \"{one}\"");
        }

        // A warning of the suite may be a note here; what counts is whether figures are whole.
        string outcome = expected.GetProperty("outcome").GetString()!;
        Same("complete", outcome != "partial", run.Outcome != "partial");
        JsonElement[] wanted = [.. expected.GetProperty("reports").EnumerateArray()];
        Same("reports", wanted.Length, run.Reports.Count);
        Same("rejected", expected.GetProperty("rejected").GetArrayLength() > 0, run.Errors.Count > 0);
        for (int i = 0; i < Math.Min(wanted.Length, run.Reports.Count); i++)
        {
            JsonElement report = wanted[i];
            switch (run.Reports[i])
            {
                case DmarcReport dmarc:
                    CompareAggregate(report, dmarc, Same);
                    break;
                case TlsReport tls:
                    CompareTls(report, tls, Same);
                    break;
                case DmarcFailureReport failure:
                    CompareFailure(report, failure, Same);
                    break;
            }
        }
    }

    private static void CompareAggregate(JsonElement wanted, DmarcReport found, Action<string, object?, object?> same)
    {
        same("type", wanted.GetProperty("type").GetString(), "aggregate");
        same("org", Text(wanted, "org"), found.Organization);
        same("email", Text(wanted, "email"), found.Email);
        same("reportId", Text(wanted, "reportId"), found.ReportId);
        same("domain", Text(wanted, "domain"), found.Domain);
        same("begin", Text(wanted, "begin"), Epoch(found.Begin));
        same("end", Text(wanted, "end"), Epoch(found.End));
        same("format", Text(wanted, "format"), found.Format.ToString().ToLowerInvariant());
        same("rows", Text(wanted, "rows"), found.RowCount);
        same("rowsSkipped", Text(wanted, "rowsSkipped"), found.SkippedRowCount);
        same("messages", Text(wanted, "messages"), found.MessageCount);
        same("dmarcPass", Text(wanted, "dmarcPass"), found.PassedCount);
        same("dmarcFail", Text(wanted, "dmarcFail"), found.MessageCount - found.PassedCount);
        same("dkimAligned", Text(wanted, "dkimAligned"), found.Rows.Where(row => row.DkimAligned).Sum(row => row.Count));
        same("spfAligned", Text(wanted, "spfAligned"), found.Rows.Where(row => row.SpfAligned).Sum(row => row.Count));
        same("disposition", Counts(wanted, "disposition"), Counts(found.Rows.GroupBy(row => row.Disposition, row => row.Count)));
        same("headerFrom", Counts(wanted, "headerFrom"), Counts(found.Rows.GroupBy(row => row.HeaderFrom, row => row.Count)));
        same("reasons", Counts(wanted, "reasons"), Counts(found.Rows.SelectMany(row => row.Reasons.Select(reason => (reason.Type, row.Count))).GroupBy(reason => reason.Type, reason => reason.Count)));
        JsonElement policy = wanted.GetProperty("policy");
        same("p", Text(policy, "p"), found.Policy?.ToString().ToLowerInvariant());
        same("sp", Text(policy, "sp"), found.SubdomainPolicy?.ToString().ToLowerInvariant());
        same("np", Text(policy, "np"), found.NonexistentSubdomainPolicy?.ToString().ToLowerInvariant());
        same("pct", Text(policy, "pct"), found.Percentage);
        same("fo", Text(policy, "fo"), found.FailureOptions);
        same("testing", Text(policy, "testing"), found.Testing switch { true => "y", false => "n", _ => null });
        same("discovery_method", Text(policy, "discovery_method"), found.DiscoveryMethod);
        same("warned", wanted.GetProperty("warnings").EnumerateArray().Any(code => code.GetString() is not "repaired"), found.Warnings.Length > 0 && wanted.GetProperty("warnings").EnumerateArray().Any(code => code.GetString() is not "repaired"));
    }

    private static void CompareTls(JsonElement wanted, TlsReport found, Action<string, object?, object?> same)
    {
        same("type", wanted.GetProperty("type").GetString(), "tls");
        same("org", Text(wanted, "org"), found.Organization);
        same("reportId", Text(wanted, "reportId"), found.ReportId);
        same("contact", Text(wanted, "contact"), found.ContactInfo);
        same("begin", Text(wanted, "begin").TrimEnd('Z'), found.Begin?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        same("end", Text(wanted, "end").TrimEnd('Z'), found.End?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        same("successful", Text(wanted, "successful"), found.SuccessfulSessions);
        same("failed", Text(wanted, "failed"), found.FailedSessions);
        JsonElement[] policies = [.. wanted.GetProperty("policies").EnumerateArray()];
        same("policies", policies.Length, found.Policies.Length);
        for (int i = 0; i < Math.Min(policies.Length, found.Policies.Length); i++)
        {
            same("policy type", Text(policies[i], "type"), found.Policies[i].PolicyType);
            same("policy domain", Text(policies[i], "domain"), found.Policies[i].PolicyDomain);
            same("policy successful", Text(policies[i], "successful"), found.Policies[i].SuccessfulSessions);
            same("policy failed", Text(policies[i], "failed"), found.Policies[i].FailedSessions);
            same(
                "details",
                string.Join(", ", policies[i].GetProperty("details").EnumerateArray().Select(detail => $"{Text(detail, "resultType")} {Text(detail, "mx")} {Text(detail, "count")}")),
                string.Join(", ", found.Policies[i].Failures.Select(failure => $"{failure.ResultType} {failure.ReceivingMxHostName} {failure.FailedSessions}")));
        }
    }

    private static void CompareFailure(JsonElement wanted, DmarcFailureReport found, Action<string, object?, object?> same)
    {
        same("type", wanted.GetProperty("type").GetString(), "failure");
        same("feedbackType", Text(wanted, "feedbackType"), found.FeedbackType);
        same("authFailure", string.Join(' ', wanted.GetProperty("authFailure").EnumerateArray()), string.Join(' ', found.AuthFailure));
        same("reportedDomain", Text(wanted, "reportedDomain"), found.Domain);
        same("sourceIp", Text(wanted, "sourceIp"), found.SourceIP);
        same("userAgent", Text(wanted, "userAgent"), found.UserAgent);
        same("arrivalDate", Text(wanted, "arrivalDate"), found.ArrivalDate);
        same("dkimDomain", Text(wanted, "dkimDomain"), found.DkimDomain);
        same("sample", Text(wanted, "sample"), found.Sample.ToLowerInvariant());
        same("sampleFromDomain", Text(wanted, "sampleFromDomain"), found.HeaderFrom);
        same("warnings", wanted.GetProperty("warnings").GetArrayLength(), found.Warnings.Length);
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? MailDns.Text.PrintableText.Escape(value.ToString()) : string.Empty;

    private static string Counts(JsonElement element, string name) =>
        string.Join(", ", element.GetProperty(name).EnumerateObject().Select(item => item.Name + " " + item.Value).Order(StringComparer.Ordinal));

    private static string Counts(IEnumerable<IGrouping<string, long>> groups) =>
        string.Join(", ", groups.Select(group => group.Key + " " + group.Sum()).Order(StringComparer.Ordinal));

    private static string Epoch(DateTime? time) => time is null ? string.Empty : new DateTimeOffset(time.Value).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
