namespace MailDns.Formats;

/// <summary>Puts records into record sets, and refuses what no zone could hold.</summary>
internal static class ExportSets
{
    /// <summary>The sets in the order of their first record. Refused ones go to <paramref name="errors"/>.</summary>
    public static IReadOnlyList<ExportSet> Group(IEnumerable<ResourceRecord> records, ICollection<RecordExportError> errors)
    {
        var sets = new List<ExportSet>();
        var index = new Dictionary<(DomainName, DomainName, DnsRecordType), ExportSet>();
        foreach (ResourceRecord record in records)
        {
            var key = (record.Zone, record.Owner, record.DnsType);
            if (!index.TryGetValue(key, out ExportSet? set))
            {
                set = new ExportSet(record.Zone, record.Owner, record.DnsType);
                index.Add(key, set);
                sets.Add(set);
            }

            set.Add(record.Ttl, record.Data);
        }

        ILookup<(DomainName, DomainName), ExportSet> places = sets.ToLookup(set => (set.Zone, set.Owner));
        return sets.Where(set => Accepts(set, places[(set.Zone, set.Owner)], errors)).ToArray();
    }

    private static bool Accepts(ExportSet set, IEnumerable<ExportSet> sets, ICollection<RecordExportError> errors)
    {
        try
        {
            ExportNames.Check(set);
        }
        catch (RecordExportException exception)
        {
            errors.Add(new RecordExportError(set.Owner.Text, exception));
            return false;
        }

        string? conflict = Conflict(set, sets);
        if (conflict is null) return true;

        errors.Add(new RecordExportError(set.Owner.Text, new RecordExportException(RecordExportFault.Conflict, set.Place + ": " + conflict)));
        return false;
    }

    // RFC 1034 section 3.6.2: a name with a CNAME has no other data.
    private static string? Conflict(ExportSet set, IEnumerable<ExportSet> sets)
    {
        if (set.Type == DnsRecordType.Cname && set.Data.Count > 1)
            return "a name has one CNAME (RFC 1034 section 3.6.2); these have " + set.Data.Count + " targets.";

        ExportSet? other = sets.FirstOrDefault(one => one != set && (one.Type == DnsRecordType.Cname || set.Type == DnsRecordType.Cname));
        return other is null ? null : "a CNAME is alone at its name (RFC 1034 section 3.6.2), and there is " + other.TypeName + " too; neither is written.";
    }
}
