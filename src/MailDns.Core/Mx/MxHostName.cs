using System.Linq;
using MailDns.Dns;

namespace MailDns.Mx;

/// <summary>Exchangers that are an address typed where a host name belongs.</summary>
internal static class MxHostName
{
    /// <summary>
    /// True for "192.0.2.1", "[192.0.2.1]", "2001:db8::1" and for an address that the zone's name was put behind. No top-level
    /// domain is all digits (RFC 1123 section 2.1), so four numbers in front are never a host's own labels by chance.
    /// </summary>
    public static bool IsAddress(DomainName host)
    {
        string[] labels = host.Labels;
        string first = labels.Length > 0 ? labels[0].TrimStart('[') : string.Empty;
        if (first.IndexOf(':') >= 0)
        {
            return true;
        }

        return labels.Length >= 4 && IsOctet(first) && labels.Skip(1).Take(2).All(IsOctet) && IsOctet(labels[3].TrimEnd(']'));
    }

    private static bool IsOctet(string label) => label.Length is > 0 and <= 3 && label.All(c => c is >= '0' and <= '9') && int.Parse(label, System.Globalization.CultureInfo.InvariantCulture) <= 255;
}
