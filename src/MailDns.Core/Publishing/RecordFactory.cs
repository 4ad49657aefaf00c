namespace MailDns.Publishing;

/// <summary>Makes public records of what a lookup gave.</summary>
internal static class RecordFactory
{
    /// <summary>The record; null for types that MailDns has no class for.</summary>
    public static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose)
    {
        bool isZonesOwn = record.Type == DnsRecordType.Ns && record.Owner.Equals(zone);
        return isZonesOwn ? null : RecordTypes.Make(record, zone, record.Data is TxtData txt ? PurposeOf(record.Owner, txt.Text, purpose) : purpose);
    }

    /// <summary>All records of that owner and type in an answer; aliases on the way are left out.</summary>
    public static List<ResourceRecord> MakeSet(DnsResponse response, DomainName zone, RecordPurpose purpose)
    {
        var records = new List<ResourceRecord>();
        foreach (DnsRecord record in response.Records)
        {
            if (record.Type == response.Question.Type && record.Owner.Equals(response.Question.Name) && Make(record, zone, purpose) is { } made)
                records.Add(made);
        }

        return records;
    }

    /// <summary>The same record with another time to live.</summary>
    public static ResourceRecord WithTtl(ResourceRecord record, uint ttl) =>
        record.Ttl == ttl ? record : Make(new DnsRecord(record.Owner, record.DnsType, ttl, record.ToDnsRecord().Data), record.Zone, record.Purpose) ?? record;

    private static RecordPurpose PurposeOf(DomainName owner, string text, RecordPurpose purpose)
    {
        RecordPurpose found = RecordPurposes.OfText(owner, text);
        return found switch
        {
            RecordPurpose.Dmarc or RecordPurpose.DmarcReportAuthorization => purpose == RecordPurpose.DmarcReportAuthorization ? purpose : RecordPurpose.Dmarc,
            RecordPurpose.Other => purpose is RecordPurpose.Verification ? purpose : RecordPurpose.Other,
            _ => found,
        };
    }
}
