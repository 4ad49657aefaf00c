using System.Collections.Generic;

namespace MailDns.Dns;

/// <summary>What each of several servers said to one question.</summary>
internal sealed class ServerAnswers
{
    public ServerAnswers(DnsQuestion question, IReadOnlyList<DnsServer> servers, IReadOnlyList<DnsResponse> responses)
    {
        Question = question;
        Servers = servers;
        Responses = responses;
    }

    public DnsQuestion Question { get; }

    public IReadOnlyList<DnsServer> Servers { get; }

    /// <summary>In the order of the servers.</summary>
    public IReadOnlyList<DnsResponse> Responses { get; }
}
