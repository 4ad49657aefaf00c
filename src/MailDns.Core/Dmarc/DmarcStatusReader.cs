namespace MailDns.Dmarc;

/// <summary>A domain and a resolver to a <see cref="DmarcStatus"/>.</summary>
internal static class DmarcStatusReader
{
    /// <summary>Discovers the record that applies and makes every check of <see cref="DmarcChecks.All"/>.</summary>
    public static async Task<DmarcStatus> ReadAsync(DomainName domain, IDnsResolver resolver, DmarcStatusOptions options, CancellationToken cancellationToken)
    {
        var walker = new DmarcTreeWalker(resolver);
        DmarcDiscovery discovery = await DmarcDiscovery.RunAsync(domain, walker, resolver, options.Suffixes, cancellationToken).ConfigureAwait(false);
        string[] queried = walker.QueriedNames.Select(name => name.ToString()).ToArray();
        var sheet = new CheckSheet(domain.Text);
        await DmarcPlaceRules.ApplyAsync(discovery, resolver, sheet, cancellationToken).ConfigureAwait(false);
        ApplyText(discovery, options, sheet);
        if (IsOwners(discovery))
            await DmarcReportRules.ApplyAsync(discovery.Selection.Lookup!, walker, resolver, sheet, cancellationToken).ConfigureAwait(false);

        Complete(discovery, sheet);
        return new DmarcStatus(discovery, queried, sheet);
    }

    private static void ApplyText(DmarcDiscovery discovery, DmarcStatusOptions options, CheckSheet sheet)
    {
        if (!IsOwners(discovery)) return;

        DomainName at = discovery.Selection.Domain!;
        bool isSuffix = at.LabelCount == 1 || (options.Suffixes?.IsPublicSuffix(at) ?? false);
        if (options.IsParked) sheet.NotApplicable(DmarcChecks.PolicyRejectUsers, "The domain sends nothing.");

        sheet.Found(DmarcChecks.Missing, discovery.Selection.Record!.Text);
        DmarcTextRules.Apply(discovery.Selection.Record!, isSuffix, text => DmarcPlaceRules.ToRecord(at, text)!, sheet);
    }

    // The record of a public suffix above the domain is not its owner's to judge.
    private static bool IsOwners(DmarcDiscovery discovery) =>
        discovery.Selection.Record is { } record && (!discovery.IsInherited || record.PublicSuffix != DmarcPublicSuffix.Yes);

    private static void Complete(DmarcDiscovery discovery, CheckSheet sheet)
    {
        IEnumerable<CheckDefinition> ofRecord = DmarcChecks.Text.Concat(new[] { DmarcChecks.ReportHost, DmarcChecks.ReportExternal, DmarcChecks.ReportWildcard });
        if (discovery.Selection.Outcome == DmarcOutcome.Unknown)
        {
            DnsResponse failure = discovery.Selection.Failure!.Response!;
            sheet.CompleteUnknown(ofRecord, failure);
            if (discovery.Own.IsFailure)
                sheet.CompleteUnknown(new[] { DmarcChecks.SubdomainPolicyIgnored, DmarcChecks.PublicSuffixNo }, failure);
        }
        else if (!IsOwners(discovery))
        {
            string reason = discovery.Selection.Record is null ? "No DMARC record applies." : "The record that applies is that of the public suffix " + discovery.Selection.Domain + ".";
            sheet.CompleteNotApplicable(ofRecord, reason);
        }

        CheckDefinition[] ofAny = { DmarcChecks.Alias, DmarcChecks.Multiple, DmarcChecks.SubdomainPolicyIgnored, DmarcChecks.PublicSuffixNo, DmarcChecks.TooDeep, DmarcChecks.TreeWalkDiffers };
        sheet.CompletePass(ofAny, discovery.Selection.Record is not null, "No DMARC record applies.");
        sheet.CompletePass(DmarcChecks.All);
    }
}

/// <summary>What Get-DmarcStatus may be given beyond the domain.</summary>
internal sealed class DmarcStatusOptions
{
    /// <summary>The defaults: RFC 9989 alone.</summary>
    public static DmarcStatusOptions Default { get; } = new();

    /// <summary>Also take the view of RFC 7489 by this list; null for none.</summary>
    public PublicSuffixList? Suffixes { get; init; }

    /// <summary>True for a domain that sends nothing: nobody there writes to mailing lists.</summary>
    public bool IsParked { get; init; }
}
