using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.MtaSts;
using MailDns.TlsRpt;

namespace MailDns.Sending;

/// <summary>What the names themselves show: whether the domain exists, failed lookups, wildcards, names doubled with the zone.</summary>
internal sealed class NameRules(DomainName domain, RecordingResolver resolver, CheckSheet sheet)
{
    /// <summary>Labels of the name where the search for a DNAME ends: no top level domain has one.</summary>
    private const int LabelsOfTop = 2;

    /// <summary>Failed lookups that one result names; the count tells the rest.</summary>
    private const int NamedFailures = 5;

    private readonly DomainName _domain = domain;
    private readonly RecordingResolver _resolver = resolver;
    private readonly CheckSheet _sheet = sheet;

    /// <summary>
    /// Asks what <see cref="ApplyAsync"/> will ask, all at the same time; it is judged when everything else has been seen.
    /// The check's resolver keeps the answers.
    /// </summary>
    public Task AskAheadAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        IEnumerable<Task> asked = Names(selectors).Select(name => AskDoubledAsync(name, cancellationToken));
        return Task.WhenAll(_domain.TryPrepend(AnswerSource.ProbeLabel, out DomainName? probe)
            ? asked.Append(_resolver.QueryTxtAsync(probe!, cancellationToken))
            : asked);
    }

    /// <summary>Asks what is still to be asked and judges.</summary>
    /// <param name="selectors">The DKIM selectors that are known to be in use.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public async Task ApplyAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        await ApplyWildcardAsync(cancellationToken).ConfigureAwait(false);
        await ApplyDoubledAsync(selectors, cancellationToken).ConfigureAwait(false);
        ApplyLength(selectors);
        await ApplyDanglingAsync(selectors, cancellationToken).ConfigureAwait(false);
        DnsResponse[] texts = OwnTexts();
        DnsTextRules.Apply(_domain, texts, _sheet);
        bool hasNames = new RecordNameRules(_domain, _sheet).Apply(_resolver.Answers);
        CompleteRecords(texts.Any(answer => answer.Texts.Count > 0), hasNames);
        ApplyExistence();
        ApplyFailures();
        ApplyTcp();
    }

    // Texts of other people's names, such as included SPF records, are theirs to mend.
    private DnsResponse[] OwnTexts() => _resolver.Answers
        .Where(answer => answer.Question.Type == DnsRecordType.Txt && answer.Question.Name.IsSameOrBelow(_domain) && !answer.IsAliased)
        .ToArray();

    private async Task ApplyWildcardAsync(CancellationToken cancellationToken)
    {
        if (!_domain.TryPrepend(AnswerSource.ProbeLabel, out DomainName? probe))
        {
            _sheet.NotApplicable(DnsChecks.Wildcard, "The domain's name is too long for a name below it.");
            return;
        }

        DnsResponse answer = await _resolver.QueryTxtAsync(probe!, cancellationToken).ConfigureAwait(false);
        if (answer.IsFailure)
        {
            _sheet.Unknown(DnsChecks.Wildcard, answer);
        }
        else if ((answer.Status == DnsResponseStatus.Success || answer.IsAliased)
            && !await AnswerSource.IsDnameAsync(_resolver, answer, _domain.LastLabels(LabelsOfTop), cancellationToken).ConfigureAwait(false))
        {
            string what = answer.Texts.Count > 0 ? PrintableText.Quote(answer.Texts[0]) : "an alias of " + answer.CanonicalName;
            _sheet.Report(DnsChecks.Wildcard.With(_domain, what));
        }
    }

    // A selector and a long domain can make a name that no question can carry (RFC 1035 section 2.3.4).
    private void ApplyLength(IReadOnlyList<string> selectors)
    {
        foreach (string name in selectors.Select(selector => selector + "." + DkimSelector.Label + "." + _domain.Text))
        {
            if (name.Length > DomainName.MaxLength)
            {
                _sheet.Report(DnsChecks.NameLength.Saying(PrintableText.Escape(name) + " has " + name.Length + " characters; DNS allows " + DomainName.MaxLength + "."));
                return;
            }
        }
    }

    // An alias of nothing: no record can stand beside it (RFC 1034 section 3.6.2), and whoever gets the target's name decides.
    private async Task ApplyDanglingAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        foreach (string name in Names(selectors).Where(name => name.Length > 0))
        {
            if (!_domain.TryPrepend(name, out DomainName? owner)) continue;

            DnsResponse answer = await _resolver.QueryTxtAsync(owner!, cancellationToken).ConfigureAwait(false);
            if (answer is { IsVoid: true, IsAliased: true } && !owner!.Equals(answer.CanonicalName)
                && !await AnswerSource.IsDnameAsync(_resolver, answer, _domain.LastLabels(LabelsOfTop), cancellationToken).ConfigureAwait(false))
            {
                _sheet.Report(
                    DnsChecks.CnameDangling.Saying(owner + " is an alias of " + answer.CanonicalName + ", where nothing is published (" + answer.Describe() + "). No record can be published beside an alias."),
                    actual: answer.CanonicalName.ToString());
            }
        }
    }

    // The zone's name typed as part of the host: _dmarc.example.com.example.com. Asked only where the right name has nothing.
    private async Task ApplyDoubledAsync(IReadOnlyList<string> selectors, CancellationToken cancellationToken)
    {
        DnsResponse? failure = null;
        foreach (string name in Names(selectors))
        {
            if (!TryGetNames(name, out DomainName? right, out DomainName? doubled)) continue;

            DnsResponse present = await _resolver.QueryTxtAsync(right!, cancellationToken).ConfigureAwait(false);
            bool isMissing = IsMissing(name, present);
            DnsResponse answer = isMissing ? await AskBelowAsync(doubled!, cancellationToken).ConfigureAwait(false) : present;
            failure ??= answer.IsFailure ? answer : null;
            if (!isMissing) continue;

            string? text = answer.Texts.FirstOrDefault(candidate => name.Length == 0 ? SpfParser.IsSpfRecord(candidate) : DnsTextRules.LooksLikeMail(candidate));
            if (text is not null && await AnswerSource.OfAsync(_resolver, answer, _domain, cancellationToken).ConfigureAwait(false) is { Kind: AnswerSourceKind.Own })
            {
                var fix = new TxtRecord(right!, _domain, text, System.TimeSpan.FromHours(1), PurposeOf(name));
                _sheet.Report(
                    DnsChecks.NameDoubled.With(right, doubled),
                    expected: right!.ToString(),
                    actual: doubled!.ToString(),
                    recommendation: null,
                    IsSound(name, text) && !present.IsAliased ? new ResourceRecord[] { fix } : System.Array.Empty<ResourceRecord>());
            }
        }

        if (failure is not null) _sheet.CompleteUnknown(new[] { DnsChecks.NameDoubled }, failure);
    }

    private static IEnumerable<string> Names(IReadOnlyList<string> selectors) =>
        new[] { string.Empty, DmarcRecordBuilder.Label, BimiSelector.Default + "." + BimiSelector.Label, MtaStsRecordBuilder.Label, TlsRptRecordBuilder.Label }.Concat(selectors.Select(selector => selector + "." + DkimSelector.Label));

    private async Task AskDoubledAsync(string name, CancellationToken cancellationToken)
    {
        if (TryGetNames(name, out DomainName? right, out DomainName? doubled)
            && IsMissing(name, await _resolver.QueryTxtAsync(right!, cancellationToken).ConfigureAwait(false)))
        {
            await AskBelowAsync(doubled!, cancellationToken).ConfigureAwait(false);
        }
    }

    // Where the zone's name does not exist in the zone: one question in place of one a record.
    private Task<DnsResponse> AskBelowAsync(DomainName doubled, CancellationToken cancellationToken) =>
        _resolver.QueryTxtBelowAsync(doubled.LastLabels(2 * _domain.LabelCount), doubled, cancellationToken);

    // The name as it should be and with the zone's name twice; empty is the domain itself.
    private bool TryGetNames(string name, out DomainName? right, out DomainName? doubled)
    {
        doubled = null;
        right = _domain;
        return (name.Length == 0 || _domain.TryPrepend(name, out right)) && DomainName.TryParseDns(right!.Text + "." + _domain.Text, out doubled);
    }

    private static bool IsMissing(string name, DnsResponse present) =>
        name.Length == 0 ? !present.IsFailure && !present.IsAliased && !present.Texts.Any(SpfParser.IsSpfRecord) : present.IsVoid;

    private static RecordPurpose PurposeOf(string name) =>
        name.Length == 0 ? RecordPurpose.Spf
        : name == MtaStsRecordBuilder.Label ? RecordPurpose.MtaSts
        : name == TlsRptRecordBuilder.Label ? RecordPurpose.TlsRpt
        : name == DmarcRecordBuilder.Label ? RecordPurpose.Dmarc
        : name.EndsWith(BimiSelector.Label, System.StringComparison.Ordinal) ? RecordPurpose.Bimi
        : RecordPurpose.Dkim;

    // A record that has a fault of its own is not offered for another name.
    private static bool IsSound(string name, string text) => text.All(c => c >= 0x20 && c <= 0x7E) && PurposeOf(name) switch
    {
        RecordPurpose.Spf => SpfParser.TryParse(text, out _, out _),
        RecordPurpose.Dmarc => DmarcParser.Read(text) is { HasVersion: true, Faults.Count: 0 },
        RecordPurpose.MtaSts => MtaStsParser.Read(text).Faults.Count == 0,
        RecordPurpose.TlsRpt => TlsRptParser.Read(text).Faults.Count == 0,
        RecordPurpose.Bimi => BimiParser.Read(text).Faults.Count == 0,
        _ => DkimTextRules.WhyUnusable(text) is null,
    };

    // What a failed lookup hides may hold anything.
    private void CompleteRecords(bool hasTexts, bool hasNames)
    {
        DnsResponse? failure = _resolver.Answers.FirstOrDefault(answer =>
            answer.IsFailure && answer.Question.Name.IsSameOrBelow(_domain) && answer.Question.Type is DnsRecordType.Txt or DnsRecordType.Mx);
        if (failure is not null) _sheet.CompleteUnknown(DnsChecks.OfRecords, failure);

        _sheet.CompletePass(DnsChecks.OfTexts, hasTexts, "There is no TXT record.");
        _sheet.CompletePass(DnsChecks.OfNames, hasNames, "There is no record that names a host.");
        _sheet.CompletePass(DnsChecks.OfRecords, hasTexts || hasNames, "There is no record to judge.");
    }

    // Whose port it is, the server's or a firewall's on the way, cannot be told from here.
    private void ApplyTcp()
    {
        DnsResponse[] truncated = _resolver.Answers.Where(answer => answer.Status == DnsResponseStatus.TruncatedNoTcp).ToArray();
        if (truncated.Length > 0)
        {
            string named = string.Join(", ", truncated.Take(NamedFailures).Select(answer => answer.Question.ToString()));
            _sheet.Report(DnsChecks.TcpFail.With(named));
        }
        else if (!_resolver.Answers.Any(answer => !answer.IsFailure))
        {
            _sheet.NotApplicable(DnsChecks.TcpFail, "No lookup was answered.");
        }
    }

    private void ApplyExistence()
    {
        DnsResponse? apex = _resolver.Answers.FirstOrDefault(answer => answer.Question.Name.Equals(_domain) && answer.Question.Type == DnsRecordType.Txt);
        if (apex is null || apex.IsFailure)
            _sheet.Unknown(DnsChecks.NxDomain, "The lookup of " + _domain + " failed" + (apex is null ? "." : ": " + apex.Describe() + "."), cause: apex);
        else if (apex.Status == DnsResponseStatus.NxDomain && !apex.IsAliased)
            _sheet.Report(DnsChecks.NxDomain.With(_domain));
    }

    private void ApplyFailures()
    {
        // A name outside the zone files is no failure of DNS; the checks that need it say that they do not know.
        DnsResponse[] failures = _resolver.Answers.Where(answer => answer.IsFailure && answer.Status != DnsResponseStatus.OutOfZone).ToArray();
        if (failures.Length == 0)
        {
            NoteOutside();
            return;
        }

        foreach (DnsResponse[] alike in failures.GroupBy(answer => answer.Describe(), StringComparer.Ordinal).Select(group => group.ToArray()))
            _sheet.Unknown(DnsChecks.LookupFailed, FailedLookups.Describe(alike), cause: alike[0]);

        // What the aliases of a host that was looked at have shown is said already, link by link.
        DnsResponse[] loops = failures.Where(answer => answer.Status == DnsResponseStatus.AliasLoop).ToArray();
        if (loops.Length > 0 && !_sheet.Results.Any(result => result.Id == DnsChecks.CnameLoop.Id && result.Status == CheckStatus.Fail))
        {
            string names = FailedLookups.Named(loops.Select(answer => answer.Question.Name.ToString()).Distinct(StringComparer.Ordinal).ToArray());
            _sheet.Report(DnsChecks.CnameLoop.Saying("The aliases (CNAME) of " + names + " form a loop or are too many to follow."), loops[0]);
        }
    }

    // "Every lookup was answered" would not be true of these.
    private void NoteOutside()
    {
        int outside = _resolver.Answers.Count(answer => answer.Status == DnsResponseStatus.OutOfZone);
        if (outside > 0 && _resolver.Answers.All(answer => answer.IsFailure))
            _sheet.NotApplicable(DnsChecks.LookupFailed, "The zone files given have no name that was looked up.");
        else if (outside > 0)
            _sheet.Pass(DnsChecks.LookupFailed, "No lookup failed; " + outside + (outside == 1 ? " was" : " were") + " outside the zone files given.");
    }
}
