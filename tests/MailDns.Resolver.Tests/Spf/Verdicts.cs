using System;
using System.Globalization;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Spf;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>check_host() and everything it tells.</summary>
internal static class Verdicts
{
    public static Task<SpfResult> CheckAsync(string client, string sender, string helo, IDnsResolver resolver) =>
        SpfEvaluator.CheckHostAsync(
            SpfQuery.ForMailFrom(IPAddress.Parse(client), sender, helo, "mx.example.org", 1700000000),
            resolver,
            SpfLimits.Default,
            CancellationToken.None,
            CancellationToken.None);

    /// <summary>All of a result, step by step, to be compared as one text.</summary>
    public static string Describe(SpfResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        result {result.Result}
        mechanism {result.Mechanism ?? "-"} of {result.MechanismDomain ?? "-"}
        path {string.Join(" > ", result.Path)}
        lookups {result.LookupCount}, void {result.VoidLookupCount}
        explanation {result.Explanation ?? "-"}
        problem {result.Problem ?? "-"}
        {string.Join(Environment.NewLine, result.Trace)}
        """);
}
