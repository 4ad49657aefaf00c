namespace MailDns.Dns;

/// <summary>What a record found in a zone is for, by its text, name and type.</summary>
internal static class RecordPurposes
{
    public static RecordPurpose Of(DnsRecord record) => record.Type switch
    {
        DnsRecordType.Txt when record.Data is TxtData txt => OfText(record.Owner, txt.Text),
        DnsRecordType.Cname => OfName(record.Owner),
        _ => RecordTypes.Find(record.Type)?.Purpose ?? RecordPurpose.Other,
    };

    /// <summary>What a text says that it is for.</summary>
    public static RecordPurpose OfText(DomainName owner, string text) => TxtKinds.Of(owner, text) switch
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
        if (Array.IndexOf(labels, "_domainkey") > 0) return RecordPurpose.Dkim;
        if (Array.IndexOf(labels, "_bimi") > 0) return RecordPurpose.Bimi;

        return labels[0] switch
        {
            "_dmarc" => RecordPurpose.Dmarc,
            "_mta-sts" or "mta-sts" => RecordPurpose.MtaSts,
            "_smtp" when labels.Length > 1 && labels[1] == "_tls" => RecordPurpose.TlsRpt,
            _ => RecordPurpose.Other,
        };
    }
}
