using System.Buffers.Binary;
using MailDns.Dns;

namespace MailDns.Resolver.Wire;

/// <summary>Reads a response message (RFC 1035 section 4.1). All of it comes from outside: every length is bounded by the message's own.</summary>
internal static class WireMessage
{
    private const int ResponseFlag = 0x8000;
    private const int OpcodeMask = 0x7800;
    private const int AuthoritativeFlag = 0x0400;
    private const int TruncatedFlag = 0x0200;
    private const int RecursionAvailableFlag = 0x0080;
    private const int AuthenticFlag = 0x0020;
    private const int OptType = 41;

    /// <summary>The records of an answer without any: nothing is ever added.</summary>
    private static readonly List<DnsRecord> s_none = new(0);

    /// <summary>The message ID; false where the message is too short for a header.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> message, out ushort id)
    {
        id = message.Length < WireQuery.HeaderLength ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(message);
        return message.Length >= WireQuery.HeaderLength;
    }

    /// <summary>
    /// True for a response to exactly that question (RFC 5452 section 9.1). Servers may give the name back in another case
    /// (RFC 4343 section 4.1), and those that could not read the query, or would not, may leave the question out.
    /// </summary>
    public static bool IsFor(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, DnsRecordType type)
    {
        if (message.Length < WireQuery.HeaderLength)
        {
            return false;
        }

        int flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & ResponseFlag) == 0 || (flags & OpcodeMask) != 0)
        {
            return false;
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        if (questions == 0)
        {
            return (flags & 0xF) is 1 or 2 or 4 or 5;
        }

        return questions == 1 && IsQuestion(message[WireQuery.HeaderLength..], name, type);
    }

    /// <summary>TC (RFC 2181 section 9): what is there is not to be used.</summary>
    public static bool IsTruncated(ReadOnlySpan<byte> message) =>
        (BinaryPrimitives.ReadUInt16BigEndian(message[2..]) & TruncatedFlag) != 0;

    /// <summary>What a response that <see cref="IsFor"/> the question says; null where the message ends early or a length is wrong.</summary>
    public static ReceivedMessage? Read(ReadOnlySpan<byte> message, DnsQuestion question)
    {
        int flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        var reader = new WireReader(message, WireQuery.HeaderLength);
        if (BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1 && !(reader.TrySkipName() && reader.TryRead(4, out _)))
        {
            return null;
        }

        int answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        List<DnsRecord>? records = answers == 0 ? s_none : new(1);
        uint? negativeTtl = null;
        bool hasDelegation = false;
        List<DomainName>? delegation = null;
        int code = flags & 0xF;
        int authorities = answers + BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        int all = authorities + BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        for (int i = 0; i < all; i++)
        {
            int owner = reader.Position;
            if (!reader.TrySkipName()
                || !reader.TryReadUInt16(out int type)
                || !reader.TryReadUInt16(out int recordClass)
                || !reader.TryReadUInt32(out uint ttl)
                || !reader.TryReadUInt16(out int length))
            {
                return null;
            }

            int data = reader.Position;
            if (!reader.TryRead(length, out _))
            {
                return null;
            }

            // RFC 2181 section 8: a time to live with the highest bit set is zero.
            ttl = ttl > int.MaxValue ? 0 : ttl;
            if (i < answers)
            {
                // Of an answer section only aliases and the asked type are read; signatures and the like are nobody's.
                if ((DnsRecordType)type == question.Type || (DnsRecordType)type == DnsRecordType.Cname)
                {
                    records = recordClass == 1 ? Add(records, message, question, owner, (DnsRecordType)type, ttl, data, length) : null;
                }
            }
            else if (i < authorities)
            {
                if ((DnsRecordType)type == DnsRecordType.Ns)
                {
                    hasDelegation = true;
                    delegation = recordClass == 1 ? AddDelegation(delegation, message, question, owner, data, length) : delegation;
                }

                negativeTtl ??= (DnsRecordType)type == DnsRecordType.Soa && length >= 20
                    ? Math.Min(ttl, BinaryPrimitives.ReadUInt32BigEndian(message[(data + length - 4)..]))
                    : null;
            }
            else if (type == OptType)
            {
                // RFC 6891 section 6.1.3: the upper eight bits of the RCODE are in the OPT record.
                code |= message[data - 6] << 4;
            }
        }

        return new ReceivedMessage
        {
            Code = code,
            IsAuthoritative = (flags & AuthoritativeFlag) != 0,
            IsRecursionAvailable = (flags & RecursionAvailableFlag) != 0,
            IsAuthenticated = (flags & AuthenticFlag) != 0,
            Records = records,
            HasDelegation = hasDelegation,
            Delegation = delegation,
            NegativeTtl = negativeTtl,
        };
    }

    private static bool IsQuestion(ReadOnlySpan<byte> section, ReadOnlySpan<byte> name, DnsRecordType type)
    {
        if (section.Length < name.Length + 4
            || BinaryPrimitives.ReadUInt16BigEndian(section[name.Length..]) != (int)type
            || BinaryPrimitives.ReadUInt16BigEndian(section[(name.Length + 2)..]) != 1)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            // Lengths are below 'A', so they may be folded with the rest.
            if (Lower(section[i]) != Lower(name[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Lower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    // Null stays null: where one record cannot be read nothing is concluded from the others.
    private static List<DnsRecord>? Add(
        List<DnsRecord>? records,
        ReadOnlySpan<byte> message,
        DnsQuestion question,
        int ownerPosition,
        DnsRecordType type,
        uint ttl,
        int data,
        int length)
    {
        if (records is null || ReadOwner(message, ownerPosition, question) is not { } owner || WireRecord.Read(message, data, length, type) is not { } value)
        {
            return null;
        }

        records.Add(new DnsRecord(owner, type, ttl, value));
        return records;
    }

    private static List<DomainName>? AddDelegation(List<DomainName>? delegation, ReadOnlySpan<byte> message, DnsQuestion question, int ownerPosition, int data, int length)
    {
        if (question.Type == DnsRecordType.Ns
            && ReadOwner(message, ownerPosition, question) is { } owner
            && owner.Equals(question.Name)
            && WireRecord.Read(message, data, length, DnsRecordType.Ns) is NameData server)
        {
            delegation ??= [];
            delegation.Add(server.Target);
        }

        return delegation;
    }

    // Most owners are pointers to the question's name.
    private static DomainName? ReadOwner(ReadOnlySpan<byte> message, int position, DnsQuestion question)
    {
        if (message[position] == 0xC0 && message[position + 1] == WireQuery.HeaderLength && BinaryPrimitives.ReadUInt16BigEndian(message[4..]) == 1)
        {
            return question.Name;
        }

        var reader = new WireReader(message, position);
        return reader.TryReadName(out DomainName? name) ? name : null;
    }
}
