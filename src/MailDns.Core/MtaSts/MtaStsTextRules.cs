namespace MailDns.MtaSts;

/// <summary>What is wrong in an MTA-STS record's text.</summary>
internal static class MtaStsTextRules
{
    /// <summary>Reports the faults, with the corrected record where the id can be kept.</summary>
    public static void Apply(MtaStsRecord record, DomainName domain, CheckSheet sheet)
    {
        ResourceRecord[] fix = record.Id is { } id && MtaStsParser.IsId(id)
            ? new ResourceRecord[] { MtaStsRecordBuilder.Create(domain, domain, id, TimeSpan.FromHours(1)) }
            : Array.Empty<ResourceRecord>();
        foreach (IGrouping<MtaStsFaultKind, MtaStsFault> faults in record.Faults.GroupBy(fault => fault.Kind))
        {
            sheet.Report(
                (faults.Key == MtaStsFaultKind.Id ? MtaStsChecks.Id : MtaStsChecks.Syntax).Saying(string.Join(" ", faults.Take(3).Select(fault => fault.Message))),
                expected: (fix.FirstOrDefault() as TxtRecord)?.Value,
                actual: record.Text,
                fix: fix);
        }
    }
}
