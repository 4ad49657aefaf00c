namespace MailDns.Dns;

/// <summary>Several servers whose answers about one domain are to be compared: those of its zone, or those that the user named.</summary>
internal sealed class ServerPanel(ServerPanelResolver resolver, ZoneServers? zone, ZoneDelegation? delegation) : IDisposable
{
    /// <summary>Asks all of them, and another resolver for names outside.</summary>
    public ServerPanelResolver Resolver { get; } = resolver;

    /// <summary>The zone's servers; null where the user named the servers.</summary>
    public ZoneServers? Zone { get; } = zone;

    /// <summary>What the parent zone says of the zone's servers; null where the user named the servers.</summary>
    public ZoneDelegation? Delegation { get; } = delegation;

    /// <summary>The servers that the user named, for the names of a domain.</summary>
    public static ServerPanel OfServers(DomainName domain, IReadOnlyList<DnsServer> servers, IDnsResolver outside) =>
        new(new ServerPanelResolver(domain, servers, outside, isAuthoritative: false), zone: null, delegation: null);

    /// <summary>The name servers of the zone that holds a domain.</summary>
    public static async Task<ServerPanel> OfZoneAsync(DomainName domain, ZoneServersReader reader, IDnsResolver outside, CancellationToken cancellationToken)
    {
        ZoneServers zone = await reader.ReadAsync(domain, cancellationToken).ConfigureAwait(false);
        ZoneDelegation? delegation = zone.Failure is null ? await reader.ReadDelegationAsync(zone, cancellationToken).ConfigureAwait(false) : null;
        return new ServerPanel(new ServerPanelResolver(zone.Zone, zone.Servers, outside, isAuthoritative: true), zone, delegation);
    }

    /// <summary>Closes the sockets of the zone's servers; those that the user named are for the whole pipeline.</summary>
    public void Dispose() => Zone?.Dispose();
}

/// <summary>
/// Asks several servers each question about the names of one domain or zone, and keeps what each said. Names outside are
/// asked of another resolver. The first server that answers is believed; that others say otherwise is for the rules to tell.
/// </summary>
/// <param name="scope">The names that the servers are asked for: this one and those below it.</param>
/// <param name="servers">The servers; the first ones are believed first.</param>
/// <param name="outside">Answers for all other names.</param>
/// <param name="isAuthoritative">True where the servers hold the zone: answers without authority are not believed, and
/// names that they delegate are asked of <paramref name="outside"/>.</param>
internal sealed class ServerPanelResolver(DomainName scope, IReadOnlyList<DnsServer> servers, IDnsResolver outside, bool isAuthoritative) : IDnsResolver
{
    /// <summary>Questions whose answers are kept; a check of one domain asks far fewer.</summary>
    private const int MaxQuestions = 500;

    private readonly Dictionary<DnsQuestion, ServerAnswers> _answers = new();

    public DomainName Scope => scope;

    /// <summary>All answers so far, in a stable order.</summary>
    public IReadOnlyList<ServerAnswers> Answers
    {
        get
        {
            lock (_answers)
            {
                return _answers.Values.OrderBy(answers => answers.Question.ToString(), StringComparer.Ordinal).ToArray();
            }
        }
    }

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        // Each server of a zone that is signed as it is asked has signatures of its own, and the DS record is in the parent zone.
        if (!question.Name.IsSameOrBelow(scope) || question.WithSignatures)
            return await outside.QueryAsync(question, cancellationToken).ConfigureAwait(false);

        if (servers.Count == 0)
            return DnsResponse.Failure(question, DnsResponseStatus.Unreachable, "no name server of " + scope + " answers");

        DnsResponse[] responses = await Task.WhenAll(servers.Select(server => server.QueryAsync(question, cancellationToken))).ConfigureAwait(false);
        if (isAuthoritative && IsDelegated(responses))
            return await outside.QueryAsync(question, cancellationToken).ConfigureAwait(false);

        Keep(new ServerAnswers(question, servers, responses));
        return Choose(question, responses);
    }

    private static bool IsDelegated(DnsResponse[] responses) =>
        responses.Any(response => response.IsReferral) && !responses.Any(response => response.IsAuthoritative && !response.IsFailure);

    private void Keep(ServerAnswers answers)
    {
        lock (_answers)
        {
            if (_answers.Count < MaxQuestions) _answers[answers.Question] = answers;
        }
    }

    private DnsResponse Choose(DnsQuestion question, DnsResponse[] responses)
    {
        // Receivers see what servers outside have, so that is what is judged.
        DnsResponse? answer = servers.Zip(responses, (server, response) => (server.IsOutside, Response: response))
            .Where(pair => !pair.Response.IsFailure && (!isAuthoritative || pair.Response.IsAuthoritative))
            .OrderByDescending(pair => pair.IsOutside)
            .Select(pair => pair.Response)
            .FirstOrDefault();
        DnsResponse? failure = responses.FirstOrDefault(response => response.IsFailure);
        return answer ?? failure ?? DnsResponse.Failure(question, DnsResponseStatus.Refused, "the name servers answer without authority");
    }
}

/// <summary>What each of several servers said to one question.</summary>
internal sealed class ServerAnswers(DnsQuestion question, IReadOnlyList<DnsServer> servers, IReadOnlyList<DnsResponse> responses)
{
    public DnsQuestion Question { get; } = question;

    public IReadOnlyList<DnsServer> Servers { get; } = servers;

    /// <summary>In the order of the servers.</summary>
    public IReadOnlyList<DnsResponse> Responses { get; } = responses;
}
