using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Publishing;
using MailDns.Dns;
using MailDns.Publishing;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>A corrected record, laid over its zone, and planned and published in it: the finding that it came with is gone, and no new error has come.</summary>
internal static class CarriedOut
{
    public static async Task CheckAsync(
        IReadOnlyList<DnsRecord> zone,
        IReadOnlyList<CheckResult> before,
        CheckResult finding,
        Func<IDnsResolver, Task<IReadOnlyList<CheckResult>>> read,
        Func<IReadOnlyList<DnsRecord>, IDnsResolver> resolver,
        bool isStrict = true)
    {
        // In a zone with other faults a record that is read again may show what nobody looked at before.
        before = isStrict ? before : [.. before.Where(result => result.Status is not (CheckStatus.NotApplicable or CheckStatus.Unknown) && result.Id is not ("DMARC-RUA-EXTERNAL" or "DMARC-RUA-MX"))];
        AssertGone(before, finding, await read(new OverlayResolver(resolver(zone), finding.Record)), "laid over");

        IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(finding.Record, resolver(zone), new RecordPlanOptions(), CancellationToken.None);
        if (plan.Any(change => change.Action == RecordAction.Conflict))
        {
            // An alias takes no place of data: the plan says which, and the rest goes on once they are removed.
            Assert.All(plan.Where(change => change.Action == RecordAction.Conflict), change => Assert.True(change.RecordType == "CNAME" && change.Reason.Contains("Remove", StringComparison.Ordinal), Say(finding, change)));
            zone = Cleared(zone, plan);
            plan = await RecordPlanner.PlanAsync(finding.Record, resolver(zone), new RecordPlanOptions(), CancellationToken.None);
        }

        Assert.All(plan, change => Assert.True(change.Action is not (RecordAction.Conflict or RecordAction.Unknown), Say(finding, change)));
        Assert.True(plan.Any(change => change.IsChange), string.Join("; ", plan.Select(change => Say(finding, change))));
        if (plan.Any(change => !change.Zone.IsSameOrBelow(PlannedZone.Apex))) return;

        using var target = new ZoneTarget(zone);
        var publisher = new PlanPublisher(target);
        publisher.Publish(RecordSetChange.Group(plan), _ => { });
        Assert.Empty(publisher.Failures);
        AssertGone(before, finding, await read(resolver(target.Zone)), "published");
        AssertKept(zone, target.Zone, plan, finding);

        IReadOnlyList<RecordChange> again = await RecordPlanner.PlanAsync(finding.Record, resolver(target.Zone), new RecordPlanOptions(), CancellationToken.None);
        Assert.All(again, change => Assert.True(change.Action == RecordAction.Keep, "again: " + Say(finding, change)));
    }

    /// <summary>The zone as a person makes it where a plan says that data stand in the way of an alias.</summary>
    public static IReadOnlyList<DnsRecord> Cleared(IReadOnlyList<DnsRecord> zone, IReadOnlyList<RecordChange> plan)
    {
        DomainName[] cleared = plan.Where(change => change.Action == RecordAction.Conflict).Select(change => change.Owner).ToArray();
        return [.. zone.Where(record => !cleared.Contains(record.Owner))];
    }

    // What the plan does not name stays.
    private static void AssertKept(IReadOnlyList<DnsRecord> before, IReadOnlyList<DnsRecord> after, IReadOnlyList<RecordChange> plan, CheckResult finding)
    {
        string[] told = plan.SelectMany(change => change.Before).Select(record => record.Owner + " " + record.ToDnsRecord().Data).ToArray();
        string[] left = after.Select(record => record.Owner + " " + record.Data).ToArray();
        string[] lost = before.Select(record => record.Owner + " " + record.Data).Except(left).Except(told).ToArray();
        Assert.True(lost.Length == 0, finding.Id + " loses " + string.Join(" and ", lost));
    }

    private static void AssertGone(IReadOnlyList<CheckResult> before, CheckResult finding, IReadOnlyList<CheckResult> after, string how)
    {
        // What is worth knowing may be left of an error.
        CheckResult? left = after.FirstOrDefault(result => result.Id == finding.Id && result.Status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Info or CheckStatus.Unknown && Rank(result.Status) >= Rank(finding.Status));

        // Of a platform's records those are offered that can be made.
        if (left is { Id: "PROFILE-INCOMPLETE", Record.Length: 0 } && left.Message != finding.Message) return;

        Assert.True(left is null, finding.Id + " " + how + ": " + left?.Message + " (" + string.Join(" and ", finding.Record.Select(record => record.Fqdn + " " + record)) + ")");
        string[] sound = before.Where(result => result.Status != CheckStatus.Fail).Select(result => result.Id).Except(before.Where(result => result.Status == CheckStatus.Fail).Select(result => result.Id)).ToArray();
        CheckResult? fresh = after.FirstOrDefault(result => result.Status == CheckStatus.Fail && sound.Contains(result.Id));
        Assert.True(fresh is null, finding.Id + " " + how + " brings " + fresh?.Id + ": " + fresh?.Message + " (" + string.Join(" and ", finding.Record.Select(record => record.Fqdn + " " + record)) + ")");
    }

    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Info => 1,
        CheckStatus.Warning => 2,
        _ => 3,
    };

    private static string Say(CheckResult finding, RecordChange change) => finding.Id + ": " + change.Action + " " + change.Owner + " " + string.Join(", ", change.After.Select(record => record.ToString())) + ": " + change.Reason;
}
