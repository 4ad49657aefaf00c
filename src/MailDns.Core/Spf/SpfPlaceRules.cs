namespace MailDns.Spf;

/// <summary>Looks for SPF records at names where people put them by mistake and no receiver looks.</summary>
internal sealed class SpfPlaceRules(DomainName domain, IDnsResolver resolver, CheckSheet sheet)
{
    private static readonly string[] s_labels = { "_spf", "_dmarc", "_domainkey" };

    private readonly DomainName _domain = domain;
    private readonly IDnsResolver _resolver = resolver;
    private readonly CheckSheet _sheet = sheet;

    public async Task ApplyAsync(SpfNode root, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await AskAsync(cancellationToken).ConfigureAwait(false);
        string?[] texts = answers.Select(answer => answer.Texts.FirstOrDefault(SpfParser.IsSpfRecord)).ToArray();

        // The same record at every name is a wildcard's.
        if (texts.Length == s_labels.Length && texts[0] is not null && texts.All(text => text == texts[0])) return;

        foreach (DnsResponse answer in answers)
        {
            if (answer.IsFailure)
                _sheet.Unknown(SpfChecks.WrongPlace, answer);
            else if (answer.Texts.FirstOrDefault(SpfParser.IsSpfRecord) is { } text && !IsInTree(root, answer.Question.Name))
                Report(answer.Question.Name, text, root.Status == SpfNodeStatus.None);
        }
    }

    private void Report(DomainName name, string text, bool isMissing)
    {
        // _spf is where many keep what their own record includes; unused it does no harm while there is a record.
        if (!isMissing && name.Labels[0] == s_labels[0]) return;

        string message = "An SPF record is at " + name + ", where receivers do not look: " + PrintableText.Quote(text);
        if (isMissing && SpfParser.TryParse(text, out _, out _))
            _sheet.Report(SpfChecks.WrongPlace.Saying(message), fix: new TxtRecord(_domain, _domain, text, System.TimeSpan.FromHours(1), RecordPurpose.Spf));
        else
            _sheet.Report(SpfChecks.WrongPlace.Saying(message));
    }

    private async Task<DnsResponse[]> AskAsync(CancellationToken cancellationToken)
    {
        var questions = new List<Task<DnsResponse>>();
        foreach (string label in s_labels)
        {
            if (_domain.TryPrepend(label, out DomainName? name))
                questions.Add(_resolver.QueryTxtAsync(name!, cancellationToken));
        }

        return await Task.WhenAll(questions).ConfigureAwait(false);
    }

    private static bool IsInTree(SpfNode root, DomainName name) => root.SelfAndDescendants.Any(node => name.Equals(node.Domain));
}
