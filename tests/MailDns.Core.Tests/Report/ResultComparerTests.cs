using CsCheck;
using MailDns.Report;
using Xunit;

namespace MailDns.Core.Tests.Report;

/// <summary>What is new, fixed or changed between two runs; a repair is one only where somebody has looked again.</summary>
public sealed class ResultComparerTests
{
    private static readonly string[] s_ids = ["SPF-ALL-MISSING", "DMARC-MISSING", "DKIM-KEYLENGTH"];
    private static readonly CheckStatus[] s_statuses = [CheckStatus.Pass, CheckStatus.Info, CheckStatus.Fail, CheckStatus.Warning, CheckStatus.NotApplicable];

    [Theory]

    // before, after, what came of it; "-": the run has no result of the check
    [InlineData("-", "Fail", "New")]
    [InlineData("Pass", "Fail", "New")]
    [InlineData("Pass", "Warning", "New")]
    [InlineData("Info", "Fail", "New")]
    [InlineData("NotApplicable", "Warning", "New")]
    [InlineData("Fail", "Pass", "Fixed")]
    [InlineData("Warning", "Pass", "Fixed")]
    [InlineData("Warning", "Info", "Fixed")]
    [InlineData("Fail", "Fail", "")]
    [InlineData("Pass", "Pass", "")]
    [InlineData("Pass", "-", "")]
    [InlineData("Unknown", "Unknown", "")]
    [InlineData("Fail", "Warning", "Changed")]
    [InlineData("Warning", "Fail", "Changed")]

    // never a repair: the lookup failed, the check was left out, there is nothing to look at
    [InlineData("Fail", "Unknown", "Changed")]
    [InlineData("Fail", "-", "Changed")]
    [InlineData("Fail", "NotApplicable", "Changed")]
    [InlineData("Unknown", "Pass", "Changed")]
    [InlineData("Pass", "Unknown", "Changed")]
    [InlineData("-", "Unknown", "Changed")]
    [InlineData("Unknown", "Fail", "Changed")]
    public void A_change_is_told_by_both_runs(string before, string after, string expected)
    {
        IReadOnlyList<SendingDomainChange> changes = ResultComparer.Compare(Run(before), Run(after));

        Assert.Equal(expected, string.Join(",", changes.Select(change => change.Change)));
        Assert.All(changes, change => Assert.Equal("contoso.com SPF-ALL-MISSING", change.Domain + " " + change.Id));
        Assert.All(changes, change => Assert.Equal(before == "-" ? string.Empty : "It is " + before, change.Before));
    }

    [Fact]
    public void Findings_of_one_check_are_told_apart_by_what_they_say()
    {
        ReportCheck[] before = [Check("Fail", "s1 is short"), Check("Fail", "s2 is short")];
        ReportCheck[] after = [Check("Fail", "s2 is short"), Check("Fail", "s3 is short")];
        SendingDomainChange changed = Assert.Single(ResultComparer.Compare(before, after));
        Assert.Equal("Changed s1 is short > s3 is short", $"{changed.Change} {changed.Before} > {changed.After}");

        // one of two is mended: the check still has something to say of the other
        Assert.Equal("Fixed contoso.com SPF-ALL-MISSING: s1 is short", Assert.Single(ResultComparer.Compare(before, [after[0]])).ToString());
    }

    [Fact]
    public void A_failed_lookup_that_stands_for_many_checks_is_one_change_and_never_a_repair()
    {
        var failed = new ReportCheck { Domain = "contoso.com", Id = "DMARC-MISSING", Status = CheckStatus.Unknown, Message = "SERVFAIL", NotJudged = [.. new[] { "DMARC-MISSING", "SPF-ALL-MISSING", "DMARC-P-NONE" }.Select(id => new ReportCheck { Id = id })] };
        Assert.Equal(
            "Changed DMARC-MISSING Unknown, Changed SPF-ALL-MISSING Unknown",
            string.Join(", ", ResultComparer.Compare(Run("Fail"), [failed]).Select(change => $"{change.Change} {change.Id} {change.AfterStatus}").Order(StringComparer.Ordinal)));
        Assert.Empty(ResultComparer.Compare([failed], [failed]));
    }

    [Fact]
    public void Days_that_run_down_are_no_change_but_another_certificate_is()
    {
        Assert.Empty(ResultComparer.Compare([Check("Warning", "The certificate A expires in 12 days.")], [Check("Warning", "The certificate A expires in 11 days.")]));
        Assert.Single(ResultComparer.Compare([Check("Warning", "The certificate A expires in 12 days.")], [Check("Warning", "The certificate B expires in 11 days.")]));
    }

    [Fact]
    public void Another_record_that_passes_too_is_a_change()
    {
        SendingDomainChange change = Assert.Single(ResultComparer.Compare([Check("Pass", "ok", "v=spf1 -all")], [Check("Pass", "ok", "v=spf1 mx -all")]));
        Assert.Equal("Changed v=spf1 -all > v=spf1 mx -all", $"{change.Change} {change.RecordBefore} > {change.RecordAfter}");
        Assert.Empty(ResultComparer.Compare([Check("Pass", "ok", "v=spf1 -all")], [Check("Pass", "ok", "v=spf1 -all")]));
    }

    // Days left in both runs; a deadline is told once a stage, and never twice beside a finding.
    [Theory]
    [InlineData(45, 31, "")]
    [InlineData(31, 30, "Due")]
    [InlineData(null, 20, "Due")]
    [InlineData(30, 8, "")]
    [InlineData(8, 7, "Due")]
    [InlineData(7, 1, "Due")]
    [InlineData(1, 0, "")]
    [InlineData(0, -1, "Due")]
    [InlineData(-1, -300, "")]
    [InlineData(5, 365, "")]
    public void A_deadline_is_due_when_it_has_come_near(int? before, int after, string expected)
    {
        foreach (CheckStatus status in new[] { CheckStatus.Pass, CheckStatus.Info, CheckStatus.Warning })
        {
            IReadOnlyList<SendingDomainChange> changes = ResultComparer.Compare([Ends(before, status)], [Ends(after, status)]);
            Assert.Equal(expected, string.Join(",", changes.Select(change => change.Change)));
            Assert.All(changes, change => Assert.Equal(after, change.DaysLeft));
        }

        // a failed lookup tells no deadline, and a new finding needs no second line
        Assert.DoesNotContain(ResultComparer.Compare([Ends(before, CheckStatus.Pass)], [Ends(null, CheckStatus.Unknown)]), change => change.Change == SendingDomainChangeKind.Due);
        Assert.Equal(["New"], ResultComparer.Compare([Ends(before, CheckStatus.Pass)], [Ends(after, CheckStatus.Warning)]).Select(change => change.Change.ToString()));
    }

    // The records that passing checks looked at; "-": there is none, which the check notes. What came of it, with both.
    [Theory]
    [InlineData("a", "a", "")]
    [InlineData("a|b", "b|a", "")]
    [InlineData("a", "b", "a>b")]
    [InlineData("a|b", "c|b", "a>c")]
    [InlineData("a", "a|b", ">b")]
    [InlineData("a|b", "a", "b>")]
    [InlineData("a", "-", "a>")]
    [InlineData("-", "a", ">a")]
    [InlineData("old version", "a", "")]
    [InlineData("a", "", "")]
    public void Records_that_pass_are_compared(string before, string after, string expected)
    {
        static ReportCheck[] Passing(string records) => records.Length == 0 ? [] : [.. records.Split('|').Select(record =>
            record == "old version" ? Check("Pass", "ok") : record == "-" ? Check("Info", "none") : Check("Pass", "ok", record))];
        IReadOnlyList<SendingDomainChange> changes = ResultComparer.Compare(Passing(before), Passing(after));
        Assert.Equal(expected, string.Join(",", changes.Select(change => change.RecordBefore + ">" + change.RecordAfter)));
        Assert.All(changes, change => Assert.Equal(SendingDomainChangeKind.Changed, change.Change));
    }

    [Theory]
    [InlineData("id=1", "mode: testing", "id=1", "mode: enforce", "Due MTASTS-POLICY-SYNTAX")]
    [InlineData("id=1", "mode: testing", "id=2", "mode: enforce", "Changed MTASTS-MISSING,Changed MTASTS-POLICY-SYNTAX")]
    [InlineData("id=1", "mode: testing", "id=2", "mode: testing", "Changed MTASTS-MISSING")]
    [InlineData("id=1", "mode: testing", "id=1", "mode: testing", "")]
    public void A_policy_that_changed_under_the_same_id_is_due(string oldRecord, string oldPolicy, string newRecord, string newPolicy, string expected)
    {
        static ReportCheck[] Run(string record, string policy) => [Named("MTASTS-MISSING", record), Named("MTASTS-POLICY-SYNTAX", policy)];
        static ReportCheck Named(string id, string actual) => new() { Domain = "contoso.com", Id = id, Status = CheckStatus.Pass, Message = "ok", Actual = actual };
        IReadOnlyList<SendingDomainChange> changes = ResultComparer.Compare(Run(oldRecord, oldPolicy), Run(newRecord, newPolicy));
        Assert.Equal(expected, string.Join(",", changes.Select(change => change.Change + " " + change.Id)));
        Assert.All(changes, change => Assert.Equal(change.Change == SendingDomainChangeKind.Due, change.Recommendation.Contains("Change the id", StringComparison.Ordinal)));
    }

    private static ReportCheck Ends(int? days, CheckStatus status) =>
        new() { Domain = "contoso.com", Id = "BIMI-VMC-EXPIRING", Status = status, Message = "It is " + status, Actual = "2027-01-01", DaysLeft = days };

    [Fact]
    public void A_domain_that_is_in_one_run_only_is_neither_fixed_nor_forgotten()
    {
        ReportCheck[] other = [new ReportCheck { Domain = "fabrikam.com", Id = "SPF-ALL-MISSING", Status = CheckStatus.Fail, Message = "It is Fail" }];
        Assert.Equal(["New"], ResultComparer.Compare(Run("Fail"), other).Select(change => change.Change.ToString()));
        Assert.Equal(["contoso.com"], ResultComparer.FindMissing(Run("Fail"), other));
        Assert.Empty(ResultComparer.FindMissing(Run("Fail"), Run("Pass")));
    }

    [Fact]
    public void A_report_in_JSON_is_read_back_as_it_was_written()
    {
        var builder = new ReportBuilder();
        builder.Add(Check("Fail", "It says \"<x>\" \u00e9", "v=spf1 \\\\ -all"));
        builder.Add(Check("Pass", "ok"));
        builder.Add(Ends(-3, CheckStatus.Info));
        builder.Add(new ReportRecord { ZoneName = "contoso.com", Name = "@", Fqdn = "contoso.com", Type = "TXT", Value = "v=spf1 -all", Purpose = "Spf" });
        using var text = new StringWriter();
        JsonReport.Write(builder.Build("Title", DateTimeOffset.UnixEpoch, "1.0"), text);

        ReportCheck[] read = JsonReportReader.Read(ToStream(text.ToString())).ToArray();

        Assert.Equal(["contoso.com Fail It says \"<x>\" \u00e9 v=spf1 \\\\ -all", "contoso.com Info It is Info 2027-01-01-3", "contoso.com Pass ok "], read.Select(check => $"{check.Domain} {check.Status} {check.Message} {check.Actual}{check.DaysLeft}"));
        Assert.Null(read[2].Actual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("hello")]
    [InlineData("{\"format\": \"SomethingElse\", \"domains\": [{\"domain\": \"a.example\", \"checks\": [{\"id\": \"X\", \"status\": \"Fail\"}]}]}")]
    [InlineData("{\"format\": \"MailDns.SendingDomainReport\", \"domains\": [{\"domain\": \"a.example\", \"checks\": [{\"id\": \"X\"")]
    public void What_is_not_a_whole_report_is_refused(string text) =>
        Assert.Throws<FormatException>(() => JsonReportReader.Read(ToStream(text)).ToArray());

    [Fact]
    public void Two_equal_runs_have_no_change_and_every_change_turns_round()
    {
        Gen<ReportCheck[]> run = Gen.Select(Gen.Int[0, s_ids.Length - 1], Gen.Int[0, s_statuses.Length - 1], Gen.Int[0, 2])
            .Select(item => new ReportCheck { Domain = "contoso.com", Id = s_ids[item.Item1], Status = s_statuses[item.Item2], Message = s_statuses[item.Item2] + " " + item.Item3 })
            .Array[0, 8];
        run.Sample(checks => Assert.Empty(ResultComparer.Compare(checks, checks)), iter: 2_000);
        Gen.Select(run, run).Sample(
            (one, other) =>
            {
                // what is fixed on the way there is new on the way back
                int isFixed = ResultComparer.Compare(one, other).Count(change => change.Change == SendingDomainChangeKind.Fixed);
                int isNew = other.Length == 0 || one.Length == 0 ? isFixed : ResultComparer.Compare(other, one).Count(change => change.Change == SendingDomainChangeKind.New);
                Assert.True(isFixed <= isNew);
            },
            iter: 5_000);
    }

    private static ReportCheck[] Run(string status) =>
        status == "-" ? [new ReportCheck { Domain = "contoso.com", Id = "MX-OTHER", Status = CheckStatus.Pass, Message = "ok" }] : [Check(status, "It is " + status)];

    private static ReportCheck Check(string status, string message, string? actual = null) =>
        new() { Domain = "contoso.com", Id = "SPF-ALL-MISSING", Status = Enum.Parse<CheckStatus>(status), Message = message, Actual = actual };

    private static MemoryStream ToStream(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));
}
