using MailDns.Dmarc;

namespace MailDns.Bimi;

/// <summary>
/// Finds the BIMI record of a domain: at the Author Domain, else at the Organizational Domain, with the same selector (BIMI
/// draft section 8.2), and asks whether DMARC lets it run.
/// </summary>
internal static class BimiStatusReader
{
    /// <summary>Reads the record without its logo.</summary>
    public static Task<BimiStatus> ReadAsync(DomainName domain, string selector, IDnsResolver resolver, CancellationToken cancellationToken) =>
        ReadAsync(domain, selector, resolver, logo: null, cancellationToken);

    /// <summary>Reads the record, and fetches its logo and mark certificate where told how.</summary>
    public static Task<BimiStatus> ReadAsync(DomainName domain, string selector, IDnsResolver resolver, BimiLogoFetch? logo, CancellationToken cancellationToken) =>
        ReadAsync(domain, selector, resolver, logo, () => DmarcStatusReader.ReadAsync(domain, resolver, DmarcStatusOptions.Default, cancellationToken), cancellationToken);

    /// <summary>The same where somebody reads the domain's DMARC anyway.</summary>
    public static async Task<BimiStatus> ReadAsync(DomainName domain, string selector, IDnsResolver resolver, BimiLogoFetch? logo, Func<Task<DmarcStatus>> readDmarc, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        IReadOnlyList<CheckDefinition> checks = logo is null ? BimiChecks.All : BimiChecks.All.Concat(BimiLogoFetch.Checks).ToArray();
        if (!BimiSelector.TryParse(selector, out _, out string reason))
        {
            sheet.Report(BimiChecks.SelectorSyntax.With(PrintableText.Quote(selector), reason));
            sheet.CompleteNotApplicable(checks, "The selector is not valid.");
            return new BimiStatus(domain.Text, PrintableText.Escape(selector), recordName: null, Array.Empty<string>(), record: null, sheet);
        }

        DmarcStatus dmarc = await readDmarc().ConfigureAwait(false);
        DomainName? organization = dmarc.OrganizationalDomain is { } name && DomainName.TryParseDns(name, out DomainName? parsed) && !parsed!.Equals(domain) ? parsed : null;
        bool mayStandAbove = organization is null && dmarc.Outcome == DmarcOutcome.Unknown;
        if (await FindAsync(domain, organization, selector, resolver, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            CompleteWithoutRoom(domain, selector, mayStandAbove, dmarc, checks, sheet);
            return new BimiStatus(domain.Text, selector, recordName: null, Array.Empty<string>(), record: null, sheet);
        }

        BimiRecord? record = Judge(answer, domain, selector, mayStandAbove, sheet);
        if (record is { IsDeclination: false })
        {
            DmarcStatus? above = organization is null
                ? null
                : await DmarcStatusReader.ReadAsync(organization, resolver, DmarcStatusOptions.Default, cancellationToken).ConfigureAwait(false);
            BimiDmarcRules.Apply(dmarc, above, sheet);
        }

        // Without the Organizational Domain nobody knows whether a record stands there.
        if (mayStandAbove && Found(answer).Texts.Length == 0)
        {
            sheet.CompleteUnknown(BimiChecks.All, "The Organizational Domain of " + domain + " is not known, and a record may be there.", FailedLookups.CauseOf(dmarc.Results));
        }

        Complete(answer, record, sheet);
        MarkCertificate? certificate = null;
        if (logo is not null && mayStandAbove && Found(answer).Texts.Length == 0)
        {
            sheet.CompleteUnknown(BimiLogoFetch.Checks, "It is not known whether a record names a logo.", FailedLookups.CauseOf(dmarc.Results));
        }
        else if (logo is not null)
        {
            var target = new MarkCertificateTarget(domain, selector, organization, isOrganizationKnown: dmarc.Outcome != DmarcOutcome.Unknown);
            certificate = await ApplyLogoAsync(logo, answer, record, target, sheet, cancellationToken).ConfigureAwait(false);
        }

        string[] texts = Found(answer).Texts;
        return new BimiStatus(domain.Text, selector, texts.Length > 0 ? answer.Question.Name.ToString() : null, texts, record, sheet, certificate);
    }

    private static async Task<MarkCertificate?> ApplyLogoAsync(BimiLogoFetch logo, DnsResponse answer, BimiRecord? record, MarkCertificateTarget target, CheckSheet sheet, CancellationToken cancellationToken)
    {
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(BimiLogoFetch.Checks, answer);
            return null;
        }

        return await logo.ApplyAsync(record, target, sheet, cancellationToken).ConfigureAwait(false);
    }

    // Null where there is no record above and the domain's name leaves no room for one of its own.
    private static async Task<DnsResponse?> FindAsync(DomainName domain, DomainName? organization, string selector, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse? own = await AskAsync(selector, domain, resolver, cancellationToken).ConfigureAwait(false);
        if (own is { IsFailure: true } || organization is null || (own is not null && Found(own).Texts.Length > 0))
            return own;

        DnsResponse? above = await AskAsync(selector, organization, resolver, cancellationToken).ConfigureAwait(false);
        return above is not null && (above.IsFailure || Found(above).Texts.Length > 0) ? above : own;
    }

    private static async Task<DnsResponse?> AskAsync(string selector, DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        BimiSelector.TryGetName(selector, domain, out DomainName? name) ? await resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false) : null;

    private static void CompleteWithoutRoom(DomainName domain, string selector, bool mayStandAbove, DmarcStatus dmarc, IReadOnlyList<CheckDefinition> checks, CheckSheet sheet)
    {
        if (mayStandAbove)
        {
            sheet.CompleteUnknown(checks, "The Organizational Domain of " + domain + " is not known, and a record may be there.", FailedLookups.CauseOf(dmarc.Results));
            return;
        }

        sheet.Report(BimiChecks.Missing.With(domain, selector, "the name is longer than DNS allows (RFC 1035 section 2.3.4)"));
        sheet.CompleteNotApplicable(checks, "There is no BIMI record to judge.");
    }

    private static SingleText Found(DnsResponse answer) => new(answer, BimiParser.IsBimi, BimiParser.LooksLikeBimi);

    private static BimiRecord? Judge(DnsResponse answer, DomainName domain, string selector, bool mayStandAbove, CheckSheet sheet)
    {
        DomainName owner = answer.Question.Name;
        SingleText found = Found(answer);
        if ((found.Texts.Length == 0 && mayStandAbove)
            || found.Judge(BimiChecks.Missing, BimiChecks.Multiple, sheet, domain, selector) is not { } text)
        {
            return null;
        }

        BimiRecord record = BimiParser.Read(text);
        DomainName zone = owner.IsBelow(domain) ? domain : owner.LastLabels(owner.LabelCount - BimiSelector.NameOf(selector, DomainName.Root).LabelCount);
        BimiTextRules.Apply(record, owner, zone, sheet);
        return record;
    }

    private static void Complete(DnsResponse answer, BimiRecord? record, CheckSheet sheet)
    {
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(BimiChecks.All, answer);
        }
        else if (record is null)
        {
            sheet.CompleteNotApplicable(BimiChecks.All, "There is no BIMI record to judge.");
        }
        else
        {
            if (record.IsDeclination)
                sheet.CompleteNotApplicable(BimiChecks.Dmarc, "The domain declines to take part in BIMI.");

            sheet.CompletePass(BimiChecks.All);
        }
    }
}
