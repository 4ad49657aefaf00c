using System;
using System.Net;
using System.Threading;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>An exchange that says by itself when an answer has been waited for long enough to send the question again.</summary>
internal interface IPatientExchange : IDnsExchange
{
    /// <summary>As <see cref="IDnsExchange.AskAsync"/>, with a sign when patience is over.</summary>
    IFirstTry Start(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, TimeSpan patience, CancellationToken cancellationToken);
}
