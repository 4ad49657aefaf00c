using System;
using System.Buffers.Binary;

namespace MailDns.TestSupport;

/// <summary>Builds answers from zone data. No state, no allocation.</summary>
internal static class Responder
{
    public const int MaxAliases = 16;

    private const int Truncated = 0x0200;
    private const int Authoritative = 0x0400;
    private const int ServerBufferSize = 1232;

    public static int Answer(ZoneData data, in ReceivedQuery query, Span<byte> buffer, int limit)
    {
        Span<ushort> offsets = stackalloc ushort[64];
        var writer = new MessageWriter(buffer[..limit], offsets);
        if (query.HasEdns && query.EdnsVersion is not 0)
            return Error(in query, ResponseCode.BadVers, buffer);
        if (query.Class is not (1 or 255))
            return Error(in query, ResponseCode.Refused, buffer);

        Begin(ref writer, in query);
        ResponseCode code = WriteAnswer(ref writer, data, in query, out int answers, out int authorities, out bool authoritative);
        if (code is ResponseCode.Refused)
            return Error(in query, code, buffer);
        WriteEdns(ref writer, in query, code);
        if (writer.Overflowed)
            return Truncate(in query, buffer);
        Finish(writer.Written, in query, code, answers, authorities, authoritative ? Authoritative : 0);
        return writer.Length;
    }

    public static int Truncate(in ReceivedQuery query, Span<byte> buffer) => Empty(in query, ResponseCode.NoError, Truncated | Authoritative, buffer);

    public static int Error(in ReceivedQuery query, ResponseCode code, Span<byte> buffer) => Empty(in query, code, 0, buffer);

    /// <summary>A response without records; without a question when the query had none that could be read.</summary>
    public static int Empty(in ReceivedQuery query, ResponseCode code, int flags, Span<byte> buffer)
    {
        Span<ushort> offsets = stackalloc ushort[64];
        var writer = new MessageWriter(buffer, offsets);
        Begin(ref writer, in query);
        WriteEdns(ref writer, in query, code);
        Finish(writer.Written, in query, code, 0, 0, flags);
        return writer.Length;
    }

    /// <summary>The question's name is an alias of a name that is an alias of the question's name.</summary>
    public static int AliasLoop(in ReceivedQuery query, Span<byte> buffer)
    {
        Span<ushort> offsets = stackalloc ushort[64];
        var writer = new MessageWriter(buffer, offsets);
        Begin(ref writer, in query);
        byte[] other = WireName.Parse("loop.invalid.");
        writer.WriteRecord(query.Name, (int)DnsType.CNAME, 60, other);
        writer.WriteRecord(other, (int)DnsType.CNAME, 60, query.Name);
        WriteEdns(ref writer, in query, ResponseCode.NoError);
        Finish(writer.Written, in query, ResponseCode.NoError, 2, 0, Authoritative);
        return writer.Length;
    }

    /// <summary>No answer, and the root's name servers as the authority.</summary>
    public static int UpwardReferral(in ReceivedQuery query, Span<byte> buffer)
    {
        Span<ushort> offsets = stackalloc ushort[64];
        var writer = new MessageWriter(buffer, offsets);
        Begin(ref writer, in query);
        writer.WriteRecord([0], (int)DnsType.NS, 60, WireName.Parse("a.root-servers.invalid."));
        WriteEdns(ref writer, in query, ResponseCode.NoError);
        Finish(writer.Written, in query, ResponseCode.NoError, 0, 1, 0);
        return writer.Length;
    }

    /// <summary>One record of the asked type whose data does not parse as that type.</summary>
    public static int GarbageData(in ReceivedQuery query, Span<byte> buffer)
    {
        Span<ushort> offsets = stackalloc ushort[64];
        var writer = new MessageWriter(buffer, offsets);
        Begin(ref writer, in query);
        // As TXT: a character-string of 255 octets in 3. As an address: too short. As a name: a label of a reserved kind.
        writer.WriteName(query.Name);
        writer.WriteUInt16(query.Type);
        writer.WriteUInt16(1);
        writer.WriteUInt32(60);
        writer.WriteUInt16(3);
        writer.WriteBytes([0xFF, 0x80, 0x41]);
        WriteEdns(ref writer, in query, ResponseCode.NoError);
        Finish(writer.Written, in query, ResponseCode.NoError, 1, 0, Authoritative);
        return writer.Length;
    }

    private static void Begin(ref MessageWriter writer, in ReceivedQuery query)
    {
        writer.WriteBytes(stackalloc byte[12]);
        if (query.Name.IsEmpty)
            return;
        writer.WriteName(query.Name);
        writer.WriteUInt16(query.Type);
        writer.WriteUInt16(query.Class);
    }

    private static void WriteEdns(ref MessageWriter writer, in ReceivedQuery query, ResponseCode code)
    {
        if (!query.HasEdns)
            return;
        writer.WriteBytes([0]);
        writer.WriteUInt16((int)DnsType.OPT);
        writer.WriteUInt16(ServerBufferSize);
        writer.WriteUInt32((uint)((int)code >> 4) << 24);
        writer.WriteUInt16(0);
    }

    private static void Finish(Span<byte> message, in ReceivedQuery query, ResponseCode code, int answers, int authorities, int flags)
    {
        // QR, the query's opcode and RD, and RA: the server stands in for a resolver.
        bool lame = flags is LameFlags;
        int high = 0x8000 | (query.Flags & 0x7900) | (lame ? 0 : flags | 0x0080) | ((int)code & 0xF);
        BinaryPrimitives.WriteUInt16BigEndian(message, query.Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)high);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], (ushort)(query.Name.IsEmpty ? 0 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], (ushort)answers);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], (ushort)authorities);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], (ushort)(query.HasEdns ? 1 : 0));
    }

    /// <summary>Neither authoritative nor a resolver: what a lame server's empty answer looks like.</summary>
    public const int LameFlags = -1;

    private static ResponseCode WriteAnswer(
        ref MessageWriter writer,
        ZoneData data,
        in ReceivedQuery query,
        out int answers,
        out int authorities,
        out bool authoritative)
    {
        answers = 0;
        authorities = 0;
        authoritative = true;
        ReadOnlySpan<byte> owner = query.Name;
        Span<byte> current = stackalloc byte[WireName.MaxLength];
        query.LowerName.CopyTo(current);
        int length = query.LowerName.Length;
        for (int links = 0; links <= MaxAliases; links++)
        {
            ZoneData.Outcome outcome = data.Find(current[..length], query.Type, out ZoneData.Node? node, out ZoneData.Node? apex);
            switch (outcome)
            {
                case ZoneData.Outcome.NotAuthoritative:
                    return links is 0 ? ResponseCode.Refused : ResponseCode.NoError;
                case ZoneData.Outcome.Answer:
                    foreach (ZoneData.RecordSet set in node!.Sets)
                    {
                        if (set.Type == query.Type || query.Type is (int)DnsType.ANY)
                            answers += WriteSet(ref writer, owner, set);
                    }

                    return ResponseCode.NoError;
                case ZoneData.Outcome.Alias:
                    TestRecord alias = node!.Set((int)DnsType.CNAME)!.Records[0];
                    writer.WriteRecord(owner, alias.Type, alias.TimeToLive, alias.Data);
                    answers++;
                    owner = alias.Data;
                    length = alias.Data.Length;
                    WireName.Lower(alias.Data, current);
                    continue;
                case ZoneData.Outcome.Referral:
                    authoritative = links > 0;
                    authorities = WriteSet(ref writer, node!.Name, node.Set((int)DnsType.NS)!);
                    return ResponseCode.NoError;
                default:
                    TestRecord soa = apex!.Set((int)DnsType.SOA)!.Records[0];
                    uint minimum = BinaryPrimitives.ReadUInt32BigEndian(soa.Data.AsSpan(soa.Data.Length - 4));
                    writer.WriteRecord(soa.Owner, soa.Type, Math.Min(soa.TimeToLive, minimum), soa.Data);
                    authorities = 1;
                    return outcome is ZoneData.Outcome.NameError ? ResponseCode.NxDomain : ResponseCode.NoError;
            }
        }

        return ResponseCode.NoError;
    }

    private static int WriteSet(ref MessageWriter writer, scoped ReadOnlySpan<byte> owner, ZoneData.RecordSet set)
    {
        foreach (TestRecord record in set.Records)
            writer.WriteRecord(owner, record.Type, record.TimeToLive, record.Data);
        return set.Records.Length;
    }
}
