using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsClient;
using DnsClient.Protocol;
using DnsClient.Protocol.Options;
using MailDns.Dns;
using DnsQuestion = MailDns.Dns.DnsQuestion;
using WireNs = DnsClient.Protocol.NsRecord;

namespace MailDns.Resolver;

/// <summary>One query by DnsClient, with its cache, its retries and its choice of servers switched off; none of its types or exceptions leaves.</summary>
internal sealed class DnsClientExchange : IDnsExchange
{
    // Labels that the library's parser takes as they are; all others would go through its IDN tables.
    private const string PlainCharacters = "abcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly IdnMapping s_idn = new();
    private static readonly Encoding s_strictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConcurrentDictionary<IPEndPoint, NameServer[]> _servers = new();
    private readonly LookupClient _client = new(new LookupClientOptions { AutoResolveNameServers = false, UseCache = false });
    private readonly DnsQueryOptions[] _options = CreateAll(withDnssec: false);
    private readonly DnsQueryOptions[] _dnssecOptions = CreateAll(withDnssec: true);

    public IReadOnlyList<IPEndPoint> FindSystemServers()
    {
        var found = new List<IPEndPoint>();
        try
        {
            // Never the library's default of falling back to public servers: the names asked for are the user's business.
            foreach (NameServer server in NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false))
                found.Add(new IPEndPoint(IPAddress.Parse(server.Address), server.Port));
        }
#pragma warning disable CA1031 // Whatever the system's interfaces throw, the outcome is that it names no server
        catch (Exception)
#pragma warning restore CA1031
        {
            found.Clear();
        }

        return found;
    }

    public async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if ((mode & ExchangeMode.Signatures) != ExchangeMode.None)
            return await UncheckedQuery.AskAsync(server, question, mode, timeout, cancellationToken).ConfigureAwait(false);

        if (!TryMakeName(question.Name, out DnsString? name))
        {
            return DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the name contains octets that are not UTF-8, or an A-label that does not decode, and cannot be asked for");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            IDnsQueryResponse response = await _client.QueryServerAsync(
                _servers.GetOrAdd(server, static endpoint => new NameServer[] { new(endpoint) }),
                new global::DnsClient.DnsQuestion(name!, (QueryType)(int)question.Type, QueryClass.IN),
                (NeedsDnssec(question.Type) ? _dnssecOptions : _options)[(int)mode],
                limit.Token).ConfigureAwait(false);
            return Read(server, question, name!, response);
        }
#pragma warning disable CA1031 // The library throws of many kinds; all of them mean that there is no answer
        catch (Exception e)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return limit.IsCancellationRequested
                ? DnsResponse.Failure(question, DnsResponseStatus.Timeout)
                : Translate(question, e);
        }
    }

    /// <summary>
    /// The types whose answers somebody asks "validated?" of. A resolver says AD where the query has AD or DO (RFC 6840
    /// sections 5.7 and 5.8); the library can set DO alone, which brings signatures along, so the other types go without.
    /// </summary>
    private static bool NeedsDnssec(DnsRecordType type) => type is DnsRecordType.Mx or DnsRecordType.Soa or DnsRecordType.Tlsa;

    // One for each combination of modes, at its number; DNSSEC needs EDNS (RFC 3225 section 3).
    private static DnsQueryOptions[] CreateAll(bool withDnssec)
    {
        var all = new DnsQueryOptions[(int)(ExchangeMode.Tcp | ExchangeMode.NoEdns | ExchangeMode.NoRecursion) + 1];
        for (int i = 0; i < all.Length; i++)
        {
            var mode = (ExchangeMode)i;
            all[i] = CreateOptions(mode, withDnssec && (mode & ExchangeMode.NoEdns) == ExchangeMode.None);
        }

        return all;
    }

    private static DnsQueryOptions CreateOptions(ExchangeMode mode, bool withDnssec) => new()
    {
        RequestDnsSecRecords = withDnssec,
        UseCache = false,
        ThrowDnsErrors = false,
        ContinueOnDnsError = false,
        ContinueOnEmptyResponse = false,
        EnableAuditTrail = false,
        UseRandomNameServer = false,
        Retries = 0,
        Timeout = Timeout.InfiniteTimeSpan,
        Recursion = (mode & ExchangeMode.NoRecursion) == ExchangeMode.None,
        UseTcpFallback = false,
        UseTcpOnly = (mode & ExchangeMode.Tcp) != ExchangeMode.None,
        ExtendedDnsBufferSize = (mode & ExchangeMode.NoEdns) != ExchangeMode.None ? DnsQueryOptions.MinimumBufferSize : DnsMessage.UdpPayload,
    };

    /// <summary>
    /// The library's parser of names runs anything but letters, digits, hyphen and underscore through IDN tables, and its
    /// other door decodes A-labels. So the name is put together from labels, each by the door that leaves it alone.
    /// </summary>
    private static bool TryMakeName(DomainName name, out DnsString? made)
    {
        made = null;
        if (!Decodes(name.Text)) return false;

        if (IsPlain(name.Text))
        {
            made = DnsString.Parse(name.Text);
            return true;
        }

        foreach (string label in name.Labels)
        {
            if (!TryMakeLabel(label, out DnsString? part)) return false;

            made = made is null ? part : made + part!;
        }

        return made is not null;
    }

    // The library decodes the A-labels of every answer and fails on those that are none, so such a name cannot be read back.
    private static bool Decodes(string name)
    {
        if (name.IndexOf(DnsString.ACEPrefix, StringComparison.Ordinal) < 0) return true;

        try
        {
            _ = s_idn.GetUnicode(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool TryMakeLabel(string label, out DnsString? made)
    {
        made = null;
        if (IsPlain(label))
        {
            made = DnsString.Parse(label);
            return true;
        }

        // The octets go out as UTF-8, so what is no UTF-8 cannot go out.
        string text;
        try
        {
            text = s_strictUtf8.GetString(Text.CharacterStrings.GetOctets(label));
        }
        catch (ArgumentException)
        {
            return false;
        }

        if (text.IndexOf(DnsString.ACEPrefix, StringComparison.Ordinal) >= 0) return false;

        made = DnsString.FromResponseQueryString(text);
        return true;
    }

    private static bool IsPlain(string text)
    {
        foreach (char c in text)
        {
            if (c != '.' && PlainCharacters.IndexOf(c) < 0) return false;
        }

        return true;
    }

    private static DnsResponse Read(IPEndPoint server, DnsQuestion question, DnsString name, IDnsQueryResponse response)
    {
        // DnsClient compares the ID only (RFC 5452 section 9.1 asks for the question too).
        if (!IsFor(question, name, response))
            return MessageJudge.Malformed(question, "the answer is to another question");

        uint? negativeTtl = null;
        bool hasDelegation = false;
        List<DomainName>? delegation = null;
        foreach (DnsResourceRecord record in response.Authorities)
        {
            if (record is WireNs nameServer)
            {
                hasDelegation = true;
                delegation = AddDelegation(delegation, question, nameServer);
            }

            if (record is SoaRecord soa)
                negativeTtl ??= Math.Min(soa.Minimum, (uint)Math.Max(0, record.InitialTimeToLive));
        }

        return MessageJudge.Judge(MessageJudge.Show(server), question, new ReceivedMessage
        {
            IsAuthenticated = response.Header.IsAuthenticData,
            Code = (int)response.Header.ResponseCode | ExtendedCode(response),
            IsAuthoritative = response.Header.HasAuthorityAnswer,
            IsRecursionAvailable = response.Header.RecursionAvailable,
            Records = DnsClientRecords.TryConvert(response.Answers, question.Type, out List<DnsRecord> records) ? records : null,
            HasDelegation = hasDelegation,
            Delegation = delegation,
            NegativeTtl = negativeTtl,
        });
    }

    private static List<DomainName>? AddDelegation(List<DomainName>? delegation, DnsQuestion question, WireNs record)
    {
        if (question.Type == DnsRecordType.Ns
            && DnsClientRecords.ReadName(record.DomainName) is { } owner
            && owner.Equals(question.Name)
            && DnsClientRecords.ReadName(record.NSDName) is { } target)
        {
            delegation ??= new List<DomainName>();
            delegation.Add(target);
        }

        return delegation;
    }

    private static bool IsFor(DnsQuestion question, DnsString name, IDnsQueryResponse response)
    {
        if (!response.Header.HasQuery) return false;

        if (response.Questions.Count == 0)
        {
            // Servers that could not read a query, or would not, may leave the question out.
            return response.Header.ResponseCode is DnsHeaderResponseCode.FormatError or DnsHeaderResponseCode.ServerFailure
                or DnsHeaderResponseCode.NotImplemented or DnsHeaderResponseCode.Refused;
        }

        global::DnsClient.DnsQuestion asked = response.Questions[0];
        return response.Questions.Count == 1
            && (int)asked.QuestionType == (int)question.Type
            && asked.QuestionClass == QueryClass.IN
            && string.Equals(asked.QueryName.Original.Length == 0 ? "." : LowerAscii(asked.QueryName.Original), name.Value, StringComparison.Ordinal);
    }

    // RFC 6891 section 6.1.3: the upper eight bits of the RCODE are in the OPT record.
    private static int ExtendedCode(IDnsQueryResponse response)
    {
        foreach (DnsResourceRecord record in response.Additionals)
        {
            if (record is OptRecord) return (int)(((uint)record.InitialTimeToLive >> 24) << 4);
        }

        return 0;
    }

    private static DnsResponse Translate(DnsQuestion question, Exception exception)
    {
        switch (exception)
        {
            case DnsXidMismatchException:
                return MessageJudge.Malformed(question, "the answer's ID is not the query's");
            case DnsResponseParseException:
                return MessageJudge.Malformed(question, "the message ends early or a length is wrong");

            // Truncation with the library's own fall-back switched off; every other such exception has a cause.
            case DnsResponseException { InnerException: null, Code: DnsResponseCode.Unassigned }:
                return DnsResponse.Failure(question, DnsResponseStatus.TruncatedNoTcp);
            case DnsResponseException { InnerException: { } inner }:
                return Translate(question, inner);
            case IOException { InnerException: { } inner }:
                return Translate(question, inner);
            case SocketException socket:
                return socket.SocketErrorCode == SocketError.TimedOut
                    ? DnsResponse.Failure(question, DnsResponseStatus.Timeout)
                    : DnsResponse.Failure(question, DnsResponseStatus.Unreachable, socket.SocketErrorCode.ToString());
            case OperationCanceledException or TimeoutException or IOException or ObjectDisposedException:
                return DnsResponse.Failure(question, DnsResponseStatus.Timeout, "the connection was closed");
            default:
                return MessageJudge.Malformed(question, "the message cannot be read");
        }
    }

    // Servers may give the question back in another case (RFC 4343 section 4.1).
    private static string LowerAscii(string text)
    {
        char[] lowered = text.ToCharArray();
        for (int i = 0; i < lowered.Length; i++)
        {
            if (lowered[i] is >= 'A' and <= 'Z') lowered[i] = (char)(lowered[i] | 0x20);
        }

        return new string(lowered);
    }
}
