using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using MailDns.Diagnostics;
using MailDns.Sending;

namespace MailDns.Core.Tests.Catalogue;

/// <summary>What the checks of the catalogue have been seen to say while the tests of this assembly ran.</summary>
internal static class CheckCoverage
{
    // Notes on what is there: where it is not, there is nothing to look at, and NotApplicable is the twin.
    // Of receivers it is what DNS cannot show.
    private static readonly HashSet<string> s_notes = new(
        ReceiverChecks.All.Where(check => check.Severity == CheckSeverity.Information).Select(check => check.Id).Concat(["BIMI-VMC-REVOCATION", "BOUNCE-DELEGATES-SPF", "MX-NULL-SENDING"]),
        StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, byte> s_fired = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, byte> s_passed = new(StringComparer.Ordinal);

    /// <summary>True where so few checks fired that only some of the tests can have run.</summary>
    public static bool IsPartial => s_fired.Count < CheckCatalog.All.Count / 2;

    public static IReadOnlyList<string> NotFired() => Missing(s_fired);

    public static IReadOnlyList<string> NotPassed() => Missing(s_passed);

    public static string Summary => $"{CheckCatalog.All.Count} checks declared, {Count(s_fired)} fired, {Count(s_passed)} passed in a twin.";

    private static int Count(ConcurrentDictionary<string, byte> seen) => CheckCatalog.All.Count(check => seen.ContainsKey(check.Id));

    private static string[] Missing(ConcurrentDictionary<string, byte> seen) =>
        [.. CheckCatalog.All.Select(check => check.Id).Where(id => !seen.ContainsKey(id))];

#pragma warning disable CA2255 // The one place before any test of the assembly.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Observe() => CheckSheet.Observer = (id, status) =>
    {
        // What DNS-LOOKUP-FAILED finds is that nobody knows.
        if (status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Info || (id == "DNS-LOOKUP-FAILED" && status == CheckStatus.Unknown))
            s_fired.TryAdd(id, 0);
        else if (status == CheckStatus.Pass || (status == CheckStatus.NotApplicable && s_notes.Contains(id)))
            s_passed.TryAdd(id, 0);
    };
}
