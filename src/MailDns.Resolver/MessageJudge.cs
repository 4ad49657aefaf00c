using System.Net;
using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>What a response message means for the question.</summary>
internal static class MessageJudge
{
    /// <summary>The response, with who gave it and whether it says to have validated it.</summary>
    public static DnsResponse Judge(string server, DnsQuestion question, ReceivedMessage message)
    {
        var origin = new AnswerOrigin
        {
            Resolver = server,
            IsAuthenticated = message.IsAuthenticated,
            IsAuthoritative = message.IsAuthoritative,
            IsReferral = IsReferral(message),
            Delegation = message.Delegation,
        };
        return message.Code switch
        {
            0 => JudgeAnswer(question, message, origin),
            1 => DnsResponse.Failure(question, DnsResponseStatus.FormatError, detail: null, origin),
            2 => DnsResponse.Failure(question, DnsResponseStatus.ServerFailure, detail: null, origin),
            3 => JudgeNameError(question, message, origin),
            4 => DnsResponse.Failure(question, DnsResponseStatus.NotImplemented, detail: null, origin),
            5 => DnsResponse.Failure(question, DnsResponseStatus.Refused, detail: null, origin),
            _ => DnsResponse.Failure(question, DnsResponseStatus.OtherError, "RCODE " + message.Code, origin),
        };
    }

    /// <summary>A server as people write it; made once and not for every answer.</summary>
    public static string Show(IPEndPoint server) => server.Port == ServerEndpoint.DefaultPort ? server.Address.ToString() : server.ToString();

    public static DnsResponse Malformed(DnsQuestion question, string detail) =>
        DnsResponse.Failure(question, DnsResponseStatus.Malformed, detail);

    private static DnsResponse JudgeAnswer(DnsQuestion question, ReceivedMessage message, AnswerOrigin origin)
    {
        if (message.Records is null) return Malformed(question, "a record cannot be read");

        AnswerChain chain = AnswerChain.Of(question, message.Records);
        if (chain.IsLoop)
            return DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, chain.Records, "the aliases come back to " + chain.CanonicalName);

        // Not NODATA: a server that answers with another name's records has not said that this one has none.
        if (chain.Records.Count == 0 && message.Records.Count > 0)
            return Malformed(question, "the answer has records of other names only");

        return chain.Records.Count == 0 && IsLame(message)
            ? DnsResponse.Failure(question, DnsResponseStatus.Refused, "the server is not responsible for the name (lame delegation)", origin)
            : DnsResponse.Answer(question, chain.Records, origin, message.NegativeTtl);
    }

    private static DnsResponse JudgeNameError(DnsQuestion question, ReceivedMessage message, AnswerOrigin origin)
    {
        if (message.Records is null) return Malformed(question, "a record cannot be read");

        AnswerChain chain = AnswerChain.Of(question, message.Records);
        return chain.HasData || chain.IsLoop
            ? Malformed(question, "NXDOMAIN with data")
            : DnsResponse.NxDomain(question, chain.Records, origin, message.NegativeTtl);
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
