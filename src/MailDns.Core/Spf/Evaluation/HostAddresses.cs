namespace MailDns.Spf;

/// <summary>Gathers the addresses of the hosts of an a or mx term, with what came back void or failed.</summary>
internal sealed class HostAddresses
{
    private readonly List<AddressBits> _addresses = new();
    private readonly List<DnsQuestion> _voids = new();
    private int _ip4Voids;
    private int _ip6Voids;
    private DnsResponse? _failure;

    public static IEnumerable<DnsQuestion> Questions(DomainName host)
    {
        yield return new DnsQuestion(host, DnsRecordType.A);
        yield return new DnsQuestion(host, DnsRecordType.Aaaa);
    }

    public async Task AddAsync(DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        foreach (DnsQuestion question in Questions(host))
        {
            DnsResponse response = await resolver.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            foreach (AddressData data in response.Data<AddressData>())
                _addresses.Add(AddressBits.From(data.Address, unmap: false));

            AddVoidOrFailure(response);
        }
    }

    /// <summary>Takes note of an answer without data. A void MX answer is void for clients of both families.</summary>
    public void AddVoidOrFailure(DnsResponse response)
    {
        if (response.IsFailure) _failure ??= response;
        if (!response.IsVoid) return;

        _voids.Add(response.Question);
        _ip4Voids += response.Question.Type == DnsRecordType.Aaaa ? 0 : 1;
        _ip6Voids += response.Question.Type == DnsRecordType.A ? 0 : 1;
    }

    public SpfTermLookup ToLookup(SpfDirective directive, DomainName target, int exchangeCount) => new(directive)
    {
        Target = target,
        Addresses = _addresses,
        ExchangeCount = exchangeCount,
        IPv4VoidCount = _ip4Voids,
        IPv6VoidCount = _ip6Voids,
        Voids = _voids,
        Failure = _failure,
    };
}
