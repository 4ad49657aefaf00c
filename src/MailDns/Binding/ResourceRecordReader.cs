using System;
using System.Globalization;
using System.Management.Automation;

namespace MailDns;

/// <summary>Reads a MailDns record from the object itself or from its deserialized copy.</summary>
internal static class ResourceRecordReader
{
    private const string DeserializedPrefix = "Deserialized.MailDns.";

    /// <summary>False for anything that is no MailDns record.</summary>
    public static bool TryRead(object item, out ResourceRecord? record)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        record = wrapped.BaseObject as ResourceRecord;
        if (record is not null)
        {
            return true;
        }

        if (wrapped.TypeNames.Count == 0 || !wrapped.TypeNames[0].StartsWith(DeserializedPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        record = Rebuild(wrapped);
        return record is not null;
    }

    private static ResourceRecord? Rebuild(PSObject copy)
    {
        string zone = Text(copy, nameof(ResourceRecord.ZoneName));
        string name = Text(copy, nameof(ResourceRecord.Name));
        TimeSpan timeToLive = TimeSpan.FromSeconds(Convert.ToUInt32(copy.Properties[nameof(ResourceRecord.Ttl)]?.Value ?? 3600u, CultureInfo.InvariantCulture));
        if (!Enum.TryParse(Text(copy, nameof(ResourceRecord.Purpose)), out RecordPurpose purpose))
        {
            purpose = RecordPurpose.Other;
        }

        switch (Text(copy, nameof(ResourceRecord.RecordType)))
        {
            case "TXT":
                return new TxtRecord(zone, name, Text(copy, nameof(TxtRecord.Value)), timeToLive, purpose);
            case "CNAME":
                return new CnameRecord(zone, name, Text(copy, nameof(CnameRecord.Cname)), timeToLive, purpose);
            case "MX":
                ushort preference = Convert.ToUInt16(copy.Properties[nameof(MxRecord.Preference)]?.Value ?? 0, CultureInfo.InvariantCulture);
                return new MxRecord(zone, name, preference, Text(copy, nameof(MxRecord.Exchange)), timeToLive, purpose);
            default:
                return null;
        }
    }

    private static string Text(PSObject copy, string property) => copy.Properties[property]?.Value?.ToString() ?? string.Empty;
}
