using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class ConformanceTests
{
    private static readonly Lazy<IReadOnlyList<ConformanceCase>> s_cases =
        new(() => ConformanceSuite.FindFile() is { } file ? ConformanceSuite.Load(file).ToArray() : Array.Empty<ConformanceCase>());

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (ConformanceCase test in s_cases.Value)
                names.Add(test.Scenario, test.Name);

            return names;
        }
    }

    [ConformanceFact]
    public void The_suite_is_whole()
    {
        Assert.Equal(203, s_cases.Value.Count);
        Assert.Equal(203, s_cases.Value.Select(test => (test.Scenario, test.Name)).Distinct().Count());
    }

    [ConformanceTheory]
    [MemberData(nameof(Names))]
    public async Task Check_host_gives_the_preferred_result(string scenario, string name)
    {
        ConformanceCase test = s_cases.Value.Single(test => test.Scenario == scenario && test.Name == name);
        SpfQuery query = SpfQuery.ForMailFrom(IPAddress.Parse(test.Host), test.MailFrom, test.Helo);

        SpfResult result = await SpfEvaluator.CheckHostAsync(query, test.Zone, SpfLimits.Default, CancellationToken.None, CancellationToken.None);

        Assert.Equal(test.Results[0], result.Result.ToString().ToLowerInvariant());
        if (test.Explanation is not null)
            Assert.Equal(test.Explanation == "DEFAULT" ? null : test.Explanation, result.Explanation);
    }
}
