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
        if (!isAnswer)
        {
            throw new FormatException("What came back is no answer to the update.");
        }

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
        6 => "YXDOMAIN: a name exists that did not when the plan was made",
        7 => "YXRRSET: a record set exists that did not when the plan was made",
        8 => "NXRRSET: a record set is not any more what it was when the plan was made",
        9 => "NOTAUTH: the server is not authoritative for the zone, or does not accept the key" + (Tsig is { Error: > 0 } tsig ? " (" + TsigSigner.Describe(tsig.Error) + ")" : string.Empty),
        10 => "NOTZONE: a name is not within the zone",
        _ => "RCODE " + Code,
    };

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
        var reader = new WireReader(_message, HeaderLength);
        for (int i = Count(4); i > 0; i--)
        {
            reader.SkipName();
            reader.Skip(4);
        }

        for (int i = Count(6) + Count(8) + Count(10); i > 0; i--)
        {
            int start = reader.Offset;
            DomainName owner = reader.ReadName();
            ushort type = reader.ReadUInt16();
            reader.Skip(6);
            int length = reader.ReadUInt16();
            if (type == TypeTsig && i == 1)
            {
                _tsigOffset = start;
                Tsig = TsigData.Read(owner, reader);
                return;
            }

            reader.Skip(length);
        }
    }

    private int Count(int offset) => (_message[offset] << 8) | _message[offset + 1];

    /// <summary>The TSIG record (RFC 8945 section 4.2).</summary>
    internal sealed class TsigData
    {
        private TsigData(DomainName keyName, DomainName algorithm)
        {
            KeyName = keyName;
            Algorithm = algorithm;
        }

        public DomainName KeyName { get; }

        public DomainName Algorithm { get; }

        public ulong Time { get; private set; }

        public ushort Fudge { get; private set; }

        public byte[] Mac { get; private set; } = Array.Empty<byte>();

        public ushort OriginalId { get; private set; }

        public ushort Error { get; private set; }

        public byte[] OtherData { get; private set; } = Array.Empty<byte>();

        public static TsigData Read(DomainName owner, WireReader reader) => new(owner, reader.ReadName())
        {
            Time = ((ulong)reader.ReadUInt16() << 32) | ((uint)reader.ReadUInt16() << 16) | reader.ReadUInt16(),
            Fudge = reader.ReadUInt16(),
            Mac = reader.ReadOctets(reader.ReadUInt16()),
            OriginalId = reader.ReadUInt16(),
            Error = reader.ReadUInt16(),
            OtherData = reader.ReadOctets(reader.ReadUInt16()),
        };
    }

    /// <summary>Reads a message within its bounds.</summary>
    internal sealed class WireReader(byte[] octets, int offset)
    {
        // A name of 255 octets has at most 127 labels; pointers only lead backwards (RFC 1035 section 4.1.4).
        private const int MaxSteps = 256;

        private readonly byte[] _octets = octets;

        public int Offset { get; private set; } = offset;

        public void Skip(int count) => Offset = Offset + count <= _octets.Length ? Offset + count : throw Broken();

        public ushort ReadUInt16()
        {
            Skip(2);
            return (ushort)((_octets[Offset - 2] << 8) | _octets[Offset - 1]);
        }

        public byte[] ReadOctets(int count)
        {
            Skip(count);
            var octets = new byte[count];
            Array.Copy(_octets, Offset - count, octets, 0, count);
            return octets;
        }

        public void SkipName() => ReadName();

        public DomainName ReadName()
        {
            var text = new System.Text.StringBuilder();
            int at = Offset;
            int? end = null;
            for (int steps = 0; steps < MaxSteps && at < _octets.Length; steps++)
            {
                int length = _octets[at];
                if (length == 0)
                {
                    Offset = end ?? (at + 1);
                    return DomainName.TryParseDns(text.ToString(), out DomainName? name) ? name! : throw Broken();
                }

                if (length >= 0xC0 && at + 1 < _octets.Length)
                {
                    end ??= at + 2;
                    at = ((length & 0x3F) << 8) | _octets[at + 1];
                }
                else if (length <= DomainName.MaxLabelLength && at + length < _octets.Length)
                {
                    text.Append(CharacterStrings.FromOctets(_octets, at + 1, length)).Append('.');
                    at += length + 1;
                }
                else
                {
                    break;
                }
            }

            throw Broken();
        }

        private static FormatException Broken() => new("The answer to the update is broken.");
    }
}
