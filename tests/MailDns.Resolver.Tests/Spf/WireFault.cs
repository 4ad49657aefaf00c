using MailDns.Dns;
using MailDns.TestSupport;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>What goes wrong with one question: on the wire, and the status that stands for it in memory.</summary>
/// <param name="Name">The name asked for.</param>
/// <param name="Type">The type asked for, as a mnemonic.</param>
/// <param name="Wire">The server's fault.</param>
/// <param name="Status">The status of the lookup; Success where the client mends the fault.</param>
internal sealed record WireFault(string Name, string Type, DnsFault Wire, DnsResponseStatus Status)
{
    public DnsQuestion Question =>
        DnsRecordTypes.TryParse(Type, out DnsRecordType type)
            ? new DnsQuestion(DomainName.FromDns(Name), type)
            : throw new System.FormatException(Type + " is not a record type.");
}
