using System.Collections.Concurrent;
using System.IO;
using System.Text;

namespace MailDns.Messages;

/// <summary>What the copy shows of how it was made. None of these is in the message as it was signed.</summary>
[Flags]
internal enum CopyTraits
{
    None = 0,

    /// <summary>Lines end in LF alone, all or some.</summary>
    BareLineFeed = 1,

    /// <summary>A byte order mark stands in front.</summary>
    ByteOrderMark = 2,

    /// <summary>The octets were UTF-16 text.</summary>
    Utf16 = 4,

    /// <summary>The first line is the "From " line of an mbox file.</summary>
    MboxLine = 8,

    /// <summary>Empty lines stand before the header.</summary>
    LeadingLines = 16,

    /// <summary>A line of the header is no field.</summary>
    StrayLines = 32,

    /// <summary>The header was taken out of an Outlook .msg file, which keeps no body as it was sent.</summary>
    OutlookItem = 64,
}

/// <summary>
/// A message as octets: its header in memory, its body streamed, as often as it is asked for. Everything is bounded.
/// Lines may end in CRLF or LF; a lone CR ends nothing (RFC 5322 section 2.2).
/// </summary>
internal sealed class MessageOctets : IDisposable
{
    /// <summary>Largest message that is read. The largest that mail services take has 150 MB.</summary>
    public const long MaxOctets = 256L << 20;

    /// <summary>Largest header section; mail services take a tenth of that.</summary>
    public const int MaxHeaderOctets = 4 << 20;

    /// <summary>Most header fields.</summary>
    public const int MaxFields = 10_000;

    // Lines that are no field before the first that is one.
    private const int MaxStrayStart = 20;
    private static readonly string[] s_usual = { "from", "received", "date", "subject", "message-id", "dkim-signature", "return-path", "to", "mime-version" };
    private readonly Stream _stream;
    private readonly byte[] _chunk = OctetPool.Rent();
    private byte[] _octets = OctetPool.Rent();
    private int _length;
    private int _position;
    private int _end;
    private long _consumed;
    private long _bodyStart;
    private bool _bodyBegun;
    private int _strayLines;
    private bool _isStray;

    private MessageOctets(Stream stream) => _stream = stream;

    public MessageHeader Header { get; } = new();
    public CopyTraits Traits { get; private set; }

    /// <summary>Octets of the body as it stands in the copy; known once it was read.</summary>
    public long BodyLength { get; private set; } = -1;

    /// <summary>Reads the header section. The stream is read, never closed, and has to stay open as long as the body is asked for.</summary>
    /// <exception cref="MessageException">It is not a message, or too large.</exception>
    public static MessageOctets Read(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek && stream.Length > MaxOctets) throw TooLarge();

        var message = new MessageOctets(stream);
        try
        {
            message.Begin(cancellationToken);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Streams the body through each of the consumers.</summary>
    /// <exception cref="MessageException">It is too large.</exception>
    public void ReadBody(IReadOnlyList<BodyConsumer> consumers, CancellationToken cancellationToken)
    {
        long total = 0;
        if (_bodyBegun)
        {
            _stream.Position = _bodyStart;
            _position = _end = 0;
        }

        _bodyBegun = true;
        while (_position < _end || Fill(cancellationToken))
        {
            int count = _end - _position;
            total += count;
            if (total > MaxOctets) throw TooLarge();

            for (int i = 0; i < consumers.Count; i++)
                consumers[i].Append(_chunk, _position, count);

            _position = _end;
        }

        for (int i = 0; i < consumers.Count; i++)
            consumers[i].End();

        BodyLength = total;
    }

    public void Dispose()
    {
        OctetPool.Return(_chunk);
        OctetPool.Return(_octets);
        _octets = Array.Empty<byte>();
    }

    private static MessageException TooLarge() =>
        new(isTooLarge: true, "The file is larger than 256 MB, more than mail services take, and is not read.");

    private static MessageException NotMessage(string what) =>
        new(isTooLarge: false, what + " Save the message itself, with its whole header: \"Download original\", \"Show original\" or \"View source\" in webmail, or an .eml file.");

    private void Begin(CancellationToken cancellationToken)
    {
        if (!Fill(cancellationToken)) throw NotMessage("The file is empty.");

        SkipMark();
        RefuseOthers();
        ReadHeader(cancellationToken);
        Header.Octets = _octets;
        _bodyStart = _consumed - (_end - _position);
        if (!Array.Exists(s_usual, name => Header.First(name) >= 0))
            throw NotMessage("The file is not a mail message: it has none of the usual header fields.");
    }

    private bool Fill(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _position = 0;
        _end = 0;

        // A short first read must not hide what the file begins with.
        do
        {
            int read = _stream.Read(_chunk, _end, _chunk.Length - _end);
            if (read == 0) break;

            _end += read;
        }
        while (_end < 1024);

        _consumed += _end;
        return _end > 0;
    }

    private void SkipMark()
    {
        if (_end >= 3 && _chunk[0] == 0xEF && _chunk[1] == 0xBB && _chunk[2] == 0xBF)
        {
            Traits |= CopyTraits.ByteOrderMark;
            _position = 3;
        }
    }

    // What people give by mistake, each with a word of its own.
    private void RefuseOthers()
    {
        string start = Encoding.ASCII.GetString(_chunk, _position, Math.Min(512, _end - _position)).TrimStart(' ', '\t', '\r', '\n');
        if (start.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
            throw NotMessage("The file is a web page, not a mail message.");

        if (start.StartsWith("PK\u0003\u0004", StringComparison.Ordinal))
            throw NotMessage("The file is a ZIP archive, not a mail message; extract the message first.");

        if (start.StartsWith("%PDF", StringComparison.Ordinal))
            throw NotMessage("The file is a PDF document, not a mail message.");

        int look = Math.Min(512, _end - _position);
        if (look > 0 && Array.IndexOf(_chunk, (byte)0, _position, look) >= 0)
            throw NotMessage("The file is binary, not a mail message.");
    }

    private void ReadHeader(CancellationToken cancellationToken)
    {
        int line = 0;
        while (true)
        {
            if (_position >= _end && !Fill(cancellationToken))
            {
                if (_length > line) EndLine(line);

                return;
            }

            int feed = Array.IndexOf(_chunk, (byte)'\n', _position, _end - _position);
            int stop = feed < 0 ? _end : feed;
            Append(_position, stop - _position);
            _position = feed < 0 ? stop : stop + 1;
            if (feed < 0) continue;

            if (_length > line && _octets[_length - 1] == (byte)'\r')
                _length--;
            else
                Traits |= CopyTraits.BareLineFeed;

            if (_length > line)
            {
                EndLine(line);
                line = _length;
            }
            else if (Header.Count > 0 || _strayLines > 0)
            {
                return;
            }
            else
            {
                Traits |= CopyTraits.LeadingLines;
            }
        }
    }

    private void Append(int start, int count)
    {
        if (_length + count > MaxHeaderOctets)
        {
            throw new MessageException(isTooLarge: true, "The header of the message is larger than " + (MaxHeaderOctets >> 20) + " MB, which no mail server takes, and is not read.");
        }

        // Room for the CRLF that is put behind every line.
        if (_length + count + 2 > _octets.Length)
        {
            var larger = new byte[Math.Max(_octets.Length * 2, _length + count + 2)];
            Buffer.BlockCopy(_octets, 0, larger, 0, _length);
            OctetPool.Return(_octets);
            _octets = larger;
        }

        Buffer.BlockCopy(_chunk, start, _octets, _length, count);
        _length += count;
    }

    // A whole line from its start to _length, CR and LF already gone.
    private void EndLine(int line)
    {
        int end = _length;
        if (_octets[line] is (byte)' ' or (byte)'\t')
        {
            if (Header.Count > 0 && !_isStray)
                Header.Extend(end);
            else
                Stray();
        }
        else if (FindColon(line, end) is >= 0 and int colon)
        {
            if (Header.Count == MaxFields)
                throw new MessageException(isTooLarge: true, "The message has more than " + MaxFields + " header fields and is not read.");

            int name = colon;
            while (_octets[name - 1] is (byte)' ' or (byte)'\t')
                name--;

            Header.Add(new HeaderField(line, colon, end, MessageHeader.HashOf(_octets, line, name)));
            _isStray = false;
        }
        else if (Header.Count == 0 && _strayLines == 0 && (Traits & CopyTraits.MboxLine) == CopyTraits.None && Starts(line, end, "From "))
        {
            Traits |= CopyTraits.MboxLine;
        }
        else
        {
            Stray();
        }

        _octets[_length++] = (byte)'\r';
        _octets[_length++] = (byte)'\n';
    }

    private void Stray()
    {
        _isStray = true;
        _strayLines++;
        Traits |= CopyTraits.StrayLines;
        if (Header.Count == 0 && _strayLines > MaxStrayStart)
            throw NotMessage("The file is not a mail message: it does not begin with header fields.");

        if (_strayLines > MaxFields)
            throw new MessageException(isTooLarge: true, "The header has more than " + MaxFields + " lines that are not header fields, and is not read.");
    }

    private bool Starts(int line, int end, string text)
    {
        if (end - line < text.Length) return false;

        for (int i = 0; i < text.Length; i++)
        {
            if (_octets[line + i] != text[i]) return false;
        }

        return true;
    }

    // field-name = 1*ftext, and white space before the colon as old senders wrote it (RFC 5322 sections 3.6.8 and 4.5).
    private int FindColon(int line, int end)
    {
        int i = line;
        while (i < end && _octets[i] is > 32 and < 127 and not (byte)':')
            i++;

        if (i == line) return -1;

        while (i < end && _octets[i] is (byte)' ' or (byte)'\t')
            i++;

        return i < end && _octets[i] == (byte)':' ? i : -1;
    }

    internal void Mark(CopyTraits traits) => Traits |= traits;
}

/// <summary>Buffers of 64 KB that are used again, so that a message costs its header and little more.</summary>
internal static class OctetPool
{
    public const int Size = 64 * 1024;
    private const int MaxKept = 32;
    private static readonly ConcurrentBag<byte[]> s_kept = new();

    public static byte[] Rent() => s_kept.TryTake(out byte[]? buffer) ? buffer : new byte[Size];

    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Size && s_kept.Count < MaxKept) s_kept.Add(buffer);
    }
}

/// <summary>The octets are not a message, or are more than MailDns reads. The message says what they are and what to do.</summary>
internal sealed class MessageException(bool isTooLarge, string message) : Exception(message)
{
    /// <summary>True where a limit was reached; false where the octets are not a message.</summary>
    public bool IsTooLarge { get; } = isTooLarge;
}
