using System.Collections;

namespace MailDns;

/// <summary>
/// Takes a domain from a string or from an object that has one: the property Domain, DomainName, ZoneName or Name, in
/// that order (Get-AcceptedDomain, Get-DnsServerZone, Get-AzDnsZone and MailDns's own objects).
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DomainArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = { "Domain", "DomainName", "ZoneName", "Name" };

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? data = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (data is IList list && data is not string)
        {
            var names = new List<string>(list.Count);
            foreach (object? item in list)
            {
                names.Add(ToName(item));
            }

            return names.ToArray();
        }

        return ToName(inputData);
    }

    private static string ToName(object? item)
    {
        if (item is null)
        {
            return string.Empty;
        }

        PSObject wrapped = PSObject.AsPSObject(item);
        if (wrapped.BaseObject is string text)
        {
            return text;
        }

        foreach (string name in s_properties)
        {
            if (wrapped.Properties[name]?.Value is { } value)
            {
                return value.ToString() ?? string.Empty;
            }
        }

        return wrapped.ToString();
    }
}
