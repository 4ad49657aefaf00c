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

        DnsResponse answer = await resolver.QueryTxtAsync(owner!, cancellationToken).ConfigureAwait(false);
        string[] texts = Records(answer);
        return new TlsRptStatus(domain.Text, texts, Judge(answer, texts, domain, sheet), sheet);
    }

    // What does not begin with "v=TLSRPTv1;" is discarded; what was meant to is shown only where nothing else is left.
    private static string[] Records(DnsResponse answer)
    {
        string[] records = answer.Texts.Where(TlsRptParser.IsTlsRpt).ToArray();
        return records.Length > 0 ? records : answer.Texts.Where(TlsRptParser.LooksLikeTlsRpt).ToArray();
    }

    private static TlsRptRecord? Judge(DnsResponse answer, string[] texts, DomainName domain, CheckSheet sheet)
    {
        if (answer.IsFailure)
        {
            sheet.CompleteUnknown(TlsRptChecks.All, answer);
            return null;
        }

        if (texts.Length == 1)
        {
            TlsRptRecord record = TlsRptParser.Read(texts[0]);
            sheet.Found(TlsRptChecks.Missing, texts[0]);
            TlsRptTextRules.Apply(record, domain, sheet);
            sheet.CompletePass(TlsRptChecks.All);
            return record;
        }

        if (texts.Length == 0)
        {
            sheet.Report(TlsRptChecks.Missing.With(answer.Question.Name, answer.Describe()));
        }
        else
        {
            sheet.Report(TlsRptChecks.Multiple.With(texts.Length, answer.Question.Name), actual: string.Join(" | ", texts.Take(5).Select(PrintableText.Escape)));
        }

        sheet.CompleteNotApplicable(TlsRptChecks.All, "There is no TLS-RPT record to judge.");
        return null;
    }
}
