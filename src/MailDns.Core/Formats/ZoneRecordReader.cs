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
                skipped.Add(new SkippedRecord(what, "it is the zone's own", isExpected: true));
                continue;
            }

            try
            {
                ResourceRecord? made = Create(record, apex);
                if (made is not null)
                {
                    records.Add(made);
                    continue;
                }

                skipped.Add(new SkippedRecord(what, "MailDns has no object for its type", isExpected: false));
            }
            catch (Exception exception) when (exception is DomainNameException or ArgumentException)
            {
                skipped.Add(new SkippedRecord(what, exception.Message, isExpected: false));
            }
        }

        return records;
    }

    private static ResourceRecord? Create(DnsRecord record, DomainName zone)
    {
        RequirePlain(record.Owner);
        TimeSpan ttl = TimeSpan.FromSeconds(record.Ttl);
        RecordPurpose purpose = RecordPurposes.Of(record);
        return record.Data switch
        {
            TxtData txt when record.Type == DnsRecordType.Txt => new TxtRecord(record.Owner, zone, txt.Text, ttl, purpose),
            NameData name when record.Type == DnsRecordType.Cname => new CnameRecord(record.Owner, zone, RequirePlain(name.Target), ttl, purpose),
            NameData name when record.Type == DnsRecordType.Ns => new NsRecord(record.Owner, zone, RequirePlain(name.Target), ttl, purpose),
            MxData mx => new MxRecord(record.Owner, zone, mx.Preference, mx.Exchange.IsRoot ? mx.Exchange : RequirePlain(mx.Exchange), ttl, purpose),
            AddressData address when record.Type == DnsRecordType.A => new ARecord(record.Owner, zone, address.Address, ttl, purpose),
            AddressData address => new AaaaRecord(record.Owner, zone, address.Address, ttl, purpose),
            CaaData caa => new CaaRecord(record.Owner, zone, caa.Flags, caa.Tag, caa.Value, ttl, purpose),
            TlsaData tlsa => new TlsaRecord(record.Owner, zone, (TlsaCertificateUsage)tlsa.Usage, (TlsaSelector)tlsa.Selector, (TlsaMatchingType)tlsa.MatchingType, tlsa.AssociationData, ttl, purpose),
            _ => null,
        };
    }

    // Any octet may stand in a name of DNS (RFC 2181 section 11); what is not a host's, an attribute's or a wildcard's is left out.
    private static DomainName RequirePlain(DomainName name) =>
        ExportNames.IsPlain(name) ? name : throw new DomainNameException(name.Text, "it has other characters than letters, digits, hyphens and underscores.");
}

/// <summary>What a record found in a zone is for, by its text, name and type.</summary>
internal static class RecordPurposes
{
    public static RecordPurpose Of(DnsRecord record) => record.Type switch
    {
        DnsRecordType.Txt => OfText(record.Owner, ((TxtData)record.Data).Text),
        DnsRecordType.Cname => OfName(record.Owner),
        DnsRecordType.Mx => RecordPurpose.Mx,
        DnsRecordType.Ns => RecordPurpose.Delegation,
        DnsRecordType.Tlsa => RecordPurpose.Tlsa,
        DnsRecordType.Caa => RecordPurpose.Caa,
        DnsRecordType.A or DnsRecordType.Aaaa => RecordPurpose.Address,
        _ => RecordPurpose.Other,
    };

    private static RecordPurpose OfText(DomainName owner, string text) => TxtKinds.Of(owner, text) switch
    {
        TxtKind.Spf => RecordPurpose.Spf,
        TxtKind.SenderId => RecordPurpose.SenderId,
        TxtKind.Dmarc => Array.IndexOf(owner.Labels, "_report") >= 0 ? RecordPurpose.DmarcReportAuthorization : RecordPurpose.Dmarc,
        TxtKind.Dkim => RecordPurpose.Dkim,
        TxtKind.DomainKeysPolicy => RecordPurpose.DomainKeysPolicy,
        TxtKind.Bimi => RecordPurpose.Bimi,
        TxtKind.MtaSts => RecordPurpose.MtaSts,
        TxtKind.TlsRpt => RecordPurpose.TlsRpt,
        _ => RecordPurpose.Other,
    };

    // An alias has no text; these names have one use each.
    private static RecordPurpose OfName(DomainName owner)
    {
        string[] labels = owner.Labels;
        if (Array.IndexOf(labels, "_domainkey") > 0)
        {
            return RecordPurpose.Dkim;
        }

        if (Array.IndexOf(labels, "_bimi") > 0)
        {
            return RecordPurpose.Bimi;
        }

        return labels[0] switch
        {
            "_dmarc" => RecordPurpose.Dmarc,
            "_mta-sts" or "mta-sts" => RecordPurpose.MtaSts,
            "_smtp" when labels.Length > 1 && labels[1] == "_tls" => RecordPurpose.TlsRpt,
            _ => RecordPurpose.Other,
        };
    }
}

/// <summary>A record of a zone that no record object can hold.</summary>
internal sealed class SkippedRecord(string text, string reason, bool isExpected)
{
    /// <summary>Owner and type, escaped.</summary>
    public string Text { get; } = text;

    public string Reason { get; } = reason;

    /// <summary>True for the zone's own SOA and NS, which every zone has.</summary>
    public bool IsExpected { get; } = isExpected;
}
