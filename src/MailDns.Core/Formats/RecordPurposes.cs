using System;
using MailDns.Dns;

namespace MailDns.Formats;

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
