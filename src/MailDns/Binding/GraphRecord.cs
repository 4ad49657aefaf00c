using System.Collections;

namespace MailDns;

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
