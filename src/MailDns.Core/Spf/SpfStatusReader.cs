namespace MailDns.Spf;

/// <summary>Reads and judges the SPF record of a domain and everything it leads to.</summary>
internal sealed class SpfStatusReader
{
    private static readonly CheckDefinition[] s_places = { SpfChecks.RecordType99, SpfChecks.WrongPlace };

    private static readonly CheckDefinition[] s_presence = { SpfChecks.Missing, SpfChecks.Multiple };

    private static readonly CheckDefinition[] s_texts = SpfChecks.All.Where(check => check.Needs == CheckNeeds.Text).ToArray();

    private readonly DomainName _domain;
    private readonly IDnsResolver _resolver;
    private readonly CheckSheet _sheet;

    private SpfStatusReader(DomainName domain, IDnsResolver resolver)
    {
        _domain = domain;
        _resolver = resolver;
        _sheet = new CheckSheet(domain.Text);
    }

    /// <summary>The status with one result at least for every check of <see cref="SpfChecks.All"/>.</summary>
    public static async Task<SpfStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var reader = new SpfStatusReader(domain, resolver);
        SpfNode root = await SpfTreeWalker.WalkAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        return await reader.JudgeAsync(root, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SpfStatus> JudgeAsync(SpfNode root, CancellationToken cancellationToken)
    {
        switch (root.Status)
        {
            case SpfNodeStatus.Failed:
                _sheet.CompleteUnknown(SpfChecks.All, root.Response!);
                return new SpfStatus(_domain, root, _sheet);
            case SpfNodeStatus.None:
                ApplyMissing(root);
                break;
            case SpfNodeStatus.Multiple:
                await ApplyMultipleAsync(root, cancellationToken).ConfigureAwait(false);
                break;
            default:
                ApplyRecord(root);
                break;
        }

        // What follows says nothing of how receivers evaluate the record.
        bool? isValid = _sheet.HasFailure ? false : _sheet.IsClean ? root.Record is not null : null;
        if (root.Record is not null) await ApplyExplanationAsync(root.Record, cancellationToken).ConfigureAwait(false);

        await ApplyPlacesAsync(root, cancellationToken).ConfigureAwait(false);
        _sheet.CompletePass(SpfChecks.All);
        return new SpfStatus(_domain, root, _sheet) { IsValid = isValid };
    }

    private void ApplyMissing(SpfNode root)
    {
        string? near = root.Response!.Texts.FirstOrDefault(TxtKinds.LooksLikeSpf);
        string how = root.Response.IsVoid ? " (" + root.Response.Describe() + ")" : string.Empty;
        _sheet.Report(
            SpfChecks.Missing.With(_domain, how, near is null ? string.Empty : " " + PrintableText.Quote(near) + " is not one."));
        if (near is not null)
        {
            SpfReading reading = SpfParser.Read(near);
            SpfTextRules.Apply(_domain, reading, _sheet, ToRecord(root.Response), StringsOf(root.Response, near));
        }

        _sheet.CompleteNotApplicable(SpfChecks.All.Except(s_places), "There is no SPF record.");
    }

    private async Task ApplyMultipleAsync(SpfNode root, CancellationToken cancellationToken)
    {
        string? merged = SpfMerger.TryMerge(root.Texts);
        string records = string.Join(" and ", root.Texts.Take(5).Select(PrintableText.Quote));
        string message = root.Texts.Count + " SPF records at " + _domain + ": every check ends in permerror. " + records;
        Func<string, ResourceRecord>? toRecord = ToRecord(root.Response!);
        if (merged is null || toRecord is null || !await IsWithinLimitsAsync(merged, cancellationToken).ConfigureAwait(false))
        {
            _sheet.Report(SpfChecks.Multiple.Saying(message));
        }
        else
        {
            _sheet.Report(
                SpfChecks.Multiple.Saying(message),
                expected: PrintableText.Escape(merged),
                recommendation: "Replace all of them by " + PrintableText.Quote(merged) + ".",
                fix: toRecord(merged));
        }

        _sheet.Pass(SpfChecks.Missing);
        _sheet.CompleteNotApplicable(SpfChecks.All.Except(s_places), "There is not exactly one SPF record.");
    }

    // A merged record that no receiver can evaluate is no correction.
    private async Task<bool> IsWithinLimitsAsync(string text, CancellationToken cancellationToken)
    {
        SpfNode tree = await SpfTreeWalker.WalkAsync(_domain, text, _resolver, cancellationToken).ConfigureAwait(false);
        return !tree.IsTreeIncomplete && tree.CumulativeLookupCount <= SpfLimits.Default.LookupTerms;
    }

    private void ApplyRecord(SpfNode root)
    {
        _sheet.Found(SpfChecks.Missing, root.Reading!.Record.Text);
        SpfTextRules.Apply(_domain, root.Reading!, _sheet, ToRecord(root.Response!), StringsOf(root.Response!, root.Reading!.Record.Source));
        SpfTreeRules.Apply(root, _sheet);
        _sheet.CompletePass(s_presence.Concat(s_texts));
    }

    // Section 6.2: a fail is not explained where the target is not one readable text.
    private async Task ApplyExplanationAsync(SpfRecord record, CancellationToken cancellationToken)
    {
        if (record.Explanation is null)
        {
            _sheet.NotApplicable(SpfChecks.ExplanationTarget, "The record has no exp=.");
            return;
        }

        string term = PrintableText.Quote(record.Explanation.Text);
        string? expanded = MacroExpander.Expand(record.Explanation.Value, new MacroFacts { SenderDomain = _domain.Text }, _domain.Text);
        if (expanded is null)
        {
            _sheet.NotApplicable(SpfChecks.ExplanationTarget, "The target of " + term + " depends on the message.");
            return;
        }

        if (!MacroExpander.TryGetName(expanded, out DomainName? target))
        {
            _sheet.Report(SpfChecks.ExplanationTarget.Saying(term + " does not yield a valid domain name and is ignored."));
            return;
        }

        DnsResponse response = await _resolver.QueryTxtAsync(target!, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
            _sheet.Unknown(SpfChecks.ExplanationTarget, response);
        else if (response.Texts.Count != 1)
            _sheet.Report(SpfChecks.ExplanationTarget.Saying(target + " has " + response.Texts.Count + " TXT records instead of one: " + term + " is ignored."));
        else if (ExplanationText.Read(response.Texts[0]) is null)
            _sheet.Report(SpfChecks.ExplanationTarget.Saying("The text at " + target + " is not an explanation: " + PrintableText.Quote(response.Texts[0]) + "; " + term + " is ignored."));
    }

    private async Task ApplyPlacesAsync(SpfNode root, CancellationToken cancellationToken)
    {
        var places = new SpfPlaceRules(_domain, _resolver, _sheet);
        Task<DnsResponse[]> placed = places.AskAsync(cancellationToken);
        DnsResponse old = await _resolver.QueryAsync(_domain, DnsRecordType.Spf, cancellationToken).ConfigureAwait(false);
        if (old.IsFailure)
            _sheet.Unknown(SpfChecks.RecordType99, old);
        else if (old.Status == DnsResponseStatus.Success)
            _sheet.Report(SpfChecks.RecordType99.With(_domain));

        await places.ApplyAsync(root, await placed.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<string>? StringsOf(DnsResponse response, string text) =>
        response.Data<TxtData>().FirstOrDefault(value => value.Text == text)?.Strings;

    // The correction has the time to live of what it replaces. Where the name is an alias it belongs to somebody else.
    private Func<string, ResourceRecord>? ToRecord(DnsResponse response)
    {
        if (response.IsAliased) return null;

        // A loop: a Min() of numbers is compiled with its vectors, which the first check of a session would wait 6 ms for.
        uint? least = null;
        foreach (DnsRecord record in response.Records.Where(record => record.Type == DnsRecordType.Txt))
            least = Math.Min(least ?? uint.MaxValue, record.Ttl);

        TimeSpan timeToLive = TimeSpan.FromSeconds(Math.Min(least ?? 3600, int.MaxValue));
        return text => new TxtRecord(_domain, _domain, text, timeToLive, RecordPurpose.Spf);
    }
}
