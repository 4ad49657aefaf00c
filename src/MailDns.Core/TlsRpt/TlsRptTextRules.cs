using MailDns.Dmarc;

namespace MailDns.TlsRpt;

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
