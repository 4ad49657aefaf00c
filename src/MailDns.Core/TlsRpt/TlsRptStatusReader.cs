using MailDns.Dmarc;

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

/// <summary>The checks of SMTP TLS reporting (RFC 8460): the one place that declares them.</summary>
internal static class TlsRptChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.TlsRpt);
    public static readonly CheckDefinition Missing = s_rows.Information("TLSRPT-MISSING", CheckNeeds.Dns, "TLS reports are requested", "No TLS-RPT record was found at {name}: {answer}.", "Optional: TLS reports show TLS failures on the way to the domain's mail exchangers. See New-TlsRptRecord.", "RFC 8460 section 3");
    public static readonly CheckDefinition Multiple = s_rows.Error("TLSRPT-MULTIPLE", CheckNeeds.Dns, "One TLS-RPT record only", "{n} TLS-RPT records at {name}: senders act as if there was none.", "Keep one; its rua may name several addresses.", "RFC 8460 section 3");
    public static readonly CheckDefinition Syntax = s_rows.Error("TLSRPT-SYNTAX", CheckNeeds.Text, "The TLS-RPT record is valid", "The record is not valid: {fault}", "Publish v=TLSRPTv1; rua=mailto:<address>.", "RFC 8460 section 3, tlsrpt-record");
    public static readonly CheckDefinition ReportUri = s_rows.Error("TLSRPT-RUA", CheckNeeds.Text, "Every report address is a mailto: or https: URI", "rua is missing, or is not a usable URI: {fault}", "Write rua=mailto:<address>, separated by commas if there are several.", "RFC 8460 section 3, tlsrpt-rua");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}

/// <summary>What is wrong in a TLS-RPT record's text.</summary>
internal static class TlsRptTextRules
{
    /// <summary>Reports the faults, with the corrected record where the addresses can be read.</summary>
    public static void Apply(TlsRptRecord record, DomainName domain, CheckSheet sheet)
    {
        TxtRecord? corrected = Corrected(record, domain);
        ResourceRecord[] fix = corrected is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { corrected };
        foreach (IGrouping<CheckDefinition, TextFault> faults in record.Faults.GroupBy(fault => fault.Check))
        {
            sheet.Report(
                faults.Key.Saying(string.Join(" ", faults.Take(3).Select(fault => fault.Message))),
                corrected?.Text,
                record.Text,
                recommendation: null,
                fix);
        }
    }

    // The addresses, and what extensions say; null where anything else can be read, or an address cannot.
    private static TxtRecord? Corrected(TlsRptRecord record, DomainName domain)
    {
        if (record.Faults.Count == 0 || PastedFields.Read(record.RawText, TlsRptParser.VersionPattern, "rua", "rau") is not { } fields)
            return null;

        // "!" has no meaning here and is part of the address.
        string?[] lists = fields.Where(field => field.Key is "rua" or "rau" or "" && !PastedFields.IsIdle(field))
            .Select(field => field.Value.Length == 0 ? string.Empty : field.Value.IndexOf('!') >= 0 ? null : DmarcReportUriWriter.TryUnderstandList(field.Value))
            .ToArray();
        string[] uris = lists.Where(list => list is { Length: > 0 }).SelectMany(list => list!.Split(',')).Distinct(StringComparer.Ordinal).ToArray();
        IEnumerable<string> others = fields.Where(field => field.Key is not ("rua" or "rau" or "")).Select(field => field.Key + "=" + field.Value);
        if (uris.Length == 0 || Array.IndexOf(lists, null) >= 0) return null;

        string text = string.Join("; ", new[] { "v=TLSRPTv1", "rua=" + string.Join(",", uris) }.Concat(others));
        return TlsRptParser.Read(text).Faults.Count == 0 ? new TxtRecord(domain.Prepend(TlsRptRecordBuilder.Label), domain, text, TimeSpan.FromHours(1), RecordPurpose.TlsRpt) : null;
    }
}
