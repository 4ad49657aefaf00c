namespace MailDns.Formats;

/// <summary>The records of a zone file as record objects.</summary>
internal static class ZoneRecordReader
{
    /// <summary>In the file's order.</summary>
    /// <param name="file">The file as read.</param>
    /// <param name="zone">The zone of the records, where it is another than the file's apex.</param>
    /// <param name="skipped">Takes what has no record object.</param>
    public static IReadOnlyList<ResourceRecord> Read(ZoneFile file, DomainName? zone, ICollection<SkippedRecord> skipped)
    {
        DomainName apex = zone ?? file.Apex;
        var records = new List<ResourceRecord>();
        foreach (DnsRecord record in file.Records)
        {
            string what = record.Owner + " " + DnsRecordTypes.Mnemonic(record.Type);
            if (record.Owner.Equals(apex) && record.Type is DnsRecordType.Soa or DnsRecordType.Ns)
            {
                skipped.Add(new SkippedRecord(what, "every zone has them", IsExpected: true));
                continue;
            }

            try
            {
                ResourceRecord? made = Make(record, apex, RecordPurposes.Of(record));
                if (made is not null)
                {
                    records.Add(made);
                    continue;
                }

                skipped.Add(new SkippedRecord(what, "MailDns has no object for its type", IsExpected: false));
            }
            catch (Exception exception) when (exception is DomainNameException or ArgumentException)
            {
                skipped.Add(new SkippedRecord(what, exception.Message, IsExpected: false));
            }
        }

        return records;
    }

    /// <summary>The record object; null for a type that has none.</summary>
    /// <exception cref="DomainNameException">A name has characters that only some tools can write, or cannot be the record's.</exception>
    /// <exception cref="ArgumentException">The data cannot be the record's.</exception>
    public static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose)
    {
        RequirePlain(record.Owner);
        foreach ((RecordField field, object value) in RecordText.Fields(record.Type, record.Data))
        {
            _ = value is DomainName name && !(name.IsRoot && field.AllowsRoot) ? RequirePlain(name) : null;
        }

        return RecordTypes.Make(record, zone, purpose);
    }

    // Any octet may stand in a name of DNS (RFC 2181 section 11); what is not a host's, an attribute's or a wildcard's is left out.
    private static DomainName RequirePlain(DomainName name) =>
        ExportNames.IsPlain(name) ? name : throw DomainNameException.Misplaced(
            name,
            name.IsRoot ? "the root cannot be the owner or the target of this record." : "it has other characters than letters, digits, hyphens and underscores, which not every tool can write.");
}

/// <summary>A record of a zone that no record object can hold.</summary>
/// <param name="Text">Owner and type, escaped.</param>
/// <param name="IsExpected">True for the zone's own SOA and NS, which every zone has.</param>
internal sealed record SkippedRecord(string Text, string Reason, bool IsExpected);
