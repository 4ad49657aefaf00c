namespace MailDns.Dkim;

/// <summary>Looks for leftovers of DomainKeys at _domainkey and of ADSP at _adsp._domainkey.</summary>
internal static class DomainKeysStatusReader
{
    /// <summary>Asks both names at once and judges what is there.</summary>
    public static async Task<DomainKeysStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        if (!domain.TryPrepend("_adsp." + DkimSelector.Label, out DomainName? adspName))
        {
            sheet.CompleteNotApplicable(DomainKeysChecks.All, "The domain's name is too long for a name below it.");
            return Judged(new DomainKeysStatus(domain.Text, string.Empty), sheet);
        }

        DomainName name = domain.Prepend(DkimSelector.Label);
        Task<DnsResponse> policyTask = resolver.QueryTxtAsync(name, cancellationToken);
        Task<DnsResponse> adspTask = resolver.QueryTxtAsync(adspName!, cancellationToken);
        DnsResponse policy = await policyTask.ConfigureAwait(false);
        DnsResponse adsp = await adspTask.ConfigureAwait(false);

        DomainKeysPolicy? outbound = JudgePolicy(policy, sheet);
        string? adspRecord = JudgeAdsp(adsp, sheet);
        sheet.CompletePass(DomainKeysChecks.All);
        var status = new DomainKeysStatus(domain.Text, name.Text)
        {
            Record = PolicyOf(policy) is { } text ? PrintableText.Escape(text) : null,
            Records = policy.Texts.Select(PrintableText.Escape).ToArray(),
            Policy = outbound,
            AdspRecord = adspRecord is null ? null : PrintableText.Escape(adspRecord),
        };
        return Judged(status, sheet);
    }

    // Both are Historic: what is left of either is not as it should be.
    private static DomainKeysStatus Judged(DomainKeysStatus status, CheckSheet sheet)
    {
        status.Judge(sheet, isThere: true);
        status.IsValid = sheet.Results.Any(result => result.Status == CheckStatus.Unknown) ? null : sheet.Results.All(result => result.Passed);
        return status;
    }

    private static string? PolicyOf(DnsResponse response) => response.Texts.FirstOrDefault(DomainKeysPolicyParser.LooksLikePolicy);

    private static DomainKeysPolicy? JudgePolicy(DnsResponse response, CheckSheet sheet)
    {
        if (response.IsFailure)
        {
            sheet.Unknown(DomainKeysChecks.Policy, response);
            sheet.Unknown(DomainKeysChecks.PolicySyntax, response);
            return null;
        }

        if (PolicyOf(response) is { } text)
        {
            DomainKeysPolicyRecord record = DomainKeysPolicyParser.Read(text, out IReadOnlyList<TextFault> faults);
            sheet.Report(
                DomainKeysChecks.Policy.With(response.Question.Name, PrintableText.Quote(text)),
                expected: null,
                actual: PrintableText.Escape(text));
            if (faults.Count > 0)
                sheet.Report(DomainKeysChecks.PolicySyntax.Saying("The text at " + response.Question.Name + " is no DomainKeys policy: " + faults[0].Message + "."));

            return record.Outbound ?? DomainKeysPolicy.SignsSome;
        }

        // A key at _domainkey itself is one whose selector was forgotten.
        string? key = response.Texts.FirstOrDefault(value => DkimKeyParser.Read(value).LooksLikeKey);
        if (key is not null)
        {
            sheet.Report(
                DomainKeysChecks.PolicySyntax.Saying("The text at " + response.Question.Name + " is a DKIM key without a selector in front, where no verifier looks."),
                recommendation: "Publish the key at <selector>._domainkey and remove it here.");
        }
        else if (response.Texts.Count == 0)
        {
            sheet.NotApplicable(DomainKeysChecks.PolicySyntax, "There is no text at " + response.Question.Name + ".");
        }

        return null;
    }

    // Other texts come from a wildcard and are no ADSP record: "dkim" has to stand first (RFC 5617 section 4.2.1).
    private static string? JudgeAdsp(DnsResponse response, CheckSheet sheet)
    {
        if (response.IsFailure)
        {
            sheet.Unknown(DomainKeysChecks.AdspHistoric, response);
            return null;
        }

        string? text = response.Texts.FirstOrDefault(StartsWithDkim);
        if (text is not null)
        {
            sheet.Report(
                DomainKeysChecks.AdspHistoric.With(response.Question.Name, PrintableText.Quote(text)),
                expected: null,
                actual: PrintableText.Escape(text));
        }

        return text;
    }

    private static bool StartsWithDkim(string text)
    {
        IReadOnlyList<TagSpec> tags = TagList.Split(text);
        return tags.Count > 0 && tags[0].HasEquals && string.Equals(tags[0].Name, "dkim", StringComparison.Ordinal);
    }
}
