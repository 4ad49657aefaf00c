using MailDns.Dns;
using MailDns.MailReports;
using Xunit;

namespace MailDns.Core.Tests.MailReports;

/// <summary>The rule by which a domain may enforce: a domain that may, and one change at a time that speaks against it.</summary>
public class ReadinessTests
{
    private static readonly DateTime s_end = new(2026, 7, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] s_receivers = ["google.com", "receiver.example", "mailbox.example"];

    public static TheoryData<string, Func<ReportModel, int, ReportModel?>, Func<string, string>, string, string> Changes => new()
    {
        { "nothing", Same, Same, "Ready", "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com" },
        { "a wave of spoofing", With(_ => new RowModel { Source = "203.0.113.9", Count = 100_000, Dkim = false, Spf = false, Signatures = [], SpfResult = null }), Same, "Ready", "p=quarantine" },
        { "a wave under made-up names", With(_ => new RowModel { Source = "203.0.113.9", HeaderFrom = "x.example.com", Count = 100_000, Dkim = false, Spf = false, Signatures = [], SpfResult = null }), Same, "Ready", "p=quarantine; rua" },
        { "forwarded mail", With(_ => new RowModel { Source = "203.0.113.9", Count = 50, Dkim = false, Spf = false, Signatures = [], SpfResult = ("lists.example.org", "pass"), Reason = "mailing_list" }), Same, "Ready", "p=quarantine" },
        { "temporary errors", With(_ => new RowModel { Count = 9, Dkim = false, Spf = false, Signatures = [("example.com", "s1", "temperror")], SpfResult = ("example.com", "temperror") }), Same, "Ready", "p=quarantine" },
        { "own mail that fails", With(_ => new RowModel { Count = 9, Dkim = false, Spf = false, Signatures = [], SpfResult = ("bounce.esp.example", "pass") }), Same, "NotYet OwnFailing", "" },
        { "as few as are forgiven", With(i => i == 0 ? new RowModel { Count = 1, Dkim = false, Spf = false, Signatures = [], SpfResult = null } : null), Same, "Ready", "p=quarantine" },
        { "a platform that does not align", With(_ => new RowModel { Source = "203.0.113.9", Count = 9, Dkim = false, Spf = false, Signatures = [("sendgrid.net", "x", "pass")], SpfResult = null }), Same, "NotYet ServiceUnaligned", "" },
        { "SPF alone", With(_ => new RowModel { Count = 30, Dkim = false, Signatures = [] }), Same, "NotYet DkimShare", "" },
        { "a new sender", With(i => i < 3 ? new RowModel { Source = "198.51.100.7", Count = 9 } : null), Same, "NotYet NewSource", "" },
        { "two receivers", (model, _) => model.Organization == "mailbox.example" ? null : model, Same, "NotEnoughEvidence", "" },
        { "no large receiver", (model, _) => model with { Organization = model.Organization.Replace("google.com", "other.example", StringComparison.Ordinal) }, Same, "NotEnoughEvidence", "" },
        { "ten days", (model, i) => i < 10 ? model : null, Same, "NotEnoughEvidence", "" },
        { "little mail", (model, i) => model with { Rows = [.. model.Rows.Select(static row => row with { Count = 1 })] }, Same, "NotEnoughEvidence", "" },
        { "no period", (model, i) => model with { End = model.Begin }, Same, "NotEnoughEvidence", "" },
        { "another domain", (model, i) => model with { Domain = "example.org", Rows = [.. model.Rows.Select(static row => row with { HeaderFrom = "example.org" })] }, Same, "NotEnoughEvidence", "" },
        { "the key is gone", Same, zone => zone.Replace("s1._domainkey", "s9._domainkey", StringComparison.Ordinal), "NotYet DkimKey", "" },
        { "SPF is broken", Same, zone => zone.Replace("include:_spf.example.net", "include:", StringComparison.Ordinal), "NotYet Spf", "" },
        { "no DMARC record", Same, zone => zone.Replace("_dmarc", "_other", StringComparison.Ordinal), "NotYet Dmarc", "" },
        { "two DMARC records", Same, zone => zone + "\n_dmarc IN TXT \"v=DMARC1; p=reject\"\n", "NotYet Dmarc", "" },
        { "other tags stay", Same, zone => zone.Replace("p=none;", "p=none; adkim=s; pct=50;", StringComparison.Ordinal), "Ready", "v=DMARC1; p=quarantine; adkim=s; rua=mailto:dmarc@example.com" },
        { "a subdomain that fails", With(_ => new RowModel { HeaderFrom = "news.example.com", Count = 9, Dkim = false, Spf = false, Signatures = [], SpfResult = null }), Same, "Ready", "p=quarantine; sp=none; np=quarantine" },
        { "a subdomain that passes", With(_ => new RowModel { HeaderFrom = "news.example.com", Count = 9 }), Same, "Ready", "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.com" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task One_change_at_a_time_decides(string what, Func<ReportModel, int, ReportModel?> change, Func<string, string> zone, string expected, string record)
    {
        DmarcReadiness readiness = await JudgeAsync(DmarcPolicy.Quarantine, change, zone(MeasureRun.Zone));
        string found = readiness.Verdict + string.Concat(readiness.Blockers.Select(static blocker => " " + blocker.Id).Distinct());
        Assert.True(found == expected || (expected.EndsWith(" Dmarc", StringComparison.Ordinal) && found.StartsWith(expected, StringComparison.Ordinal)), what + ": " + found + ": " + string.Join("; ", readiness.Blockers.Select(static blocker => blocker.Message).Concat(readiness.Evidence.Where(static evidence => !evidence.IsMet).Select(static evidence => evidence.ToString()))));
        Assert.Equal(record.Length > 0, readiness.Record.Length == 1);
        Assert.Contains(record, readiness.Record.Length == 0 ? string.Empty : readiness.Record[0].ToString()!, StringComparison.Ordinal);
        Assert.True(readiness.Verdict != DmarcReadinessVerdict.NotEnoughEvidence || readiness.Evidence.Any(static evidence => !evidence.IsMet));
    }

    [Fact]
    public async Task Reject_comes_after_quarantine_and_never_with_it()
    {
        DmarcReadiness early = await JudgeAsync(DmarcPolicy.Reject, Same, MeasureRun.Zone);
        Assert.Equal("NotYet Step ListUse", early.Verdict + string.Concat(early.Blockers.Select(static blocker => " " + blocker.Id)));
        Assert.Contains("p=quarantine", Assert.Single(early.Record).ToString(), StringComparison.Ordinal);

        string zone = MeasureRun.Zone.Replace("p=none", "p=quarantine", StringComparison.Ordinal);
        DmarcReadiness unseen = await JudgeAsync(DmarcPolicy.Reject, Same, zone, MailingListUse.Accepted);
        Assert.Equal((DmarcReadinessVerdict.NotEnoughEvidence, 0), (unseen.Verdict, unseen.Record.Length));

        DmarcReadiness silent = await JudgeAsync(DmarcPolicy.Reject, static (model, _) => model with { Policy = "quarantine" }, zone);
        Assert.Equal("NotYet ListUse", silent.Verdict + string.Concat(silent.Blockers.Select(static blocker => " " + blocker.Id)));

        DmarcReadiness ready = await JudgeAsync(DmarcPolicy.Reject, static (model, _) => model with { Policy = "quarantine" }, zone, MailingListUse.None);
        Assert.Equal(DmarcReadinessVerdict.Ready, ready.Verdict);
        Assert.Equal("v=DMARC1; p=reject; rua=mailto:dmarc@example.com", Assert.Single(ready.Record).ToString());
    }

    [Fact]
    public async Task A_failed_lookup_is_not_enough_to_go_on_and_no_blocker()
    {
        DmarcReadiness readiness = await JudgeAsync(DmarcPolicy.Quarantine, Same, zone: null);
        Assert.Equal(DmarcReadinessVerdict.NotEnoughEvidence, readiness.Verdict);
        Assert.Empty(readiness.Record);
    }

    private static ReportModel? Same(ReportModel model, int day) => model;

    private static string Same(string zone) => zone;

    // Days are counted back from the end: 0 is the last.
    private static Func<ReportModel, int, ReportModel?> With(Func<int, RowModel?> row) => (model, day) => row(day) is { } more ? model with { Rows = [.. model.Rows, more] } : model;

    private static async Task<DmarcReadiness> JudgeAsync(DmarcPolicy policy, Func<ReportModel, int, ReportModel?> change, string? zone, MailingListUse? listUse = null)
    {
        var coverage = new ReportCoverage();
        DmarcMeasure measure = MeasureRun.Create();
        for (int day = 0; day < 30; day++)
        {
            foreach (string receiver in s_receivers)
            {
                long begin = new DateTimeOffset(s_end.AddDays(-1 - day)).ToUnixTimeSeconds();
                var model = new ReportModel { Organization = receiver, ReportId = receiver + day, Begin = begin, End = begin + 86_399, Rows = [new RowModel { Count = 20 }] };
                if (change(model, day) is { } changed)
                {
                    DmarcReport report = ReportRun.Of(changed.Open()).Single;
                    if (report.Domain == "example.com" && report.HasUsablePeriod)
                        coverage.Add(await MeasureRun.AddAsync(measure, changed));
                }
            }
        }

        IReadOnlyList<DmarcSource> sources = await measure.FinishAsync(CancellationToken.None);
        var rule = new ReadinessRule { End = s_end, ListUse = listUse };
        IDnsResolver resolver = zone is null ? new ZoneFileResolver([]) : MeasureRun.Resolver(zone);
        return await ReadinessJudge.JudgeAsync(DomainName.Parse("example.com"), policy, sources, coverage, rule, resolver, CancellationToken.None);
    }
}
