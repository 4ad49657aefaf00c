namespace MailDns.Caa;

/// <summary>Reads the CAA records that apply to a domain, and whether they get in the way of what the domain announces.</summary>
internal sealed class CaaStatusReader(DomainName domain, IDnsResolver resolver)
{
    private readonly DomainName _domain = domain;
    private readonly CheckSheet _sheet = new(domain.Text);

    /// <summary>Reads them.</summary>
    public static Task<CaaStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new CaaStatusReader(domain, resolver).ReadAsync(cancellationToken);

    private async Task<CaaStatus> ReadAsync(CancellationToken cancellationToken)
    {
        CaaSet set = await CaaSet.FindAsync(_domain, resolver, cancellationToken).ConfigureAwait(false);
        if (set.Failure is { } failure)
        {
            _sheet.CompleteUnknown(CaaChecks.All, failure);
            return new CaaStatus(_domain, set, _sheet);
        }

        CaaRules.Apply(set, _domain, _sheet);
        await JudgeMarkAsync(set, cancellationToken).ConfigureAwait(false);
        await JudgeMtaStsAsync(cancellationToken).ConfigureAwait(false);
        if (set.Owner is null) _sheet.CompleteNotApplicable(CaaChecks.All, "No CAA applies to " + _domain + ".");

        _sheet.CompletePass(CaaChecks.All);
        return new CaaStatus(_domain, set, _sheet);
    }

    private async Task JudgeMarkAsync(CaaSet set, CancellationToken cancellationToken)
    {
        DnsResponse? answer = await TextsAsync("default._bimi", cancellationToken).ConfigureAwait(false);
        if (answer is { IsFailure: true } && set.Owner is not null)
            _sheet.Unknown(CaaChecks.IssueVmc, answer);
        else if (answer?.Texts.Any(text => TxtKinds.Of(answer.Question.Name, text) == TxtKind.Bimi && NamesEvidence(text)) == true)
            CaaRules.ApplyPermission(CaaChecks.IssueVmc, set, CaaProperty.IssueVmc, "the mark certificate that BIMI of " + _domain + " names", _sheet);
        else
            _sheet.NotApplicable(CaaChecks.IssueVmc, "No BIMI record of " + _domain + " names a mark certificate.");
    }

    private static bool NamesEvidence(string text) => TagList.Split(text).Any(tag => tag.HasEquals && tag.Name == "a" && tag.Value.Length > 0);

    private async Task JudgeMtaStsAsync(CancellationToken cancellationToken)
    {
        DnsResponse? answer = await TextsAsync("_mta-sts", cancellationToken).ConfigureAwait(false);
        if (answer is { IsFailure: true })
        {
            _sheet.Unknown(CaaChecks.BlocksMtaSts, answer);
        }
        else if (answer?.Texts.Any(text => TxtKinds.Of(answer.Question.Name, text) == TxtKind.MtaSts) == true)
        {
            DomainName host = _domain.Prepend("mta-sts");
            CaaSet set = await CaaSet.FindAsync(host, resolver, cancellationToken).ConfigureAwait(false);
            CaaRules.ApplyPermission(CaaChecks.BlocksMtaSts, set, CaaProperty.Issue, "for " + host, _sheet);
        }
        else
        {
            _sheet.NotApplicable(CaaChecks.BlocksMtaSts, _domain + " does not announce MTA-STS.");
        }
    }

    private async Task<DnsResponse?> TextsAsync(string labels, CancellationToken cancellationToken) =>
        _domain.TryPrepend(labels, out DomainName? name) ? await resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false) : null;
}
