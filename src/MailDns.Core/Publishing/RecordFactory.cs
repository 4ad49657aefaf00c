namespace MailDns.Publishing;

/// <summary>Makes public records of what a lookup gave.</summary>
internal static class RecordFactory
{
    /// <summary>The record; null for types that MailDns has no class for.</summary>
    public static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose)
    {
        TimeSpan ttl = TimeSpan.FromSeconds(Math.Min(record.Ttl, int.MaxValue));
        return record.Data switch
        {
            TxtData txt when record.Type == DnsRecordType.Txt => new TxtRecord(record.Owner, zone, txt.Strings, ttl, PurposeOf(record.Owner, txt.Text, purpose)),
            NameData name when record.Type == DnsRecordType.Cname => new CnameRecord(record.Owner, zone, name.Target, ttl, purpose),
            NameData name when record.Type == DnsRecordType.Ns && !record.Owner.Equals(zone) => new NsRecord(record.Owner, zone, name.Target, ttl, purpose),
            MxData mx => new MxRecord(record.Owner, zone, mx.Preference, mx.Exchange, ttl, purpose),
            AddressData address when record.Type == DnsRecordType.A => new ARecord(record.Owner, zone, address.Address, ttl, purpose),
            AddressData address when record.Type == DnsRecordType.Aaaa => new AaaaRecord(record.Owner, zone, address.Address, ttl, purpose),
            TlsaData tlsa => new TlsaRecord(record.Owner, zone, (TlsaCertificateUsage)tlsa.Usage, (TlsaSelector)tlsa.Selector, (TlsaMatchingType)tlsa.MatchingType, tlsa.AssociationData, ttl, purpose),
            CaaData caa => new CaaRecord(record.Owner, zone, caa.Flags, caa.Tag, caa.Value, ttl, purpose),
            _ => null,
        };
    }

    /// <summary>All records of that owner and type in an answer; aliases on the way are left out.</summary>
    public static List<ResourceRecord> MakeSet(DnsResponse response, DomainName zone, RecordPurpose purpose)
    {
        var records = new List<ResourceRecord>();
        foreach (DnsRecord record in response.Records)
        {
            if (record.Type == response.Question.Type && record.Owner.Equals(response.Question.Name) && Make(record, zone, purpose) is { } made)
            {
                records.Add(made);
            }
        }

        return records;
    }

    /// <summary>The same record with another time to live.</summary>
    public static ResourceRecord WithTtl(ResourceRecord record, uint ttl) =>
        record.Ttl == ttl ? record : Make(new DnsRecord(record.Owner, record.DnsType, ttl, record.ToDnsRecord().Data), record.Zone, record.Purpose) ?? record;

    private static RecordPurpose PurposeOf(DomainName owner, string text, RecordPurpose purpose) => TxtKinds.Of(owner, text) switch
    {
        TxtKind.Spf => RecordPurpose.Spf,
        TxtKind.SenderId => RecordPurpose.SenderId,
        TxtKind.Dkim => RecordPurpose.Dkim,
        TxtKind.Dmarc => purpose == RecordPurpose.DmarcReportAuthorization ? purpose : RecordPurpose.Dmarc,
        TxtKind.DomainKeysPolicy => RecordPurpose.DomainKeysPolicy,
        TxtKind.Bimi => RecordPurpose.Bimi,
        TxtKind.MtaSts => RecordPurpose.MtaSts,
        TxtKind.TlsRpt => RecordPurpose.TlsRpt,
        _ => purpose is RecordPurpose.Verification ? purpose : RecordPurpose.Other,
    };
}
