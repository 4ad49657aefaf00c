namespace MailDns.Publishing;

/// <summary>
/// One dynamic update (RFC 2136): all changes of a zone, which the server makes together or not at all, and as prerequisites
/// that every set is what the plan was made from.
/// </summary>
internal static class UpdateMessage
{
    /// <summary>Longest message over TCP.</summary>
    public const int MaxLength = 65535;

    private const ushort OpcodeUpdate = 5 << 11;
    private const ushort ClassIn = 1;
    private const ushort ClassNone = 254;
    private const ushort ClassAny = 255;
    private const ushort TypeAny = 255;

    /// <summary>The message without TSIG.</summary>
    /// <exception cref="InvalidOperationException">It is longer than a message can be.</exception>
    public static byte[] Write(ushort id, DomainName zone, IReadOnlyList<RecordSetChange> sets)
    {
        var message = new WireWriter(4096);
        message.UInt16(id);
        message.UInt16(OpcodeUpdate);
        message.UInt16(1);
        message.UInt32(0);
        message.UInt16(0);
        message.Name(zone);
        message.UInt16((ushort)DnsRecordType.Soa);
        message.UInt16(ClassIn);
        message.SetUInt16(6, sets.Sum(set => WritePrerequisites(message, set)));
        message.SetUInt16(8, sets.Sum(set => WriteUpdates(message, set)));
        return message.Length <= MaxLength - 1024
            ? message.ToArray()
            : throw new InvalidOperationException("The changes of " + zone + " do not fit one dynamic update (65535 octets). Publish them in several parts.");
    }

    // RFC 2136 section 2.4.
    private static int WritePrerequisites(WireWriter message, RecordSetChange set)
    {
        DomainName owner = set.Key.Owner;
        if (set.Actual.Count > 0)
        {
            // 2.4.2: the set exists with exactly these records.
            foreach (ResourceRecord record in set.Actual)
                WriteRecord(message, owner, (ushort)record.DnsType, ClassIn, ttl: 0, record.Data);

            return set.Actual.Count;
        }

        if (set.Key.Type == DnsRecordType.Cname)
        {
            // 2.4.5: the name is not in use. Servers drop an alias beside other data without a word (section 3.4.2.2).
            WriteRecord(message, owner, TypeAny, ClassNone, ttl: 0, data: null);
            return 1;
        }

        // 2.4.3: the set does not exist, and neither does an alias, beside which the server would drop the addition without a word.
        WriteRecord(message, owner, (ushort)set.Key.Type, ClassNone, ttl: 0, data: null);
        WriteRecord(message, owner, (ushort)DnsRecordType.Cname, ClassNone, ttl: 0, data: null);
        return 2;
    }

    // RFC 2136 sections 2.5.1 and 2.5.4.
    private static int WriteUpdates(WireWriter message, RecordSetChange set)
    {
        foreach (ResourceRecord record in set.Removed)
            WriteRecord(message, set.Key.Owner, (ushort)record.DnsType, ClassNone, ttl: 0, record.Data);

        foreach (ResourceRecord record in set.Added)
            WriteRecord(message, set.Key.Owner, (ushort)record.DnsType, ClassIn, record.Ttl, record.Data);

        return set.Removed.Count + set.Added.Count;
    }

    private static void WriteRecord(WireWriter message, DomainName owner, ushort type, ushort recordClass, uint ttl, RecordData? data)
    {
        message.Name(owner);
        message.Record((DnsRecordType)type, recordClass, ttl, data);
    }
}
