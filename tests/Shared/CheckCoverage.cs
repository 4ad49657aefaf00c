using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using MailDns.Diagnostics;

namespace MailDns.Tests;

/// <summary>What the checks of the catalogue have been seen to say while the tests of this assembly ran.</summary>
internal static class CheckCoverage
{
    /// <summary>Checks that need sockets or HTTPS to fire: the tests of the resolver answer for them, all others for the rest.</summary>
    public static readonly IReadOnlySet<string> OverSockets = new HashSet<string>(StringComparer.Ordinal)
    {
    };

    private static readonly ConcurrentDictionary<string, byte> s_fired = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, byte> s_passed = new(StringComparer.Ordinal);

    /// <summary>True where so few checks fired that only some of the tests can have run.</summary>
    public static bool IsPartial => s_fired.Count < CheckCatalog.All.Count / 2;

    public static IReadOnlyList<string> NotFired(Func<string, bool> which) => Missing(s_fired, which);

    public static IReadOnlyList<string> NotPassed(Func<string, bool> which) => Missing(s_passed, which);

    public static string Summary => $"{CheckCatalog.All.Count} checks declared, {Count(s_fired)} fired, {Count(s_passed)} passed in a twin.";

    private static int Count(ConcurrentDictionary<string, byte> seen) => CheckCatalog.All.Count(check => seen.ContainsKey(check.Id));

    private static string[] Missing(ConcurrentDictionary<string, byte> seen, Func<string, bool> which) =>
        [.. CheckCatalog.All.Select(check => check.Id).Where(id => which(id) && !seen.ContainsKey(id))];

#pragma warning disable CA2255 // The one place before any test of the assembly.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Observe() => CheckSheet.Observer = (id, status) =>
    {
        if (status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Info)
            s_fired.TryAdd(id, 0);
        else if (status == CheckStatus.Pass)
            s_passed.TryAdd(id, 0);
    };
}
