namespace MailDns.Dns;

/// <summary>Asks several resolvers in turn: the first that does not fail is believed. For servers of different transports.</summary>
/// <param name="resolvers">In the order of asking; the first one's failure is told where all fail.</param>
internal sealed class FallbackResolver(IReadOnlyList<IDnsResolver> resolvers) : IDnsResolver, IDisposable
{
    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse? failure = null;
        foreach (IDnsResolver resolver in resolvers)
        {
            DnsResponse response = await resolver.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            if (!response.IsFailure) return response;

            failure ??= response;
        }

        return failure!;
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        foreach (IDisposable resolver in resolvers.OfType<IDisposable>())
            resolver.Dispose();
    }
}
