namespace MailDns.Publishing;

/// <summary>Answers from the zones at hand, and asks another resolver for the names outside them.</summary>
internal sealed class ZoneFirstResolver(IDnsResolver zones, IDnsResolver others) : IDnsResolver
{
    private readonly IDnsResolver _zones = zones;
    private readonly IDnsResolver _others = others;

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse response = await _zones.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        return response.Status == DnsResponseStatus.OutOfZone && response.Records.Count == 0
            ? await _others.QueryAsync(question, cancellationToken).ConfigureAwait(false)
            : response;
    }
}
