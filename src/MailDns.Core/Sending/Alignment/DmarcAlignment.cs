using MailDns.Sending;

namespace MailDns;

/// <summary>The DMARC verdict that mail sent in a certain way will get (RFC 9989 section 5.3), told from DNS before anything is sent.</summary>
public sealed class DmarcAlignment : IChecked
{
    internal DmarcAlignment(AlignmentVerdict verdict, CheckSheet sheet)
    {
        Domain = verdict.Request.From.Text;
        Passed = verdict.Passed;
        Path = verdict.Path;
        SpfAligned = verdict.Spf.Aligned;
        SpfPassed = verdict.Spf.Authenticates == true && verdict.Spf.Assumption is not null ? null : verdict.Spf.Authenticates;
        DkimAligned = AlignmentVerdict.Any(verdict.Dkim.Select(path => path.Aligned));
        DkimPassed = CannotSign(verdict) ? false : null;
        BounceDomain = verdict.Request.Bounce?.Text;
        DkimDomain = verdict.Request.Signatures.Select(signature => signature.Domain.Text).Distinct().ToArray();
        IPAddress = verdict.Request.IPAddress?.ToString();
        OrganizationalDomain = verdict.Discovery.Walk.OrganizationalDomain?.Text;
        Policy = verdict.Discovery.Policy.Effective;
        Record = verdict.Discovery.Selection.Record?.Text;
        RecordDomain = verdict.Discovery.Selection.Domain?.Text;
        SpfAlignment = verdict.Discovery.Selection.Record?.SpfAlignment;
        DkimAlignment = verdict.Discovery.Selection.Record?.DkimAlignment;
        Reason = verdict.Reason;
        Assumption = verdict.Assumptions;
        Results = sheet.Results;
        Findings = sheet.Findings;
        Recommendation = Findings.OrderByDescending(finding => finding.Status == CheckStatus.Fail).ThenByDescending(finding => finding.Severity)
            .Select(finding => finding.Recommendation).FirstOrDefault(text => text.Length > 0) ?? verdict.Recommendation;
    }

    /// <summary>The From domain: the Author Domain.</summary>
    public string Domain { get; }

    /// <summary>
    /// True when SPF or DKIM will give an aligned pass and a DMARC record applies, false when not, null when a failed
    /// lookup leaves it open. True holds as long as <see cref="Assumption"/> does.
    /// </summary>
    public bool? Passed { get; }

    /// <summary>By which path: <c>SPF</c>, <c>DKIM</c> or <c>SPF and DKIM</c>; null without a pass.</summary>
    public string? Path { get; }

    /// <summary>True when the bounce domain aligns with the From domain; null when that is not known.</summary>
    public bool? SpfAligned { get; }

    /// <summary>The result of SPF itself: true for a pass, false when it cannot pass, null when it was not evaluated or is not known.</summary>
    public bool? SpfPassed { get; }

    /// <summary>True when a signing domain aligns with the From domain; null when that is not known.</summary>
    public bool? DkimAligned { get; }

    /// <summary>
    /// The result of DKIM itself: false when none of the signing domains has a usable key, so that no signature can pass;
    /// else null, since only the message shows whether its signature is valid.
    /// </summary>
    public bool? DkimPassed { get; }

    /// <summary>The policy that receivers apply if DMARC fails; null where none applies or it is not known.</summary>
    public DmarcPolicy? Policy { get; }

    /// <summary>Why, with the facts.</summary>
    public string Reason { get; }

    /// <summary>What to change; empty where there is nothing to change.</summary>
    public string Recommendation { get; }

    /// <summary>What no look at DNS can tell, and is taken for granted.</summary>
    public string[] Assumption { get; }

    /// <summary>The domain of the Return-Path that was looked at; null where there was none.</summary>
    public string? BounceDomain { get; }

    /// <summary>The signing domains (d=) that were looked at.</summary>
    public string[] DkimDomain { get; }

    /// <summary>The sending address that SPF was evaluated for; null where it was not.</summary>
    public string? IPAddress { get; }

    /// <summary>The Organizational Domain of the From domain; null where a failed lookup leaves it open.</summary>
    public string? OrganizationalDomain { get; }

    /// <summary>The DMARC record that applies, escaped; null where none does.</summary>
    public string? Record { get; }

    /// <summary>The domain at which that record stands.</summary>
    public string? RecordDomain { get; }

    /// <summary>aspf of that record; null without one.</summary>
    public DmarcAlignmentMode? SpfAlignment { get; }

    /// <summary>adkim of that record; null without one.</summary>
    public DmarcAlignmentMode? DkimAlignment { get; }

    /// <summary>What a person should read.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }
    IReadOnlyList<CheckResult> IChecked.Results => Results;

    /// <summary>The domain, the verdict and why.</summary>
    public override string ToString() =>
        Domain + ": " + (Passed switch { true => "Pass", false => "Fail", _ => "Unknown" }) + ". " + Reason;

    private static bool CannotSign(AlignmentVerdict verdict) =>
        verdict.Dkim.Count > 0 && verdict.Dkim.All(path => path.Authenticates == false);
}
