namespace MailDns.Dns;

/// <summary>Asks every name server of a record's zone, or every server that was named, whether it serves the record; once, without a cache.</summary>
/// <param name="zones">Finds and probes the name servers of a zone.</param>
/// <param name="named">Servers to ask in their place; empty for the zone's own.</param>
internal sealed class RecordWatch(ZoneServersReader zones, IReadOnlyList<DnsServer> named)
{
    /// <summary>
    /// True where the answer holds the record by the rules of DNS: names without case, a TXT record by its strings joined
    /// and among the others of its set, any time to live.
    /// </summary>
    public static bool Serves(ResourceRecord record, DnsResponse response)
    {
        DnsRecord wanted = record.ToDnsRecord();
        string data = AnswerText.OfData(wanted.Data);
        return !response.IsFailure && response.Records.Any(found =>
            found.Type == wanted.Type && found.Owner.Equals(wanted.Owner) && string.Equals(AnswerText.OfData(found.Data), data, StringComparison.Ordinal));
    }

    /// <summary>The state of a record now.</summary>
    public async Task<RecordState> ReadAsync(ResourceRecord record, CancellationToken cancellationToken)
    {
        if (named.Count > 0)
            return await AskAsync(record, named, zone: null, cancellationToken).ConfigureAwait(false);

        // Not the owner's name first: a resolver that is asked for a name before it is published keeps that it does not exist.
        RecordState state = await AskZoneAsync(record, DomainName.FromDns(record.ZoneName), cancellationToken).ConfigureAwait(false);
        return state.IsDelegated ? await AskZoneAsync(record, record.ToDnsRecord().Owner, cancellationToken).ConfigureAwait(false) : state;
    }

    private async Task<RecordState> AskZoneAsync(ResourceRecord record, DomainName name, CancellationToken cancellationToken)
    {
        using ZoneServers zone = await zones.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        return zone.Failure is { } failure
            ? new RecordState(record) { Waiting = new[] { "The name servers are not known: " + failure } }
            : await AskAsync(record, zone.Servers, zone, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RecordState> AskAsync(ResourceRecord record, IReadOnlyList<DnsServer> servers, ZoneServers? zone, CancellationToken cancellationToken)
    {
        DnsRecord wanted = record.ToDnsRecord();
        var question = new DnsQuestion(wanted.Owner, wanted.Type);
        DnsResponse[] answers = await Task.WhenAll(servers.Select(server => server.Direct.QueryAsync(question, cancellationToken))).ConfigureAwait(false);
        bool Has(DnsResponse answer) => Serves(record, answer) && (zone is null || answer.IsAuthoritative);
        IEnumerable<string> without = servers.Zip(answers, (server, answer) => Has(answer) ? string.Empty : server + ": " + AnswerText.Of(answer, question.Name)).Where(text => text.Length > 0);
        IEnumerable<string> faulty = zone?.Faults.Select(fault => fault.ToString()) ?? Array.Empty<string>();
        return new RecordState(record)
        {
            Zone = zone?.Zone.ToString(),
            Serving = servers.Zip(answers, (server, answer) => Has(answer) ? server.Name : string.Empty).Where(text => text.Length > 0).ToArray(),
            Waiting = without.Concat(faulty).ToArray(),
            NegativeCacheTime = zone?.NegativeCacheTime,
            IsDelegated = zone is not null && answers.Any(answer => answer.IsReferral),
        };
    }
}

/// <summary>Which servers serve a record, and which do not yet.</summary>
internal sealed class RecordState(ResourceRecord record)
{
    public ResourceRecord Record { get; } = record;

    /// <summary>The zone that holds the record; null where the servers were named.</summary>
    public string? Zone { get; init; }

    /// <summary>Servers that answer with the record.</summary>
    public string[] Serving { get; init; } = Array.Empty<string>();

    /// <summary>Servers that do not, each with what it says, escaped.</summary>
    public string[] Waiting { get; init; } = Array.Empty<string>();

    /// <summary>How long resolvers keep that a name does not exist; null where it is not known.</summary>
    public TimeSpan? NegativeCacheTime { get; init; }

    /// <summary>True where the servers name others: the record is below a delegation of their zone.</summary>
    public bool IsDelegated { get; init; }

    /// <summary>True when every server serves it.</summary>
    public bool IsServed => Serving.Length > 0 && Waiting.Length == 0;
}
