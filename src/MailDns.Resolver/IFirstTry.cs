using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>The first message for a question.</summary>
internal interface IFirstTry
{
    /// <summary>The answer, a failure too; null when patience is over before.</summary>
    Task<DnsResponse?> Sign { get; }

    /// <summary>The answer, however late, or the timeout. Asked for when <see cref="Sign"/> has ended.</summary>
    Task<DnsResponse> Answer { get; }
}
