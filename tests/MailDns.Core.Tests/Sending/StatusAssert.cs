using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>Asserts on the results of one area.</summary>
internal static class StatusAssert
{
    /// <summary>Exactly these checks are not Pass or NotApplicable, each with its status; every check of the area has a result.</summary>
    public static void Findings(IReadOnlyList<CheckResult> results, IEnumerable<CheckDefinition> area, string expected)
    {
        string found = string.Join(
            " ",
            results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable))
                .Select(result => result.Id + "=" + result.Status)
                .OrderBy(text => text, StringComparer.Ordinal));
        Assert.Equal(expected, found);
        Assert.Equal(
            area.Select(definition => definition.Id).OrderBy(id => id, StringComparer.Ordinal),
            results.Select(result => result.Id).OrderBy(id => id, StringComparer.Ordinal));
    }

    /// <summary>What IsValid has to be: false with a Fail, null where a lookup failed, else true.</summary>
    public static bool? Valid(string expected) =>
        expected.Contains("Fail", StringComparison.Ordinal) ? false : expected.Contains("Unknown", StringComparison.Ordinal) ? null : true;

    public static CheckResult Single(IReadOnlyList<CheckResult> results, string id) => results.Single(result => result.Id == id);
}
