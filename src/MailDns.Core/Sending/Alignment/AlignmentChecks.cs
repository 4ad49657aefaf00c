using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>The checks of DMARC alignment: the one place that declares them.</summary>
internal static class AlignmentChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Alignment);

    public static readonly CheckDefinition None = s_rows.Error("ALIGN-NONE", CheckNeeds.Dns, "SPF or DKIM gives an aligned pass", "Neither SPF nor DKIM can give an aligned pass for {from}, so DMARC fails. {reason}", "Send with a Return-Path below the From domain's organization, or have the platform sign with d= of the From domain.", "RFC 9989 sections 4.4 and 8; Gmail sender guidelines");
    public static readonly CheckDefinition SpfOnly = s_rows.Warning("ALIGN-SPF-ONLY", CheckNeeds.Dns, "SPF is not the only aligned mechanism", "Only SPF can give an aligned pass, so forwarded mail fails DMARC. {fault}", "Sign with DKIM too, with d= of the From domain.", "RFC 9989 sections 4.5, 7.4 and 8");
    public static readonly CheckDefinition DkimOnly = s_rows.Information("ALIGN-DKIM-ONLY", CheckNeeds.Dns, "DKIM is not the only aligned mechanism", "Only DKIM can give an aligned pass. {fault}", "Use a bounce host below the From domain, so that SPF aligns too.", "RFC 9989 sections 4.5 and 8");
    public static readonly CheckDefinition FromSubdomainOwnDmarc = s_rows.Information("FROM-SUBDOMAIN-OWN-DMARC", CheckNeeds.Dns, "The From domain has a DMARC record of its own", "{from} has no DMARC record of its own; that of {name} applies through {tag}.", "Publish one at the From domain if its policy should differ.", "RFC 9989 section 5.1.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What the prediction of alignment finds: ALIGN-*, FROM-* and the checks of DMARC that need to know how mail is sent.</summary>
internal sealed class AlignmentRules
{
    private readonly AlignmentVerdict _verdict;
    private readonly CheckSheet _sheet;

    private AlignmentRules(AlignmentVerdict verdict, CheckSheet sheet)
    {
        _verdict = verdict;
        _sheet = sheet;
    }

    /// <summary>Judges a verdict.</summary>
    public static void Apply(AlignmentVerdict verdict, CheckSheet sheet)
    {
        CheckDefinition[] all = AlignmentChecks.All.Concat(new[] { DmarcChecks.StrictSpfBounce, DmarcChecks.StrictDkimDomain }).ToArray();
        if (verdict.Applies == false)
        {
            sheet.CompleteNotApplicable(all, "No DMARC record applies.");
            return;
        }

        var rules = new AlignmentRules(verdict, sheet);
        rules.ApplyPaths();
        rules.ApplyRecord();
        sheet.CompletePass(all);
    }

    private void ApplyPaths()
    {
        bool? spf = _verdict.Spf.Passes;
        bool? dkim = _verdict.DkimPasses;
        string from = _verdict.Request.From.ToString();
        if (spf == false && dkim == false)
        {
            _sheet.Report(AlignmentChecks.None.With(from, _verdict.Reason));
            _sheet.CompleteNotApplicable(new[] { AlignmentChecks.SpfOnly, AlignmentChecks.DkimOnly }, "Neither aligns.");
            return;
        }

        if (spf is null && dkim != true)
            _sheet.Unknown(AlignmentChecks.None, _verdict.Reason);
        else if (dkim is null && spf != true)
            _sheet.Unknown(AlignmentChecks.None, _verdict.Reason);

        ApplySingle(AlignmentChecks.SpfOnly, spf, dkim, "Only SPF can give an aligned pass for " + from + ": mail that is forwarded fails DMARC" + Consequence() + ". ");
        ApplySingle(AlignmentChecks.DkimOnly, dkim, spf, "Only DKIM can give an aligned pass for " + from + ". ");
    }

    private void ApplySingle(CheckDefinition definition, bool? passes, bool? other, string message)
    {
        if (passes == true && other == false)
            _sheet.Report(definition.Saying(message + _verdict.Reason));
        else if ((passes is null && other != true) || (passes == true && other is null))
            _sheet.Unknown(definition, _verdict.Reason);
    }

    private string Consequence() => _verdict.Discovery.Policy.Effective switch
    {
        DmarcPolicy.Reject => " and is to be refused (p=reject)",
        DmarcPolicy.Quarantine => " and is to be quarantined",
        _ => string.Empty,
    };

    private void ApplyRecord()
    {
        DmarcDiscovery discovery = _verdict.Discovery;
        if (discovery.Selection.Record is not { } record)
        {
            CheckDefinition[] open = { AlignmentChecks.FromSubdomainOwnDmarc, DmarcChecks.StrictSpfBounce, DmarcChecks.StrictDkimDomain };
            _sheet.CompleteUnknown(open, discovery.Selection.Failure!.Response!);
            return;
        }

        if (discovery.IsInherited)
        {
            string tag = discovery.Policy.Source.Length == 0 ? "sp or np" : discovery.Policy.Source;
            _sheet.Report(
                AlignmentChecks.FromSubdomainOwnDmarc.With(discovery.Domain, discovery.Selection.Domain, tag));
        }

        ApplyStrictSpf(record);
        ApplyStrictDkim(record);
    }

    private void ApplyStrictSpf(DmarcRecord record)
    {
        AlignmentRequest request = _verdict.Request;
        if (request.Bounce is null)
        {
            _sheet.NotApplicable(DmarcChecks.StrictSpfBounce, request.NoBounce);
        }
        else if (record.SpfAlignment == DmarcAlignmentMode.Strict && !request.Bounce.Equals(request.From))
        {
            _sheet.Report(
                DmarcChecks.StrictSpfBounce.With(request.Bounce, request.From),
                expected: request.From.ToString(),
                actual: request.Bounce.ToString(),
                recommendation: null,
                Relaxed(record, DmarcTags.SpfAlignment));
        }
    }

    private void ApplyStrictDkim(DmarcRecord record)
    {
        AlignmentRequest request = _verdict.Request;
        if (request.Signatures.Count == 0)
        {
            _sheet.NotApplicable(DmarcChecks.StrictDkimDomain, "No signing domain is given.");
        }
        else if (record.DkimAlignment == DmarcAlignmentMode.Strict && !request.Signatures.Any(signature => signature.Domain.Equals(request.From)))
        {
            string domains = string.Join(", ", request.Signatures.Select(signature => signature.Domain.ToString()).Distinct(StringComparer.Ordinal).Take(3));
            _sheet.Report(
                DmarcChecks.StrictDkimDomain.With(domains, request.From),
                expected: request.From.ToString(),
                actual: domains,
                recommendation: null,
                Relaxed(record, DmarcTags.DkimAlignment));
        }
    }

    // The same record with relaxed alignment, said in words: a plan keeps the tags of a record that the wanted one leaves out.
    private ResourceRecord[] Relaxed(DmarcRecord record, string name)
    {
        if (record.Faults.Count > 0) return Array.Empty<ResourceRecord>();

        string text = "v=DMARC1" + string.Concat(record.Tags.Skip(1).Select(tag => "; " + tag.Name + "=" + (tag.Name == name ? "r" : tag.Value)));
        TxtRecord? fix = DmarcPlaceRules.ToRecord(_verdict.Discovery.Selection.Domain!, text);
        return fix is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { fix };
    }
}
