namespace MailDns.TlsRpt;

/// <summary>What is wrong in a TLS-RPT record's text.</summary>
internal static class TlsRptTextRules
{
    /// <summary>Reports the faults, with the corrected record where the addresses can be read.</summary>
    public static void Apply(TlsRptRecord record, DomainName domain, CheckSheet sheet)
    {
        TxtRecord? corrected = Corrected(record, domain);
        ResourceRecord[] fix = corrected is null ? Array.Empty<ResourceRecord>() : new ResourceRecord[] { corrected };
        foreach (IGrouping<bool, TlsRptFault> faults in record.Faults.GroupBy(fault => fault.IsReportUri))
        {
            sheet.Report(
                (faults.Key ? TlsRptChecks.ReportUri : TlsRptChecks.Syntax).Saying(string.Join(" ", faults.Take(3).Select(fault => fault.Message))),
                corrected?.Value,
                record.Text,
                recommendation: null,
                fix);
        }
    }

    // An address without its scheme, or with rua in another case, is plain enough; an address that is none is left to a person.
    private static TxtRecord? Corrected(TlsRptRecord record, DomainName domain)
    {
        string[] given = record.RawUris.Count > 0
            ? record.RawUris.ToArray()
            : TagList.Split(record.RawText).Where(tag => tag.HasEquals && string.Equals(tag.Name, "rua", StringComparison.OrdinalIgnoreCase)).SelectMany(tag => tag.Value.Split(',')).ToArray();
        try
        {
            return record.Faults.Count > 0 && given.Length > 0 ? TlsRptRecordBuilder.Create(domain, domain, given, TimeSpan.FromHours(1)) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
