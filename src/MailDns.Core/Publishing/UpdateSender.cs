using System.IO;

namespace MailDns.Publishing;

/// <summary>Sends a DNS message to one server and gives its answer.</summary>
internal interface IMessageExchange
{
    /// <summary>The server, for people.</summary>
    string Server { get; }

    /// <summary>The answer's octets.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    Task<byte[]> SendAsync(byte[] message, CancellationToken cancellationToken);
}

/// <summary>Carries changes out by dynamic update (RFC 2136), signed with a shared key (RFC 8945), in as few messages as they need.</summary>
/// <param name="exchange">The way to the server.</param>
/// <param name="key">The key that signs; null for none.</param>
/// <param name="newId">Draws a message number that nobody can guess.</param>
/// <param name="now">The time that the signature carries.</param>
internal sealed class UpdateSender(IMessageExchange exchange, TsigKey? key, Func<ushort> newId, Func<DateTimeOffset> now)
{
    /// <summary>Most names that a message lists.</summary>
    private const int MaxNames = 5;

    // For the signature.
    private const int Reserve = 1024;

    /// <summary>Why a set alone cannot be sent: it is longer than a message; null where it can.</summary>
    public static string? FindObstacle(RecordSetChange set)
    {
        try
        {
            RecordSetChange alone = RecordSetChange.Group(set.Items)[0];
            _ = alone.Meet(alone.Key.Records, RecordEquality.IsSameData);
            _ = UpdateMessage.Write(0, set.Key.Zone, new[] { alone });
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return "It cannot be sent by dynamic update: " + exception.Message;
        }
    }

    /// <summary>
    /// The sets of a zone in messages, each no longer than a message may be. What is at one name stays together, so that the
    /// zone is valid after every message; the order stays otherwise.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<RecordSetChange>> Divide(IReadOnlyList<RecordSetChange> sets)
    {
        DomainName zone = sets[0].Key.Zone;
        int empty = UpdateMessage.Write(0, zone, Array.Empty<RecordSetChange>()).Length;
        var messages = new List<IReadOnlyList<RecordSetChange>>();
        var message = new List<RecordSetChange>();
        int length = empty;
        foreach (RecordSetChange[] node in sets.GroupBy(set => set.Key.Owner).Select(group => group.ToArray()))
        {
            int size = UpdateMessage.Write(0, zone, node).Length - empty;
            if (message.Count > 0 && length + size > UpdateMessage.MaxLength - Reserve)
            {
                messages.Add(message);
                message = new List<RecordSetChange>();
                length = empty;
            }

            message.AddRange(node);
            length += size;
        }

        messages.Add(message);
        return messages;
    }

    /// <summary>Sends the changes of a zone.</summary>
    /// <exception cref="TargetException">The server refused, or did not answer.</exception>
    public async Task SendAsync(DomainName zone, IReadOnlyList<RecordSetChange> sets, CancellationToken cancellationToken)
    {
        ushort id = newId();
        byte[] message = UpdateMessage.Write(id, zone, sets);
        TsigSigner? signer = key is null ? null : new TsigSigner(key);
        message = signer?.Sign(message, now()) ?? message;
        UpdateResponse response;
        try
        {
            response = UpdateResponse.Read(await exchange.SendAsync(message, cancellationToken).ConfigureAwait(false), id);
        }
        catch (Exception exception) when (exception is FormatException or IOException or TimeoutException)
        {
            throw new TargetException("The update to " + exchange.Server + " got no answer: " + exception.Message + " Whether it was carried out is not known; compare again.", inner: exception);
        }

        string? fault = signer?.FindFault(response, now());
        if (response.Code != 0)
        {
            // Of all sets of the message only new aliases need a name that is not in use.
            DomainName[] aliases = sets.Where(set => set.Key.Type == DnsRecordType.Cname && set.Actual.Count == 0).Select(set => set.Key.Owner).ToArray();
            string which = response.IsNameInUse && aliases.Length > 0 ? " (one of the new aliases: " + string.Join(", ", aliases.Take(MaxNames)) + (aliases.Length > MaxNames ? " ..." : string.Empty) + "). Leave it out, or remove what is there" : string.Empty;
            throw new TargetException(response.Describe() + which + ".", response.IsPrerequisiteFailure && fault is null);
        }

        if (fault is not null)
            throw new TargetException("The server says that the update is done, but " + fault + ". Compare again to see the existing records.");
    }
}

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
