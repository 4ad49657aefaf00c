namespace MailDns;

/// <summary>One received message against what DNS publishes and the platform promises. Words are those of RFC 8601.</summary>
public sealed class MailMessageResult : IChecked
{
    internal MailMessageResult(string? path, CheckSheet sheet)
    {
        Path = path;
        Results = sheet.Results;
        Findings = Order(sheet.Findings);
    }

    /// <summary>The file; null for a message that was given as text.</summary>
    public string? Path { get; }

    /// <summary>From as it stands in the message, escaped; null where there is none.</summary>
    public string? From { get; init; }

    /// <summary>Subject as it stands in the message, escaped; null where there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>The author's domain, as A-labels; null where there is not exactly one (RFC 9989 section 5.3.1).</summary>
    public string? Domain { get; init; }

    /// <summary>Its signatures from top to bottom.</summary>
    public DkimSignatureResult[] Dkim { get; init; } = Array.Empty<DkimSignatureResult>();

    /// <summary>The result of SPF; null where neither the user nor a trusted host told client and sender.</summary>
    public SpfResult? Spf { get; init; }

    /// <summary>True where the domain that SPF was checked for aligns with the author's; null where that is not known.</summary>
    public bool? SpfAligned { get; init; }

    /// <summary>Where client and sender come from: the parameters, or the Received field of a trusted host; null without SPF.</summary>
    public string? SpfSource { get; init; }

    /// <summary>Pass, Fail, None, TempError or PermError (RFC 9989 section 5.3).</summary>
    public AuthenticationResultCode DmarcResult { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string DmarcReason { get; init; } = string.Empty;

    /// <summary>
    /// True where the DMARC result holds. False where it may be another one: a lookup failed, SPF was not evaluated, or the
    /// copy was changed and cannot prove what was sent.
    /// </summary>
    public bool IsConclusive { get; init; }

    /// <summary>The policy that receivers apply where DMARC fails; null where none applies or it is not known.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>The Organizational Domain of the author's domain; null where it is not known.</summary>
    public string? OrganizationalDomain { get; init; }

    /// <summary>The ARC chain (RFC 8617).</summary>
    public ArcResult Arc { get; init; } = ArcResult.Nothing;

    /// <summary>What hosts recorded in Authentication-Results fields, and whether it is believed.</summary>
    public AuthenticationClaim[] Claims { get; init; } = Array.Empty<AuthenticationClaim>();

    /// <summary>The platform that sent it, as far as the message shows; null where it does not.</summary>
    public string? Platform { get; init; }

    /// <summary>What a person should read, the worst last.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }
    IReadOnlyList<CheckResult> IChecked.Results => Results;

    /// <summary>The author's domain, the DMARC result and why.</summary>
    public override string ToString() => (Domain ?? "(no author)") + ": DMARC " + DmarcResult + ". " + DmarcReason;

    private static CheckResult[] Order(CheckResult[] findings) => findings.OrderBy(finding => finding.Status switch
    {
        CheckStatus.Info => 0,
        CheckStatus.Warning => 1,
        CheckStatus.Unknown => 2,
        _ => 3,
    }).ToArray();
}
