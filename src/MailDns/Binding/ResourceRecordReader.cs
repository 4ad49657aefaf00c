using System.Net;

namespace MailDns;

/// <summary>Reads a MailDns record from the object itself or from its deserialized copy.</summary>
internal static class ResourceRecordReader
{
    private const string DeserializedPrefix = "Deserialized.MailDns.";

    /// <summary>False for anything that is no MailDns record and none of Microsoft Graph.</summary>
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
            return GraphRecord.TryRead(wrapped, out record);
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
                string[] strings = Strings(copy);
                return string.Equals(string.Concat(strings), Text(copy, nameof(TxtRecord.Value)), StringComparison.Ordinal)
                    ? new TxtRecord(zone, name, strings, timeToLive, purpose)
                    : new TxtRecord(zone, name, Text(copy, nameof(TxtRecord.Value)), timeToLive, purpose);
            case "CNAME":
                return new CnameRecord(zone, name, Text(copy, nameof(CnameRecord.Cname)), timeToLive, purpose);
            case "MX":
                ushort preference = Convert.ToUInt16(copy.Properties[nameof(MxRecord.Preference)]?.Value ?? 0, CultureInfo.InvariantCulture);
                return new MxRecord(zone, name, preference, Text(copy, nameof(MxRecord.Exchange)), timeToLive, purpose);
            case "A":
                return new ARecord(zone, name, IPAddress.Parse(Text(copy, nameof(ARecord.IPv4Address))), timeToLive, purpose);
            case "AAAA":
                return new AaaaRecord(zone, name, IPAddress.Parse(Text(copy, nameof(AaaaRecord.IPv6Address))), timeToLive, purpose);
            case "NS":
                return new NsRecord(zone, name, Text(copy, nameof(NsRecord.NameServer)), timeToLive, purpose);
            case "TLSA":
                return new TlsaRecord(zone, name, Choice<TlsaCertificateUsage>(copy, nameof(TlsaRecord.CertificateUsage)), Choice<TlsaSelector>(copy, nameof(TlsaRecord.Selector)), Choice<TlsaMatchingType>(copy, nameof(TlsaRecord.MatchingType)), Text(copy, nameof(TlsaRecord.CertificateAssociationData)), timeToLive, purpose);
            case "CAA":
                return new CaaRecord(zone, name, Octet(copy, nameof(CaaRecord.CaaFlags)), Text(copy, nameof(CaaRecord.CaaTag)), Text(copy, nameof(CaaRecord.CaaValue)), timeToLive, purpose);
            default:
                return null;
        }
    }

    // How the strings are cut, where the copy goes deep enough to tell.
    private static string[] Strings(PSObject copy)
    {
        object? value = copy.Properties[nameof(TxtRecord.Strings)]?.Value;
        value = value is PSObject wrapped ? wrapped.BaseObject : value;
        return value is System.Collections.IEnumerable items and not string
            ? items.Cast<object?>().Select(item => item?.ToString() ?? string.Empty).ToArray()
            : Array.Empty<string>();
    }

    private static T Choice<T>(PSObject copy, string property)
        where T : struct, Enum => Enum.TryParse(Text(copy, property), out T choice) ? choice : default;

    private static byte Octet(PSObject copy, string property) => Convert.ToByte(copy.Properties[property]?.Value ?? 0, CultureInfo.InvariantCulture);

    private static string Text(PSObject copy, string property) => copy.Properties[property]?.Value?.ToString() ?? string.Empty;
}
