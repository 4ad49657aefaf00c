using System.Collections;
using System.IO;
using System.Net;

namespace MailDns;

/// <summary>
/// Takes a domain from a string or from an object that has one: the property Domain, DomainName, ZoneName, Name or Id, in
/// that order (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone, Get-MgDomain and MailDns's own objects). Anything else is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = { "Domain", "DomainName", "ZoneName", "Name", "Id" };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (data is IList list && data is not string)
        {
            var names = new List<string>(list.Count);
            foreach (object? item in list)
                names.Add(ToName(item));

            return names.ToArray();
        }

        return ToName(inputData);
    }

    private static string ToName(object? item)
    {
        if (item is null) return string.Empty;

        PSObject wrapped = PSObject.AsPSObject(item);
        if (wrapped.BaseObject is string text) return text;

        foreach (string name in s_properties)
        {
            object? value = wrapped.BaseObject is IDictionary entries ? entries[name] : wrapped.Properties[name]?.Value;
            // The Id of a process or of a script block is a number or a GUID, and no domain.
            if (value is not null and not ValueType) return value.ToString() ?? string.Empty;
        }

        throw new ArgumentTransformationMetadataException(
            ArgumentKind.Of(item, isFirst: true) + " does not name a domain: it has no property Domain, DomainName, ZoneName, Name or Id.");
    }
}

/// <summary>
/// Takes texts, addresses, and objects that have either: the properties IPAddress, IPv4Address, IPv6Address, Domain, DomainName and ZoneName. Anything
/// else is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressOrDomainArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = { "IPAddress", "IPv4Address", "IPv6Address", "Domain", "DomainName", "ZoneName" };

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Texts(inputData).ToArray();

    private static IEnumerable<string> Texts(object? item)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            case null:
                return new[] { string.Empty };
            case string text:
                return new[] { text };
            case IPAddress address:
                return new[] { address.ToString() };
            case IList list:
                return list.Cast<object?>().SelectMany(Texts);
            case object other:
                PSObject whole = PSObject.AsPSObject(item);
                object[] values = s_properties.Select(name => other is IDictionary entries ? entries[name] : whole.Properties[name]?.Value).OfType<object>().ToArray();
                return values.Length > 0
                    ? values.SelectMany(value => value is IList several && value is not string ? several.Cast<object?>() : new[] { value }).Select(value => value?.ToString() ?? string.Empty)
                    : throw new ArgumentTransformationMetadataException(ArgumentKind.Of(item, isFirst: true) + " has neither an address nor a domain: none of the properties " + string.Join(", ", s_properties) + ".");
        }
    }
}

/// <summary>What an argument is, in words: the names of .NET types say nothing to who typed a number or passed a file on.</summary>
internal static class ArgumentKind
{
    public static string Of(object? item, bool isFirst = false)
    {
        string kind = (item is null ? null : PSObject.AsPSObject(item).BaseObject) switch
        {
            null => "an empty value",
            string => "a text",
            bool => "a value that is true or false",
            byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or System.Numerics.BigInteger => "a number",
            DateTime or DateTimeOffset => "a date",
            TimeSpan => "a length of time",
            Guid => "a GUID",
            FileSystemInfo => "a file or folder",
            ScriptBlock => "a script block",
            IDictionary => "a hashtable",
            DictionaryEntry => "an entry of a hashtable",
            PSCustomObject => "an object",
            IEnumerable => "a list",
            object other => "an object of the type " + other.GetType().Name,
        };
        return isFirst ? char.ToUpperInvariant(kind[0]) + kind.Substring(1) : kind;
    }
}

/// <summary>
/// Reads a bare number as seconds, as every DNS tool does. PowerShell alone would take 3600 for ticks, a third of a
/// millisecond, and publish a time to live of 0.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimeToLiveArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return data switch
        {
            byte or sbyte or short or ushort or int or uint or long => FromSeconds(Convert.ToInt64(data, CultureInfo.InvariantCulture)),
            string text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) => FromSeconds(seconds),
            _ => inputData,
        };
    }

    private static object FromSeconds(long seconds) =>
        seconds is >= 0 and <= int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException("A time to live is 0 to 2147483647 seconds (RFC 2181 section 8).");
}

/// <summary>Takes MailDns records, also those that came back from Export-Clixml, a job or a remote session, and those of Microsoft Graph.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ResourceRecordArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (data is IEnumerable items and not string and not PSObject && data is not ResourceRecord)
        {
            var records = new List<ResourceRecord>();
            foreach (object? item in items)
                records.Add(Read(item));

            return records.ToArray();
        }

        return new[] { Read(inputData) };
    }

    private static ResourceRecord Read(object? item)
    {
        try
        {
            return (item is null ? null : new PropertyBag(item).ReadRecord() ?? GraphRecord.Read(PSObject.AsPSObject(item)))
                ?? throw new ArgumentTransformationMetadataException(
                    "A MailDns record object is required (New-*Record, or one that was exported and imported again); this is "
                    + ArgumentKind.Of(item) + ".");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            throw new ArgumentTransformationMetadataException("The record cannot be read: " + exception.Message, exception);
        }
    }
}

/// <summary>
/// Reads what Get-MgDomainServiceConfigurationRecord and Get-MgDomainVerificationDnsRecord give (Microsoft Graph, resource
/// type domainDnsRecord): Label, RecordType and Ttl, the rest by name in AdditionalProperties.
/// </summary>
internal static class GraphRecord
{
    /// <summary>The record as one to compare and publish; null for anything else.</summary>
    public static ResourceRecord? Read(PSObject item)
    {
        if (item.Properties["Label"]?.Value?.ToString() is not { Length: > 0 } label || item.Properties["RecordType"]?.Value?.ToString() is not { } type
            || item.Properties["AdditionalProperties"]?.Value is not { } bag || Unwrap(bag) is not IDictionary more || !DomainName.TryParse(label, out DomainName? owner, out _))
        {
            return null;
        }

        TimeSpan timeToLive = TimeSpan.FromSeconds(Convert.ToUInt32(item.Properties["Ttl"]?.Value ?? 3600, CultureInfo.InvariantCulture));
        ushort Number(string name) => Convert.ToUInt16(Unwrap(more[name]) ?? 0, CultureInfo.InvariantCulture);
        string? Text(string name) => Unwrap(more[name])?.ToString();
        return type.ToUpperInvariant() switch
        {
            "MX" when Text("mailExchange") is { } exchange => new MxRecord(owner!, owner!, Number("preference"), DomainName.FromDns(exchange), timeToLive, RecordPurpose.Mx),
            "TXT" when Text("text") is { } text => new TxtRecord(owner!, owner!, text, timeToLive, PurposeOf(text)),
            "CNAME" when Text("canonicalName") is { } target => new CnameRecord(owner!, ZoneOf(owner!), DomainName.FromDns(target), timeToLive, owner!.Text.IndexOf("._domainkey.", StringComparison.Ordinal) > 0 ? RecordPurpose.Dkim : RecordPurpose.Other),
            "SRV" when Text("nameTarget") is { } host => new SrvRecord(owner!, ZoneOf(owner!), new SrvData(Number("priority"), Number("weight"), Number("port"), DomainName.FromDns(host)), timeToLive, RecordPurpose.Other),
            _ => null,
        };
    }

    private static RecordPurpose PurposeOf(string text) => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) ? RecordPurpose.Spf : RecordPurpose.Verification;

    // The domain is not told: an alias of the service stands one label below it, a key or a service two.
    private static DomainName ZoneOf(DomainName owner) => owner.Labels.Length > 3 && owner.Labels[1][0] == '_' ? owner.Parent.Parent : owner.Parent;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
