namespace MailDns.Dns;

/// <summary>
/// A message of DNS over UDP or TCP (RFC 1035 section 4.1): queries written, responses read. All of a response comes from outside; every
/// length is bounded by the message's own.
/// </summary>
/// <param name="octets">The array that holds the message.</param>
/// <param name="start">Where it begins.</param>
/// <param name="length">Its octets.</param>
internal readonly struct DnsMessage(byte[] octets, int start, int length)
{
    public const int HeaderLength = 12;

    /// <summary>What passes everywhere without fragments (RFC 9715 section 3.2).</summary>
    public const int UdpPayload = 1232;

    /// <summary>RD: a resolver is to do the work (RFC 1035 section 4.1.1).</summary>
    public const ushort RecursionDesired = 0x0100;

    /// <summary>AD in a query, so that a resolver says whether it has validated (RFC 6840 section 5.7).</summary>
    public const ushort AuthenticData = 0x0020;

    /// <summary>CD: the answer also where it does not validate (RFC 4035 section 3.2.2).</summary>
    public const ushort CheckingDisabled = 0x0010;

    private const int ResponseFlag = 0x8000;
    private const int OpcodeMask = 0x7800;
    private const int AuthoritativeFlag = 0x0400;
    private const int TruncatedFlag = 0x0200;
    private const int RecursionAvailableFlag = 0x0080;
    private const int OptType = 41;
    private const uint DnssecOk = 0x8000;

    /// <summary>The records of an answer without any: nothing is ever added.</summary>
    private static readonly List<DnsRecord> s_none = new(0);

    private readonly byte[] _octets = octets;
    private readonly int _start = start;
    private readonly int _length = length;

    public bool HasHeader => _length >= HeaderLength;

    public ushort Id => UInt16(0);

    /// <summary>TC (RFC 2181 section 9): what is there is not to be used.</summary>
    public bool IsTruncated => (UInt16(2) & TruncatedFlag) != 0;

    /// <summary>The RCODE of the header alone.</summary>
    public int Code => UInt16(2) & 0xF;

    /// <summary>The name's octets on the wire, as a query has them; null for a name with characters that are no octets.</summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public static byte[]? WriteName(DomainName name)
    {
        foreach (char c in name.Text)
        {
            if (c > 0xFF && c != DomainName.DotInLabel) return null;
        }

        var writer = new WireWriter(name.Text.Length + 2);
        writer.Name(name);
        return writer.Length == writer.Buffer.Length ? writer.Buffer : writer.ToArray();
    }

    /// <summary>Writes a query: the header, one question of class IN, an OPT record (RFC 6891 section 6.1).</summary>
    /// <param name="writer">Is cleared first.</param>
    /// <param name="id">The message ID, at random.</param>
    /// <param name="name">The name's octets.</param>
    /// <param name="type">The type asked for.</param>
    /// <param name="flags">Bits of the header.</param>
    /// <param name="hasEdns">With an OPT record.</param>
    /// <param name="wantsSignatures">With the DO bit in it (RFC 3225 section 3).</param>
    public static void WriteQuery(WireWriter writer, ushort id, byte[] name, DnsRecordType type, ushort flags, bool hasEdns, bool wantsSignatures = false)
    {
        writer.Clear();
        writer.UInt16(id);
        writer.UInt16(flags);
        writer.UInt16(1);
        writer.UInt32(0);
        writer.UInt16(hasEdns ? 1 : 0);
        writer.Octets(name);
        writer.UInt16((ushort)type);
        writer.UInt16(1);
        if (hasEdns)
        {
            writer.UInt8(0);
            writer.Record((DnsRecordType)OptType, UdpPayload, ttl: wantsSignatures ? DnssecOk : 0, data: null);
        }
    }

    /// <summary>
    /// True for a response to exactly that question (RFC 5452 section 9.1). Servers may give the name back in another case
    /// (RFC 4343 section 4.1), and those that could not read the query, or would not, may leave the question out.
    /// </summary>
    public bool IsFor(byte[] name, DnsRecordType type)
    {
        if (!HasHeader || (UInt16(2) & (ResponseFlag | OpcodeMask)) != ResponseFlag) return false;

        int questions = UInt16(4);
        return questions == 0 ? Code is 1 or 2 or 4 or 5 : questions == 1 && IsQuestion(name, type);
    }

    /// <summary>What a response that <see cref="IsFor"/> the question says; null where the message ends early or a length is wrong.</summary>
    public ReceivedMessage? Read(DnsQuestion question)
    {
        int flags = UInt16(2);
        var reader = new WireReader(_octets, _start, _start + _length) { Position = HeaderLength };
        bool hasQuestion = UInt16(4) == 1;
        if (hasQuestion && !(reader.TrySkipName() && reader.TrySkip(4))) return null;

        int answers = UInt16(6);
        List<DnsRecord>? records = answers == 0 ? s_none : new(1);
        uint? negativeTtl = null;
        bool hasDelegation = false;
        List<DomainName>? delegation = null;
        int code = flags & 0xF;
        int authorities = answers + UInt16(8);
        int all = authorities + UInt16(10);
        for (int i = 0; i < all; i++)
        {
            WireReader owner = reader;
            if (!reader.TrySkipName()
                || !reader.TryReadUInt16(out ushort number)
                || !reader.TryReadUInt16(out ushort recordClass)
                || !reader.TryReadUInt32(out uint ttl)
                || !reader.TryReadUInt16(out ushort dataLength)
                || reader.Left < dataLength)
            {
                return null;
            }

            var type = (DnsRecordType)number;
            WireReader data = reader.Part(dataLength);
            reader.TrySkip(dataLength);
            if (i < answers)
            {
                // Of an answer section only aliases and the asked type are read, and signatures where they are asked for.
                if (type == question.Type || type == DnsRecordType.Cname || (type == DnsRecordType.Rrsig && question.WithSignatures))
                {
                    // Null stays null: where one record cannot be read nothing is concluded from the others.
                    records = recordClass == 1 && records is not null ? Add(records, question, hasQuestion, ref owner, type, ttl, ref data) : null;
                }
            }
            else if (i < authorities)
            {
                if (type == DnsRecordType.Ns)
                {
                    hasDelegation = true;
                    delegation = recordClass == 1 ? AddDelegation(delegation, question, hasQuestion, ref owner, ref data) : delegation;
                }
                else if (type == DnsRecordType.Soa && negativeTtl is null && dataLength >= 20 && data.TrySkip(dataLength - 4) && data.TryReadUInt32(out uint minimum))
                {
                    negativeTtl = Math.Min(Ttl(ttl), minimum);
                }
            }
            else if (number == OptType)
            {
                // RFC 6891 section 6.1.3: the upper eight bits of the RCODE are in the OPT record.
                code |= (int)(ttl >> 24) << 4;
            }
        }

        return new ReceivedMessage
        {
            Code = code,
            IsAuthoritative = (flags & AuthoritativeFlag) != 0,
            IsRecursionAvailable = (flags & RecursionAvailableFlag) != 0,
            IsAuthenticated = (flags & AuthenticData) != 0,
            Records = records,
            HasDelegation = hasDelegation,
            Delegation = delegation,
            NegativeTtl = negativeTtl,
        };
    }

    // RFC 2181 section 8: a time to live with the highest bit set is zero.
    private static uint Ttl(uint ttl) => ttl > int.MaxValue ? 0 : ttl;

    private static List<DnsRecord>? Add(List<DnsRecord> records, DnsQuestion question, bool hasQuestion, ref WireReader ownerReader, DnsRecordType type, uint ttl, ref WireReader data)
    {
        if (ReadOwner(ref ownerReader, question, hasQuestion) is not { } owner || RecordTypes.Read(type, ref data) is not { } value)
            return null;

        records.Add(new DnsRecord(owner, type, Ttl(ttl), value));
        return records;
    }

    private static List<DomainName>? AddDelegation(List<DomainName>? delegation, DnsQuestion question, bool hasQuestion, ref WireReader ownerReader, ref WireReader data)
    {
        if (question.Type == DnsRecordType.Ns
            && ReadOwner(ref ownerReader, question, hasQuestion) is { } owner
            && owner.Equals(question.Name)
            && RecordTypes.Read(DnsRecordType.Ns, ref data) is NameData server)
        {
            delegation ??= [];
            delegation.Add(server.Target);
        }

        return delegation;
    }

    // Most owners are pointers to the question's name.
    private static DomainName? ReadOwner(ref WireReader reader, DnsQuestion question, bool hasQuestion) =>
        hasQuestion && reader.IsPointerTo(HeaderLength) ? question.Name : reader.TryReadName(out DomainName? name) ? name : null;

    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private bool IsQuestion(byte[] name, DnsRecordType type)
    {
        int at = HeaderLength + name.Length;
        if (_length < at + 4 || UInt16(at) != (ushort)type || UInt16(at + 2) != 1) return false;

        for (int i = 0; i < name.Length; i++)
        {
            // Lengths are below 'A', so they may be folded with the rest.
            if (Lower(_octets[_start + HeaderLength + i]) != Lower(name[i])) return false;
        }

        return true;
    }

    private static int Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? octet | 0x20 : octet;

    private ushort UInt16(int position) => (ushort)((_octets[_start + position] << 8) | _octets[_start + position + 1]);
}

/// <summary>What a response message says that counts, whoever read it.</summary>
internal sealed class ReceivedMessage
{
    /// <summary>The RCODE with its upper bits from the OPT record (RFC 6891 section 6.1.3).</summary>
    public int Code { get; init; }

    /// <summary>AA.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>RA.</summary>
    public bool IsRecursionAvailable { get; init; }

    /// <summary>AD: the server says that it has validated the answer (RFC 4035 section 3.2.3).</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>The answer's aliases and records of the asked type; null where one of them cannot be read.</summary>
    public List<DnsRecord>? Records { get; init; }

    /// <summary>The authority section has NS records.</summary>
    public bool HasDelegation { get; init; }

    /// <summary>The targets of the NS records of the asked name in the authority section, where NS was asked; null where there is none.</summary>
    public List<DomainName>? Delegation { get; init; }

    /// <summary>Seconds that a negative answer may be kept (RFC 2308 section 5); null where the authority section has no SOA record.</summary>
    public uint? NegativeTtl { get; init; }
}
