using System.Collections;
using System.Net;

namespace MailDns;

/// <summary>
/// Takes texts, addresses, and objects that have either: the properties IPAddress, IPv4Address, IPv6Address, Domain, DomainName and ZoneName. Anything
/// else is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AddressOrDomainArgumentAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] s_properties = { "IPAddress", "IPv4Address", "IPv6Address", "Domain", "DomainName", "ZoneName" };

    /// <inheritdoc/>
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
                    : throw new ArgumentTransformationMetadataException("An object of type " + other.GetType().FullName + " has neither an address nor a domain: none of the properties " + string.Join(", ", s_properties) + ".");
        }
    }
}
