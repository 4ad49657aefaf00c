using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>What only the whole shows: an SPF include that is never evaluated, p=reject without a DKIM key.</summary>
internal static class SendingRules
{
    /// <summary>Judges the platforms' includes in the domain's SPF record.</summary>
    public static void ApplySpf(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, SpfStatus spf, DmarcStatus dmarc, CheckSheet sheet)
    {
        CheckDefinition[] checks = { SpfChecks.NotEvaluated, SpfChecks.SharedInclude };
        if (providers.Count == 0 || spf.Spf is null)
        {
            sheet.CompleteNotApplicable(checks, providers.Count == 0 ? "No provider is named." : "There is no SPF record to judge.");
            return;
        }

        (SendingProvider Provider, string? Include)[] found = providers.Select(bound => (bound.Provider, ProviderInclude(request.Domain, bound.Provider, bound.Values, spf.Spf))).ToArray();
        if (found.All(item => item.Include is null))
        {
            sheet.CompleteNotApplicable(checks, "The record includes nothing of " + string.Join(" or ", providers.Select(bound => bound.Provider.Id)) + ".");
            return;
        }

        bool isMain = string.Equals(dmarc.OrganizationalDomain ?? request.Domain.Text, request.Domain.Text, System.StringComparison.Ordinal);
        foreach ((SendingProvider provider, string? include) in found.Where(item => item.Include is not null))
        {
            if (provider.ReturnPath is SendingProviderReturnPath.Bounce or SendingProviderReturnPath.Provider)
            {
                string path = provider.ReturnPath == SendingProviderReturnPath.Provider ? "in the platform's own domain" : "the bounce host";
                sheet.Report(SpfChecks.NotEvaluated.With(include, request.Domain, path));
            }

            // What handles the domain's own mailboxes returns to the domain itself: a bounce subdomain is not to be had there.
            bool isOwnMail = provider.ReturnPath == SendingProviderReturnPath.Domain && provider.Kind is not (SendingProviderKind.EmailServiceProvider or SendingProviderKind.Application);
            if (isMain && !isOwnMail) sheet.Report(SpfChecks.SharedInclude.With(include));
        }

        sheet.CompletePass(checks);
    }

    /// <summary>Judges p=reject against the DKIM keys that were found (RFC 9989 sections 7.4 and 8).</summary>
    public static void ApplyReject(DmarcStatus dmarc, IReadOnlyList<DkimStatus> dkim, bool selectorsKnown, bool isParked, CheckSheet sheet)
    {
        CheckDefinition check = DmarcChecks.RejectWithoutDkim;
        if (dmarc.EffectivePolicy != DmarcPolicy.Reject)
            sheet.NotApplicable(check, "The policy is not reject.");
        else if (isParked)
            sheet.NotApplicable(check, "The domain sends nothing.");
        else if (dkim.Any(status => status.IsValid == true && !status.IsRevoked && status.Record is not null))
            sheet.Pass(check);
        else if (!selectorsKnown || dkim.Any(status => status.Findings.Any(finding => finding.Status == CheckStatus.Unknown)))
            sheet.Unknown(check, "p=reject, and no DKIM key was found; which selectors are in use is not known, or a lookup failed.");
        else
            sheet.Report(check);
    }

    private static string? ProviderInclude(DomainName domain, SendingProvider provider, SendingProviderValues values, SpfRecord record)
    {
        HashSet<string> names = new(System.StringComparer.OrdinalIgnoreCase);
        foreach (SendingProviderRecord template in provider.RecordsOf(RecordPurpose.Spf))
        {
            bool here = SendingProviderExpansion.FindOwner(provider, template, values) is { } owner && owner.Equals(domain);
            bool known = template.IncludeTemplates.All(include => include.Placeholders.Count == 0);
            if (here && known) names.UnionWith(template.Include);
        }

        names.UnionWith(provider.Obsolete.Where(value => value.Role == RecordPurpose.Spf).Select(value => value.Value));
        return record.Terms.OfType<SpfDirective>()
            .Where(term => term.Mechanism == SpfMechanism.Include)
            .Select(term => term.DomainSpec?.ToString() ?? string.Empty)
            .FirstOrDefault(names.Contains);
    }
}
