using System.Collections;

namespace MailDns;

/// <summary>
/// Reads what Get-MgDomainServiceConfigurationRecord and Get-MgDomainVerificationDnsRecord give (Microsoft Graph, resource
/// type domainDnsRecord): Label, RecordType and Ttl, the rest by name in AdditionalProperties.
/// </summary>
internal static class GraphRecord
{
    /// <summary>The record as one to compare and publish; false for anything else, and for types that this module does not make.</summary>
    public static bool TryRead(PSObject item, out ResourceRecord? record)
    {
        record = null;
        if (item.Properties["Label"]?.Value?.ToString() is not { Length: > 0 } label || item.Properties["RecordType"]?.Value?.ToString() is not { } type
            || item.Properties["AdditionalProperties"]?.Value is not { } bag || Unwrap(bag) is not IDictionary more || !DomainName.TryParse(label, out DomainName? owner, out _))
        {
            return false;
        }

        TimeSpan timeToLive = TimeSpan.FromSeconds(Convert.ToUInt32(item.Properties["Ttl"]?.Value ?? 3600, CultureInfo.InvariantCulture));
        string? Text(string name) => Unwrap(more[name])?.ToString();
        record = type.ToUpperInvariant() switch
        {
            "MX" when Text("mailExchange") is { } exchange => new MxRecord(owner!, owner!, Convert.ToUInt16(Unwrap(more["preference"]) ?? 0, CultureInfo.InvariantCulture), DomainName.FromDns(exchange), timeToLive, RecordPurpose.Mx),
            "TXT" when Text("text") is { } text => new TxtRecord(owner!, owner!, text, timeToLive, PurposeOf(text)),
            "CNAME" when Text("canonicalName") is { } target => new CnameRecord(owner!, ZoneOf(owner!), DomainName.FromDns(target), timeToLive, owner!.Text.IndexOf("._domainkey.", StringComparison.Ordinal) > 0 ? RecordPurpose.Dkim : RecordPurpose.Other),
            _ => null,
        };
        return record is not null;
    }

    private static RecordPurpose PurposeOf(string text) => text.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase) ? RecordPurpose.Spf : RecordPurpose.Verification;

    // The domain is not told: an alias of the service stands one label below it, a key two.
    private static DomainName ZoneOf(DomainName owner) => owner.Labels.Length > 3 && owner.Labels[1] == "_domainkey" ? owner.Parent.Parent : owner.Parent;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
