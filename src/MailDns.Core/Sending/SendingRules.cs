using MailDns.Dmarc;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>What only the whole shows: an SPF include that is never evaluated, p=reject without a DKIM key.</summary>
internal static class SendingRules
{
    /// <summary>Judges the platform's include in the domain's SPF record.</summary>
    public static void ApplySpf(SendingDomainRequest request, SendingProviderValues values, SpfStatus spf, DmarcStatus dmarc, CheckSheet sheet)
    {
        CheckDefinition[] checks = { SpfChecks.NotEvaluated, SpfChecks.SharedInclude };
        if (request.Provider is not { } provider || spf.Spf is null)
        {
            sheet.CompleteNotApplicable(checks, request.Provider is null ? "No provider is named." : "There is no SPF record to judge.");
            return;
        }

        string? include = ProviderInclude(request.Domain, provider, values, spf.Spf);
        if (include is null)
        {
            sheet.CompleteNotApplicable(checks, "The record includes nothing of " + provider.Id + ".");
            return;
        }

        if (provider.ReturnPath is SendingProviderReturnPath.Bounce or SendingProviderReturnPath.Provider)
        {
            string path = provider.ReturnPath == SendingProviderReturnPath.Provider ? "in the platform's own domain" : "the bounce host";
            sheet.Fire(
                SpfChecks.NotEvaluated,
                "include:" + include + " at " + request.Domain + " is not evaluated for this platform's mail, since its Return-Path is " + path
                + "; it still costs lookups and lets everybody on the platform's servers pass SPF as " + request.Domain + ".");
        }

        // The people of a mailbox host write as the domain itself: there is no bounce domain that could be another.
        if (provider.Kind == SendingProviderKind.MailboxProvider && provider.ReturnPath == SendingProviderReturnPath.Domain)
        {
            sheet.NotApplicable(SpfChecks.SharedInclude, provider.Id + " hosts the domain's mailboxes, which send as the domain itself.");
        }
        else if (string.Equals(dmarc.OrganizationalDomain ?? request.Domain.Text, request.Domain.Text, System.StringComparison.Ordinal))
        {
            sheet.Fire(SpfChecks.SharedInclude, "include:" + include + " authorises servers that the platform's customers share, at the organization's main domain.");
        }

        sheet.CompletePass(checks);
    }

    /// <summary>Judges p=reject against the DKIM keys that were found (RFC 9989 sections 7.4 and 8).</summary>
    public static void ApplyReject(DmarcStatus dmarc, IReadOnlyList<DkimStatus> dkim, bool selectorsKnown, bool isParked, CheckSheet sheet)
    {
        CheckDefinition check = DmarcChecks.RejectWithoutDkim;
        if (dmarc.EffectivePolicy != DmarcPolicy.Reject)
        {
            sheet.NotApplicable(check, "The policy is not reject.");
        }
        else if (isParked)
        {
            sheet.NotApplicable(check, "The domain sends nothing.");
        }
        else if (dkim.Any(status => status.IsValid && !status.IsRevoked && status.Record is not null))
        {
            sheet.Pass(check);
        }
        else if (!selectorsKnown || dkim.Any(status => status.Findings.Any(finding => finding.Status == CheckStatus.Unknown)))
        {
            sheet.Unknown(check, "p=reject, and no DKIM key was found; which selectors are in use is not known, or a lookup failed.");
        }
        else
        {
            sheet.Fire(check, "p=reject, but none of the selectors has a usable DKIM key: forwarded mail is refused.");
        }
    }

    private static string? ProviderInclude(DomainName domain, SendingProvider provider, SendingProviderValues values, SpfRecord record)
    {
        HashSet<string> names = new(System.StringComparer.OrdinalIgnoreCase);
        foreach (SendingProviderRecord template in provider.RecordsOf(RecordPurpose.Spf))
        {
            bool here = SendingProviderExpansion.FindOwner(provider, template, values) is { } owner && owner.Equals(domain);
            bool known = template.IncludeTemplates.All(include => include.Placeholders.Count == 0);
            if (here && known)
            {
                names.UnionWith(template.Include);
            }
        }

        names.UnionWith(provider.Obsolete.Where(value => value.Role == RecordPurpose.Spf).Select(value => value.Value));
        return record.Terms.OfType<SpfDirective>()
            .Where(term => term.Mechanism == SpfMechanism.Include)
            .Select(term => term.DomainSpec?.ToString() ?? string.Empty)
            .FirstOrDefault(names.Contains);
    }
}
