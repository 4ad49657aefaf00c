using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Core.Tests.Spf;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>
/// The public RFC 7208 suite, each scenario's zone served over UDP and TCP and read through the adapter. The wire carries
/// all of it: no case is left out.
/// </summary>
public sealed class ConformanceOverLoopbackTests
{
    private const int CaseCount = 203;
    private const int NotCarriedCount = 0;

    private static readonly Lazy<ConformanceCase[]> s_cases =
        new(() => ConformanceSuite.FindFile() is { } file ? ConformanceSuite.Load(file).ToArray() : []);

    public static TheoryData<string> Scenarios => new(s_cases.Value.Select(test => test.Scenario).Distinct());

    [ConformanceTheory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_has_the_same_verdicts_over_the_wire(string scenario)
    {
        ConformanceCase[] cases = s_cases.Value.Where(test => test.Scenario == scenario).ToArray();
        await using LoopbackDnsServer server = WireZone.Serve(cases[0].Zone);
        var client = new LoopbackClient(server.EndPoint, WireZone.Silent(cases[0].Zone));
        var wrong = new List<string>();
        foreach (ConformanceCase test in cases)
        {
            string wire = Describe(await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, client), test);
            string memory = Describe(await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, test.Zone), test);
            if (wire != memory || !wire.StartsWith(Expected(test), StringComparison.Ordinal))
                wrong.Add($"{test.Name}: expected {Expected(test)}\n over the wire\n{wire}\n in memory\n{memory}");
        }

        Assert.Empty(wrong);
    }

    [ConformanceTheory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_question_of_a_scenario_goes_over_the_wire_and_no_other(string scenario)
    {
        // Tables of their own: they remember the questions asked of them.
        ConformanceCase[] cases = ConformanceSuite.Load(ConformanceSuite.FindFile()!).Where(test => test.Scenario == scenario).ToArray();
        TableResolver zone = cases[0].Zone;
        await using LoopbackDnsServer server = WireZone.Serve(zone);
        var client = new LoopbackClient(server.EndPoint, WireZone.Silent(zone));
        foreach (ConformanceCase test in cases)
        {
            await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, client);
            await Verdicts.CheckAsync(test.Host, test.MailFrom, test.Helo, zone);
        }

        Assert.NotEmpty(zone.Questions);
        Assert.Equal(
            zone.Questions.Select(WireZone.Describe).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            server.Log.Select(query => query.Name + " " + query.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [ConformanceFact]
    public void The_scenarios_hold_every_case_of_the_suite()
    {
        // A scenario is one zone and so one server: whatever is in another zone would not be asked of it.
        int carried = s_cases.Value
            .GroupBy(test => test.Scenario, StringComparer.Ordinal)
            .Sum(scenario => scenario.Count(test => test.Zone == scenario.First().Zone));
        Assert.Equal(16, Scenarios.Count);
        Assert.Equal(CaseCount - NotCarriedCount, carried);
    }

    private static string Expected(ConformanceCase test) =>
        $"{test.Results[0]}, explanation {(test.Explanation is null ? "any" : test.Explanation == "DEFAULT" ? "none" : test.Explanation)}\n";

    // What the suite expects first, then all the rest.
    private static string Describe(SpfResult result, ConformanceCase test) =>
        $"{result.Result.ToString().ToLowerInvariant()}, explanation {(test.Explanation is null ? "any" : result.Explanation ?? "none")}\n{Verdicts.Describe(result)}";
}
