using System.Linq;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>What counts for a bounce host, through its aliases where it has some.</summary>
internal sealed class BounceAnswers
{
    public BounceAnswers(DnsResponse txt, DnsResponse mx, DnsResponse a, DnsResponse aaaa)
    {
        Txt = txt;
        Mx = mx;
        Exchanges = mx.Data<MxData>().OrderBy(data => data.Preference).ThenBy(data => data.Exchange).ToArray();
        HasAddress = a.Data<AddressData>().Any() || aaaa.Data<AddressData>().Any();
        AddressFailure = new[] { a, aaaa }.FirstOrDefault(answer => answer.IsFailure);
        Failure = new[] { txt, mx, a, aaaa }.FirstOrDefault(answer => answer.IsFailure);
    }

    public DnsResponse Txt { get; }

    public DnsResponse Mx { get; }

    /// <summary>The MX records by preference.</summary>
    public MxData[] Exchanges { get; }

    public bool HasAddress { get; }

    /// <summary>The address lookup that failed; null for none.</summary>
    public DnsResponse? AddressFailure { get; }

    /// <summary>A lookup that failed; null for none.</summary>
    public DnsResponse? Failure { get; }

    /// <summary>True where it is known that nothing is there.</summary>
    public bool IsEmpty => !HasAny && Failure is null;

    /// <summary>True where anything answers for mail: a text, an exchange, an address.</summary>
    public bool HasAny => Txt.Texts.Count > 0 || Exchanges.Length > 0 || HasAddress;
}
