using System.Net;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>What a response message means for the question.</summary>
internal static class MessageJudge
{
    /// <summary>The response, with who gave it and whether it says to have validated it.</summary>
    public static DnsResponse Judge(string server, DnsQuestion question, ReceivedMessage message) =>
        Judge(question, message).From(message.IsAuthoritative, IsReferral(message), message.Delegation).AnsweredBy(server, message.IsAuthenticated);

    /// <summary>A server as people write it; made once and not for every answer.</summary>
    public static string Show(IPEndPoint server) => server.Port == ServerEndpoint.DefaultPort ? server.Address.ToString() : server.ToString();

    internal static DnsResponse Judge(DnsQuestion question, ReceivedMessage message)
    {
        switch (message.Code)
        {
            case 0:
                return JudgeAnswer(question, message);
            case 1:
                return DnsResponse.Failure(question, DnsResponseStatus.FormatError);
            case 2:
                return DnsResponse.Failure(question, DnsResponseStatus.ServerFailure);
            case 3:
                return JudgeNameError(question, message);
            case 4:
                return DnsResponse.Failure(question, DnsResponseStatus.NotImplemented);
            case 5:
                return DnsResponse.Failure(question, DnsResponseStatus.Refused);
            default:
                return DnsResponse.Failure(question, DnsResponseStatus.OtherError, "RCODE " + message.Code);
        }
    }

    public static DnsResponse Malformed(DnsQuestion question, string detail) =>
        DnsResponse.Failure(question, DnsResponseStatus.Malformed, detail);

    private static DnsResponse JudgeAnswer(DnsQuestion question, ReceivedMessage message)
    {
        if (message.Records is null)
        {
            return Malformed(question, "a record cannot be read");
        }

        AnswerChain chain = AnswerChain.Of(question, message.Records);
        if (chain.IsLoop)
        {
            return DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, chain.Records, "the aliases come back to " + chain.CanonicalName);
        }

        return chain.Records.Count == 0 && IsLame(message)
            ? DnsResponse.Failure(question, DnsResponseStatus.Refused, "the server is not responsible for the name (lame delegation)")
            : DnsResponse.Answer(question, chain.Records).WithNegativeTtl(chain.HasData ? null : message.NegativeTtl);
    }

    private static DnsResponse JudgeNameError(DnsQuestion question, ReceivedMessage message)
    {
        if (message.Records is null)
        {
            return Malformed(question, "a record cannot be read");
        }

        AnswerChain chain = AnswerChain.Of(question, message.Records);
        return chain.HasData || chain.IsLoop
            ? Malformed(question, "NXDOMAIN with data")
            : DnsResponse.NxDomain(question, chain.Records).WithNegativeTtl(message.NegativeTtl);
    }

    /// <summary>
    /// Empty, and either a referral (RFC 2308 section 2.2.1: NS and no SOA) or from a server that is neither authoritative
    /// nor a resolver: such an answer says nothing of the name.
    /// </summary>
    private static bool IsLame(ReceivedMessage message) =>
        !message.IsAuthoritative && message.NegativeTtl is null && (message.HasDelegation || !message.IsRecursionAvailable);

    /// <summary>An empty answer with NS records and no SOA record (RFC 2308 section 2.2.1): others are to be asked.</summary>
    private static bool IsReferral(ReceivedMessage message) =>
        message is { Code: 0, IsAuthoritative: false, NegativeTtl: null, HasDelegation: true, Records: { Count: 0 } };
}
