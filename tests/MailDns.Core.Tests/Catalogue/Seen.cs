using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace MailDns.Core.Tests.Catalogue;

/// <summary>What the tests of this assembly have read and judged, for <see cref="CheckCoverageTests"/>, which counts what the checks said there.</summary>
internal static class Seen
{
    private static readonly ConcurrentQueue<object> s_all = new();

    /// <summary>Notes a status, what will be one, or a sheet that will be filled; gives it back.</summary>
    public static T In<T>(T one)
        where T : notnull
    {
        s_all.Enqueue(one);
        return one;
    }

    /// <summary>All results in all that was noted.</summary>
    public static IEnumerable<CheckResult> Results() => s_all.SelectMany(Results);

    private static IEnumerable<CheckResult> Results(object? one) => one switch
    {
        null or string => [],
        CheckResult result => [result],
        Task task => task.IsCompletedSuccessfully ? Results(task.GetType().GetProperty("Result")?.GetValue(task)) : [],
        IEnumerable several => several.Cast<object?>().SelectMany(Results),
        _ => Results(one.GetType().GetProperty("Results", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(one)),
    };
}
