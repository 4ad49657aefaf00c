using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Diagnostics;
using MailDns.Sending;

namespace MailDns.Core.Tests.Catalogue;

/// <summary>What the checks of the catalogue say in results.</summary>
internal sealed class CheckCoverage
{
    // Notes on what is there: where it is not, there is nothing to look at, and NotApplicable is the twin.
    // Of receivers it is what DNS cannot show.
    private static readonly HashSet<string> s_notes = new(
        ReceiverChecks.All.Where(check => check.Severity == CheckSeverity.Information).Select(check => check.Id).Concat(["BIMI-VMC-REVOCATION", "BOUNCE-DELEGATES-SPF", "MX-NULL-SENDING"]),
        StringComparer.Ordinal);

    private readonly HashSet<string> _fired = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);

    public CheckCoverage(IEnumerable<CheckResult> results)
    {
        foreach (CheckResult result in results)
        {
            // What DNS-LOOKUP-FAILED finds is that nobody knows.
            if (result.Status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Info || (result.Id == "DNS-LOOKUP-FAILED" && result.Status == CheckStatus.Unknown))
                _fired.Add(result.Id);
            else if (result.Status == CheckStatus.Pass || (result.Status == CheckStatus.NotApplicable && s_notes.Contains(result.Id)))
                _passed.Add(result.Id);
        }
    }

    /// <summary>True where so few checks fired that only some of the tests can have run.</summary>
    public bool IsPartial => _fired.Count < CheckCatalog.All.Count / 2;

    public IEnumerable<string> NotFired => CheckCatalog.All.Select(check => check.Id).Except(_fired);

    public IEnumerable<string> NotPassed => CheckCatalog.All.Select(check => check.Id).Except(_passed);

    public string Summary => $"{CheckCatalog.All.Count} checks declared, {CheckCatalog.All.Count - NotFired.Count()} fired, {CheckCatalog.All.Count - NotPassed.Count()} passed in a twin.";
}
