namespace MailDns.Dmarc;

/// <summary>Where DMARC records stand, where they should, and which of them applies.</summary>
internal sealed class DmarcPlaceRules
{
    private static readonly TimeSpan s_timeToLive = TimeSpan.FromHours(1);

    private readonly DmarcDiscovery _discovery;
    private readonly IDnsResolver _resolver;
    private readonly CheckSheet _sheet;

    private DmarcPlaceRules(DmarcDiscovery discovery, IDnsResolver resolver, CheckSheet sheet)
    {
        _discovery = discovery;
        _resolver = resolver;
        _sheet = sheet;
    }

    private DomainName Domain => _discovery.Domain;

    public static async Task ApplyAsync(DmarcDiscovery discovery, IDnsResolver resolver, CheckSheet sheet, CancellationToken cancellationToken)
    {
        var rules = new DmarcPlaceRules(discovery, resolver, sheet);
        rules.ApplySelection();
        await rules.ApplyRecordsAtNamesAsync(cancellationToken).ConfigureAwait(false);
        rules.ApplyOrganizationalDomain();
        rules.ApplyRfc7489();
        await rules.ApplyStrayAsync(cancellationToken).ConfigureAwait(false);
        await rules.ApplyWildcardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A failed lookup in words.</summary>
    public static string Describe(DmarcLookup lookup) => Describe(lookup.Response!);

    /// <summary>A failed lookup in words.</summary>
    public static string Describe(DnsResponse response) => "The lookup of " + response.Question + " failed: " + response.Describe() + ".";

    /// <summary>The record object of a corrected text at a domain.</summary>
    public static TxtRecord? ToRecord(DomainName domain, string text) =>
        domain.TryPrepend(DmarcRecordBuilder.Label, out _) ? DmarcRecordBuilder.CreateWithText(domain, domain, text, s_timeToLive) : null;

    private void ApplySelection()
    {
        DmarcSelection selection = _discovery.Selection;
        if (selection.Outcome == DmarcOutcome.Unknown)
        {
            DnsResponse unread = selection.Failure!.Response!;
            _sheet.Unknown(DmarcChecks.Missing, unread);
            _sheet.Unknown(DmarcChecks.Inherited, unread);
        }
        else if (selection.Outcome == DmarcOutcome.Missing)
        {
            _sheet.Report(
                DmarcChecks.Missing.With(Domain, string.Join(", ", _discovery.Walk.Lookups.Select(NameOf))),
                recommendation: DanglingTarget is not { } target ? null : NameOf(_discovery.Own) + " is an alias of " + target + ", where nothing is published. Remove the CNAME, then publish a DMARC record in its place.");
            _sheet.NotApplicable(DmarcChecks.Inherited, "No DMARC record applies.");
        }
        else if (_discovery.ExistenceFailure is { } failure)
        {
            _sheet.Unknown(DmarcChecks.Inherited, failure, "Whether sp or np applies is not known.");
        }
        else if (_discovery.IsInherited)
        {
            string tag = _discovery.Policy.Source.Length == 0 ? "no valid policy" : _discovery.Policy.Source;
            string exists = _discovery.Exists == false ? " The domain does not exist." : string.Empty;
            _sheet.Report(DmarcChecks.Inherited.With(Domain, NameOf(selection.Lookup!), tag, exists));
        }
    }

    private async Task ApplyRecordsAtNamesAsync(CancellationToken cancellationToken)
    {
        foreach (DmarcLookup lookup in _discovery.Walk.Lookups.Where(lookup => lookup.Candidates.Count > 1))
        {
            _sheet.Report(
                DmarcChecks.Multiple.With(lookup.Candidates.Count, NameOf(lookup)),
                actual: string.Join(" | ", lookup.Candidates.Take(4).Select(PrintableText.Escape)));
        }

        if (_discovery.Selection.Failure is { } failure)
            _sheet.CompleteUnknown(new[] { DmarcChecks.Multiple }, failure.Response!);

        if (_discovery.Own.IsFailure)
        {
            CheckDefinition[] own = { DmarcChecks.Multiple, DmarcChecks.SpfAtDmarc, DmarcChecks.Version, DmarcChecks.Alias, DmarcChecks.TooDeep };
            _sheet.CompleteUnknown(own, _discovery.Own.Response!);
            return;
        }

        await ApplyOwnTextsAsync(cancellationToken).ConfigureAwait(false);
        ApplyAlias();
        if (Domain.LabelCount > DmarcTreeWalk.MaxQueries && _discovery.Own.Record is null)
        {
            _sheet.Report(
                DmarcChecks.TooDeep.With(Domain, Domain.LabelCount, Domain.LastLabels(DmarcTreeWalk.MaxQueries - 1)));
        }
    }

    private async Task ApplyOwnTextsAsync(CancellationToken cancellationToken)
    {
        string name = NameOf(_discovery.Own);
        string? spf = _discovery.Own.Texts.FirstOrDefault(text => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase));
        if (spf is not null && await IsOwnAsync(_discovery.Own.Response!, cancellationToken).ConfigureAwait(false))
            _sheet.Report(DmarcChecks.SpfAtDmarc.With(name, PrintableText.Quote(spf)), actual: PrintableText.Escape(spf));

        foreach (string text in _discovery.Own.Texts.Where(text => !DmarcParser.IsDmarc(text) && DmarcTextRules.LooksLikeDmarc(text)).Take(4))
        {
            bool alone = _discovery.Own.Candidates.Count == 0;
            DmarcTextRules.Apply(DmarcParser.Read(text), isPublicSuffix: false, alone ? corrected => ToRecord(Domain, corrected)! : null, _sheet);
        }
    }

    private void ApplyAlias()
    {
        DmarcLookup shown = _discovery.Selection.Lookup ?? _discovery.Own;
        if (shown.Response is { IsAliased: true } response)
        {
            string? remedy = DanglingTarget is null ? null : "Nothing is published at the target. Remove the alias: nothing can be published beside it, and anybody who registers the target's name sets the policy.";
            _sheet.Report(DmarcChecks.Alias.With(NameOf(shown), response.CanonicalName), recommendation: remedy);
        }
    }

    // Where _dmarc of the domain leads as an alias of nothing.
    private DomainName? DanglingTarget => _discovery.Own.Response is { IsAliased: true, IsVoid: true } response ? response.CanonicalName : null;

    private void ApplyOrganizationalDomain()
    {
        if (_discovery.Own.Record is not { } record)
        {
            string reason = "The domain has no record of its own.";
            if (!_discovery.Own.IsFailure)
                _sheet.CompleteNotApplicable(new[] { DmarcChecks.SubdomainPolicyIgnored, DmarcChecks.PublicSuffixNo }, reason);

            return;
        }

        if (record.PublicSuffix == DmarcPublicSuffix.No) _sheet.Report(DmarcChecks.PublicSuffixNo.With(Domain));

        bool says = record.HasTag(DmarcTags.SubdomainPolicy) || record.HasTag(DmarcTags.NonexistentPolicy);
        DomainName? organizational = _discovery.Walk.OrganizationalDomain;
        if (!says || record.PublicSuffix != DmarcPublicSuffix.Unspecified || Domain.Equals(organizational)) return;

        if (organizational is null)
        {
            _sheet.Unknown(DmarcChecks.SubdomainPolicyIgnored, _discovery.Walk.Failure!.Response!, "The Organizational Domain is not known.");
            return;
        }

        _sheet.Report(
            DmarcChecks.SubdomainPolicyIgnored.With(Domain, organizational),
            actual: record.Text);
    }

    private void ApplyRfc7489()
    {
        if (_discovery.Rfc7489 is not { } list)
        {
            _sheet.NotApplicable(DmarcChecks.TreeWalkDiffers, "No Public Suffix List is given (-PublicSuffixListPath).");
            return;
        }

        DmarcLookup? failure = _discovery.Walk.OrganizationalDomain is null ? _discovery.Walk.Failure : list.Failure;
        if (failure is not null)
        {
            _sheet.Unknown(DmarcChecks.TreeWalkDiffers, failure.Response!);
            return;
        }

        if (_discovery.Selection.Outcome == DmarcOutcome.Missing && list.Lookup is null)
        {
            _sheet.NotApplicable(DmarcChecks.TreeWalkDiffers, "No DMARC record applies.");
            return;
        }

        DomainName walk = _discovery.Walk.OrganizationalDomain!;
        bool sameRecord = ReferenceEquals(list.Lookup, _discovery.Selection.Lookup);
        if (walk.Equals(list.OrganizationalDomain) && sameRecord) return;

        string records = sameRecord
            ? string.Empty
            : " The record that applies is that of " + (_discovery.Selection.Domain?.ToString() ?? "none") + " and of " + (list.Lookup?.Domain.ToString() ?? "none") + ".";
        _sheet.Report(
            DmarcChecks.TreeWalkDiffers.With(Domain, walk, list.OrganizationalDomain, records),
            expected: list.OrganizationalDomain.ToString(),
            actual: walk.ToString());
    }

    // At the domain itself; and without a record in its place, also without the underscore and with the zone's name doubled.
    private async Task ApplyStrayAsync(CancellationToken cancellationToken)
    {
        foreach ((DomainName above, DomainName name) in StrayNames())
        {
            DnsResponse response = await _resolver.QueryTxtBelowAsync(above, name, cancellationToken).ConfigureAwait(false);
            if (response.IsFailure)
            {
                _sheet.Unknown(DmarcChecks.WrongPlace, response);
                continue;
            }

            string? text = response.Texts.FirstOrDefault(DmarcParser.IsDmarc);
            if (text is not null && await IsOwnAsync(response, cancellationToken).ConfigureAwait(false)) ReportStray(name, text);
        }
    }

    // Each with the name that has to exist for it to exist.
    private IEnumerable<(DomainName Above, DomainName Name)> StrayNames()
    {
        yield return (Domain, Domain);
        if (_discovery.Own.IsFailure || _discovery.Own.Record is not null) yield break;

        if (Domain.TryPrepend("dmarc", out DomainName? bare)) yield return (Domain, bare!);
        if (Domain.TryPrepend(Domain.Text, out DomainName? twice) && twice!.TryPrepend(DmarcRecordBuilder.Label, out DomainName? doubled)) yield return (twice, doubled!);
    }

    private void ReportStray(DomainName name, string text)
    {
        if (_discovery.Own.Record is not null)
        {
            _sheet.Note(DmarcChecks.WrongPlace, "The text " + PrintableText.Quote(text) + " at " + name + " has no effect: the DMARC record is at " + NameOf(_discovery.Own) + ". It can be removed.");
            return;
        }

        bool free = !_discovery.Own.IsFailure && _discovery.Own.Candidates.Count == 0;
        DmarcRecord record = DmarcParser.Read(text);
        string? right = record.Faults.Count == 0 ? text : DmarcRepair.Correct(record, keepsPublicSuffix: false);
        TxtRecord? fix = free && right is not null ? ToRecord(Domain, right) : null;
        _sheet.Report(
            DmarcChecks.WrongPlace.With(name, PrintableText.Quote(text)),
            expected: DmarcRecordBuilder.Label + "." + Domain,
            actual: name.ToString(),
            recommendation: null,
            fix is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { fix });
    }

    private async Task ApplyWildcardAsync(CancellationToken cancellationToken)
    {
        if (!Domain.TryPrepend("*", out DomainName? name)) return;

        // A wildcard answers for every name that does not exist, if only with its other types (RFC 4592 section 2.2.1). That question is asked for other checks too.
        if (Domain.TryPrepend(AnswerSource.ProbeLabel, out DomainName? probe)
            && await _resolver.QueryTxtAsync(probe!, cancellationToken).ConfigureAwait(false) is { Status: DnsResponseStatus.NxDomain, IsAliased: false })
        {
            return;
        }

        DnsResponse response = await _resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            _sheet.Unknown(DmarcChecks.Wildcard, response);
        }
        else if (response.Texts.Count > 0)
        {
            bool dmarc = response.Texts.Any(DmarcParser.IsDmarc);
            _sheet.Report(
                DmarcChecks.Wildcard.With(name, dmarc ? ", as their DMARC record: " : ": ", PrintableText.Quote(response.Texts[0])),
                actual: PrintableText.Escape(response.Texts[0]));
        }
    }

    // What a wildcard answers with is at no name of its own; DMARC-WILDCARD tells of it.
    private async Task<bool> IsOwnAsync(DnsResponse answer, CancellationToken cancellationToken) =>
        await AnswerSource.OfAsync(_resolver, answer, Domain, cancellationToken).ConfigureAwait(false) is { Kind: AnswerSourceKind.Own };

    private static string NameOf(DmarcLookup lookup) => DmarcRecordBuilder.Label + "." + lookup.Domain;
}
