using System.Collections;

namespace MailDns;

/// <summary>
/// Takes a domain from a string or from an object that has one: the property Domain, DomainName, ZoneName, Name or Id, in
/// that order (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone, Get-MgDomain and MailDns's own objects). Anything else is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = { "Domain", "DomainName", "ZoneName", "Name", "Id" };

    /// <inheritdoc/>
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
            if (value is not null) return value.ToString() ?? string.Empty;
        }

        throw new ArgumentTransformationMetadataException(
            "An object of type " + wrapped.BaseObject.GetType().FullName + " does not name a domain: it has no property Domain, DomainName, ZoneName, Name or Id.");
    }
}
