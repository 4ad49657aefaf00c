namespace MailDns.TlsRpt;

/// <summary>Reads and judges the TLS-RPT record of a domain (RFC 8460 section 3).</summary>
internal static class TlsRptStatusReader
{
    /// <summary>Reads it.</summary>
    public static async Task<TlsRptStatus> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain.Text);
        if (!domain.TryPrepend(TlsRptRecordBuilder.Label, out DomainName? owner))
        {
            sheet.CompleteNotApplicable(TlsRptChecks.All, "The domain's name is too long for a name below it.");
            return new TlsRptStatus(domain.Text, Array.Empty<string>(), record: null, sheet);
        }

        var found = new SingleText(await resolver.QueryTxtAsync(owner!, cancellationToken).ConfigureAwait(false), TlsRptParser.IsTlsRpt, TlsRptParser.LooksLikeTlsRpt);
        return new TlsRptStatus(domain.Text, found.Texts, Judge(found, domain, sheet), sheet);
    }

    private static TlsRptRecord? Judge(SingleText found, DomainName domain, CheckSheet sheet)
    {
        if (found.Judge(TlsRptChecks.Missing, TlsRptChecks.Multiple, sheet, found.Answer.Question.Name) is not { } text)
        {
            found.CompleteWithout(TlsRptChecks.All, "There is no TLS-RPT record to judge.", sheet);
            return null;
        }

        TlsRptRecord record = TlsRptParser.Read(text);
        TlsRptTextRules.Apply(record, domain, sheet);
        sheet.CompletePass(TlsRptChecks.All);
        return record;
    }
}
