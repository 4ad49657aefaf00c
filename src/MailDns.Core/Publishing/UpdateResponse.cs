namespace MailDns.Publishing;

/// <summary>The answer to a dynamic update: its code, and its signature where it has one.</summary>
internal sealed class UpdateResponse
{
    private const int HeaderLength = 12;
    private const ushort TypeTsig = 250;
    private readonly byte[] _message;
    private int _tsigOffset;

    private UpdateResponse(byte[] message) => _message = message;

    public int Code => _message[3] & 0xF;
    public TsigData? Tsig { get; private set; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is no answer to the message of that number.</exception>
    public static UpdateResponse Read(byte[] message, ushort id)
    {
        bool isAnswer = message.Length >= HeaderLength && (message[2] & 0xF8) == 0xA8 && ((message[0] << 8) | message[1]) == id;
        if (!isAnswer) throw new FormatException("What came back is not an answer to the update.");

        var response = new UpdateResponse(message);
        response.FindTsig();
        return response;
    }

    /// <summary>The response code in words (RFC 2136 section 2.2).</summary>
    public string Describe() => Code switch
    {
        1 => "FORMERR: the server cannot read the update",
        2 => "SERVFAIL: the server failed, perhaps because it cannot write the zone's file",
        3 => "NXDOMAIN: a name of the plan does not exist any more",
        4 => "NOTIMP: the server takes no dynamic updates",
        5 => "REFUSED: the server does not let this key or address update the zone",
        6 => "YXDOMAIN: the name has records of a type that was not asked for, or exists only since the plan was made",
        7 => "YXRRSET: a record set exists that did not when the plan was made",
        8 => "NXRRSET: a record set is not any more what it was when the plan was made",
        9 => "NOTAUTH: the server is not authoritative for the zone, or does not accept the key" + (Tsig is { Error: > 0 } tsig ? " (" + TsigSigner.Describe(tsig.Error) + ")" : string.Empty),
        10 => "NOTZONE: a name is not within the zone",
        _ => "RCODE " + Code,
    };

    /// <summary>YXDOMAIN: a name that was to be free has records (RFC 2136 section 2.4.5).</summary>
    public bool IsNameInUse => Code == 6;

    /// <summary>True where a prerequisite was not met, so that nothing was written (RFC 2136 section 3.2).</summary>
    public bool IsPrerequisiteFailure => Code is 3 or 6 or 7 or 8;

    /// <summary>The message as it was before it was signed.</summary>
    public byte[] Unsigned()
    {
        var unsigned = new byte[_tsigOffset];
        Array.Copy(_message, unsigned, _tsigOffset);
        int additional = ((unsigned[10] << 8) | unsigned[11]) - 1;
        unsigned[10] = (byte)(additional >> 8);
        unsigned[11] = (byte)additional;
        unsigned[0] = (byte)(Tsig!.OriginalId >> 8);
        unsigned[1] = (byte)Tsig.OriginalId;
        return unsigned;
    }

    private void FindTsig()
    {
        var reader = new WireReader(_message) { Position = HeaderLength };
        bool isWhole = true;
        for (int i = Count(4); i > 0; i--)
            isWhole = isWhole && reader.TrySkipName() && reader.TrySkip(4);

        for (int i = Count(6) + Count(8) + Count(10); i > 0 && isWhole; i--)
        {
            int start = reader.Position;
            isWhole = reader.TryReadName(out DomainName? owner) & reader.TryReadUInt16(out ushort type) & reader.TrySkip(6) & reader.TryReadUInt16(out ushort length);
            if (isWhole && type == TypeTsig && i == 1)
            {
                _tsigOffset = start;
                Tsig = TsigData.Read(owner!, ref reader) ?? throw Broken();
                return;
            }

            isWhole = isWhole && reader.TrySkip(length);
        }

        _ = isWhole ? true : throw Broken();
    }

    private static FormatException Broken() => new("The answer to the update is broken.");

    private int Count(int offset) => (_message[offset] << 8) | _message[offset + 1];

    /// <summary>The TSIG record (RFC 8945 section 4.2).</summary>
    internal sealed class TsigData(DomainName keyName, DomainName algorithm)
    {
        public DomainName KeyName { get; } = keyName;
        public DomainName Algorithm { get; } = algorithm;
        public ulong Time { get; private set; }
        public ushort Fudge { get; private set; }
        public byte[] Mac { get; private set; } = Array.Empty<byte>();
        public ushort OriginalId { get; private set; }
        public ushort Error { get; private set; }
        public byte[] OtherData { get; private set; } = Array.Empty<byte>();

        public static TsigData? Read(DomainName owner, ref WireReader reader)
        {
            bool isWhole = reader.TryReadName(out DomainName? algorithm)
                & reader.TryReadUInt16(out ushort high)
                & reader.TryReadUInt32(out uint low)
                & reader.TryReadUInt16(out ushort fudge)
                & reader.TryReadUInt16(out ushort macLength)
                & reader.TryReadOctets(macLength, out byte[] mac)
                & reader.TryReadUInt16(out ushort id)
                & reader.TryReadUInt16(out ushort error)
                & reader.TryReadUInt16(out ushort otherLength)
                & reader.TryReadOctets(otherLength, out byte[] other);
            return isWhole
                ? new TsigData(owner, algorithm!) { Time = ((ulong)high << 32) | low, Fudge = fudge, Mac = mac, OriginalId = id, Error = error, OtherData = other }
                : null;
        }
    }
}
