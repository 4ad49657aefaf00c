namespace MailDns.MtaSts;

/// <summary>What is wrong in an MTA-STS record's text.</summary>
internal static class MtaStsTextRules
{
    /// <summary>Reports the faults, with the corrected record where the id can be kept.</summary>
    public static void Apply(MtaStsRecord record, DomainName domain, CheckSheet sheet)
    {
        MtaStsPolicyRules.ApplyDuplicates(record.Faults, sheet);
        ResourceRecord[] fix = Corrected(record.RawText) is { } text
            ? new ResourceRecord[] { new TxtRecord(domain.Prepend(MtaStsRecordBuilder.Label), domain, text, TimeSpan.FromHours(1), RecordPurpose.MtaSts) }
            : Array.Empty<ResourceRecord>();
        foreach (IGrouping<CheckDefinition, TextFault> faults in record.Faults.Where(fault => fault.Check != MtaStsChecks.Duplicate).GroupBy(fault => fault.Check))
        {
            sheet.Report(
                faults.Key.Saying(string.Join(" ", faults.Take(3).Select(fault => fault.Message))),
                expected: (fix.FirstOrDefault() as TxtRecord)?.Text,
                actual: record.Text,
                fix: fix);
        }
    }

    // One id and what extensions say; null where the text holds anything else, or two ids.
    private static string? Corrected(string text)
    {
        if (PastedFields.Read(text, MtaStsParser.VersionPattern, "id") is not { } fields) return null;

        string[] ids = fields.Where(field => field.Key == "id").Select(field => field.Value).Distinct(StringComparer.Ordinal).ToArray();
        IEnumerable<string> others = fields.Where(field => field.Key != "id" && !PastedFields.IsIdle(field)).Select(field => field.Key + "=" + field.Value);
        string corrected = string.Join("; ", new[] { "v=STSv1", "id=" + ids.FirstOrDefault() }.Concat(others));
        return ids.Length == 1 && MtaStsParser.Read(corrected).Faults.Count == 0 ? corrected : null;
    }
}
