using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;

namespace MailDns.Mx;

/// <summary>One exchanger with the answers for its addresses.</summary>
internal sealed class MxHost
{
    public MxHost(MxData data, IReadOnlyList<DnsResponse> answers)
    {
        Data = data;
        Answers = answers;
        Failure = answers.FirstOrDefault(answer => answer.IsFailure);
        Alias = answers.Select(answer => AliasOf(answer, data.Exchange)).FirstOrDefault(alias => alias is not null);
        Addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(address => address.ToString()!).ToArray();
    }

    public MxData Data { get; }

    public DomainName Name => Data.Exchange;

    /// <summary>A and AAAA; none where they were not asked for.</summary>
    public IReadOnlyList<DnsResponse> Answers { get; }

    public DnsResponse? Failure { get; }

    /// <summary>Where the host leads as an alias; null for no alias.</summary>
    public DomainName? Alias { get; }

    public string[] Addresses { get; }

    public bool IsNull => Name.IsRoot;

    public bool HasAddress => Addresses.Length > 0;

    /// <summary>True where both lookups were answered with nothing.</summary>
    public bool HasNoAddress => Answers.Count > 0 && Failure is null && !HasAddress;

    public MxExchange Describe() => new(Data, IsNull)
    {
        Addresses = Addresses,
        IsAlias = Alias is not null ? true : HasAddress || HasNoAddress ? false : null,
        AliasTarget = Alias?.ToString(),
        Failure = Failure?.Describe(),
    };

    // Aliases that run in a circle have no end; the first of them says enough.
    private static DomainName? AliasOf(DnsResponse answer, DomainName host)
    {
        if (answer.IsAliased)
        {
            return answer.CanonicalName;
        }

        DnsRecord? first = answer.Records.FirstOrDefault(record => record.Type == DnsRecordType.Cname && record.Owner.Equals(host));
        return (first?.Data as NameData)?.Target;
    }
}
