using System.Security.Cryptography;

namespace MailDns.Messages;

/// <summary>Header fields in canonical form (RFC 6376 sections 3.4.1 and 3.4.2), straight into one SHA-256.</summary>
internal sealed class HeaderCanonicalizer : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = OctetPool.Rent();
    private int _filled;

    /// <summary>Adds a whole field and the CRLF behind it.</summary>
    public void Add(MessageHeader header, int index, bool relaxed)
    {
        HeaderField field = header[index];
        AddField(header, field, cutStart: field.End, cutEnd: field.End, relaxed);
        Put((byte)'\r');
        Put((byte)'\n');
    }

    /// <summary>
    /// Adds the field of the signature itself without the octets of its b= (places in the value, section 3.7), and without
    /// the CRLF.
    /// </summary>
    public void AddSignature(MessageHeader header, int index, int cutStart, int cutEnd, bool relaxed)
    {
        HeaderField field = header[index];
        AddField(header, field, field.Colon + 1 + cutStart, field.Colon + 1 + cutEnd, relaxed);
    }

    /// <summary>The SHA-256 of what was added; the canonicalizer begins anew.</summary>
    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose()
    {
        OctetPool.Return(_buffer);
        _buffer = Array.Empty<byte>();
        _hash.Dispose();
    }

    private void AddField(MessageHeader header, HeaderField field, int cutStart, int cutEnd, bool relaxed)
    {
        if (relaxed)
        {
            AddRelaxed(header, field, cutStart, cutEnd);
            return;
        }

        PutAll(header.Octets, field.Start, cutStart);
        PutAll(header.Octets, cutEnd, field.End);
    }

    private void AddRelaxed(MessageHeader header, HeaderField field, int cutStart, int cutEnd)
    {
        byte[] octets = header.Octets;
        int nameEnd = header.NameEnd(field);
        for (int i = field.Start; i < nameEnd; i++)
            Put(octets[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(octets[i] | 0x20) : octets[i]);

        Put((byte)':');
        bool space = false;
        bool begun = false;
        for (int i = field.Colon + 1; i < field.End; i++)
        {
            if (i >= cutStart && i < cutEnd) continue;

            byte octet = octets[i];
            if (octet is (byte)' ' or (byte)'\t')
            {
                space = begun;
            }
            else if (octet == (byte)'\r' && i + 1 < field.End && octets[i + 1] == (byte)'\n')
            {
                // Folding: the white space that follows counts, the line's end does not.
                i++;
            }
            else
            {
                if (space)
                {
                    Put((byte)' ');
                    space = false;
                }

                Put(octet);
                begun = true;
            }
        }
    }

    private void PutAll(byte[] octets, int start, int end)
    {
        while (start < end)
        {
            if (_filled == _buffer.Length) Flush();

            int taken = Math.Min(end - start, _buffer.Length - _filled);
            Buffer.BlockCopy(octets, start, _buffer, _filled, taken);
            _filled += taken;
            start += taken;
        }
    }

    private void Put(byte octet)
    {
        if (_filled == _buffer.Length) Flush();

        _buffer[_filled++] = octet;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _filled = 0;
    }
}

/// <summary>Takes a body piece by piece.</summary>
internal abstract class BodyConsumer
{
    public abstract void Append(byte[] octets, int start, int count);

    public abstract void End();
}

/// <summary>The SHA-256 of a canonicalized body, or of its first octets (l=, RFC 6376 section 3.7).</summary>
internal sealed class BodyDigest(long limit) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _left = limit;
    private byte[]? _value;

    /// <summary>How many octets are hashed at the most.</summary>
    public long Limit { get; } = limit;

    public byte[] Value => _value ??= _hash.GetHashAndReset();

    public void Append(byte[] octets, int count)
    {
        int taken = (int)Math.Min(count, _left);
        if (taken > 0)
        {
            _hash.AppendData(octets, 0, taken);
            _left -= taken;
        }
    }

    public void Dispose() => _hash.Dispose();
}

/// <summary>A body in canonical form (RFC 6376 sections 3.4.3 and 3.4.4), whatever way its lines end, straight into its digests.</summary>
internal sealed class BodyCanonicalizer(bool relaxed) : BodyConsumer, IDisposable
{
    /// <summary>How many of the last lines are remembered.</summary>
    public const int LinesKept = 64;
    private readonly List<BodyDigest> _digests = new();
    private readonly long[] _lineEnds = new long[LinesKept];
    private byte[] _buffer = OctetPool.Rent();
    private int _filled;
    private long _emptyLines;
    private bool _hasContent;
    private bool _space;
    private bool _return;

    public bool IsRelaxed { get; } = relaxed;

    /// <summary>Octets in canonical form.</summary>
    public long Length { get; private set; }

    /// <summary>Lines that are not empty.</summary>
    public long LineCount { get; private set; }

    /// <summary>The digest of the whole, or of the first octets; made before the body is read, and shared.</summary>
    public BodyDigest Digest(long limit = long.MaxValue)
    {
        BodyDigest? known = _digests.Find(digest => digest.Limit == limit);
        if (known is null)
        {
            known = new BodyDigest(limit);
            _digests.Add(known);
        }

        return known;
    }

    /// <summary>Where the last lines that are not empty end, from the last but one upwards.</summary>
    public IEnumerable<long> EndsBeforeLast()
    {
        for (long line = LineCount - 2; line >= 0 && line >= LineCount - LinesKept; line--)
            yield return _lineEnds[line % LinesKept];
    }

    public override void Append(byte[] octets, int start, int count)
    {
        if (IsRelaxed)
            AppendRelaxed(octets, start, start + count);
        else
            AppendSimple(octets, start, start + count);
    }

    public override void End()
    {
        if (_return)
        {
            _return = false;
            Content((byte)'\r');
        }

        if (_hasContent) EndLine();

        // Section 3.4.3: an empty body is one CRLF; section 3.4.4: nothing.
        if (!IsRelaxed && Length + _filled == 0)
        {
            Put((byte)'\r');
            Put((byte)'\n');
        }

        Flush();
    }

    public void Dispose()
    {
        OctetPool.Return(_buffer);
        _buffer = Array.Empty<byte>();
        foreach (BodyDigest digest in _digests)
            digest.Dispose();
    }

    private void AppendRelaxed(byte[] octets, int i, int end)
    {
        while (i < end)
        {
            byte octet = octets[i];
            if (octet == (byte)'\n')
            {
                _return = false;
                EndLine();
                i++;
                continue;
            }

            if (_return)
            {
                _return = false;
                Content((byte)'\r');
            }

            if (octet == (byte)'\r')
            {
                _return = true;
                i++;
            }
            else if (octet is (byte)' ' or (byte)'\t')
            {
                _space = true;
                i++;
            }
            else
            {
                int start = i++;
                while (i < end && octets[i] > 32)
                    i++;

                Content(octets, start, i - start);
            }
        }
    }

    private void AppendSimple(byte[] octets, int i, int end)
    {
        while (i < end)
        {
            if (_return && octets[i] != (byte)'\n')
            {
                _return = false;
                Content((byte)'\r');
            }

            int feed = Array.IndexOf(octets, (byte)'\n', i, end - i);
            int stop = feed < 0 ? end : feed;
            int length = stop - i;
            _return = _return && length == 0;
            if (length > 0 && octets[stop - 1] == (byte)'\r')
            {
                length--;
                _return = true;
            }

            if (length > 0) Content(octets, i, length);
            if (feed < 0) return;

            _return = false;
            EndLine();
            i = feed + 1;
        }
    }

    private void Content(byte octet)
    {
        BeginContent();
        Put(octet);
    }

    private void Content(byte[] octets, int start, int count)
    {
        BeginContent();
        while (count > 0)
        {
            if (_filled == _buffer.Length) Flush();

            int taken = Math.Min(count, _buffer.Length - _filled);
            Buffer.BlockCopy(octets, start, _buffer, _filled, taken);
            _filled += taken;
            start += taken;
            count -= taken;
        }
    }

    private void BeginContent()
    {
        for (; _emptyLines > 0; _emptyLines--)
        {
            Put((byte)'\r');
            Put((byte)'\n');
        }

        if (_space)
        {
            _space = false;
            Put((byte)' ');
        }

        _hasContent = true;
    }

    private void EndLine()
    {
        if (_hasContent)
        {
            Put((byte)'\r');
            Put((byte)'\n');
            _lineEnds[LineCount++ % LinesKept] = Length + _filled;
        }
        else
        {
            _emptyLines++;
        }

        _hasContent = false;
        _space = false;
    }

    private void Put(byte octet)
    {
        if (_filled == _buffer.Length) Flush();

        _buffer[_filled++] = octet;
    }

    private void Flush()
    {
        foreach (BodyDigest digest in _digests)
            digest.Append(_buffer, _filled);

        Length += _filled;
        _filled = 0;
    }
}

/// <summary>What programs do to the lines of a body, undone line by line before it is canonicalized again.</summary>
internal enum LineRepair
{
    /// <summary>"&gt;From " at the start of a line was "From " (mbox files).</summary>
    MboxFrom,

    /// <summary>Lines that end in CR CR LF ended in CR LF (transfers in text mode).</summary>
    DoubleReturn,

    /// <summary>Lines that begin with two dots began with one (RFC 5321 section 4.5.2).</summary>
    DoubleDot,
}

/// <summary>Undoes one change to lines on the way to a canonicalizer.</summary>
internal sealed class LineRepairer(LineRepair repair, BodyCanonicalizer target) : BodyConsumer
{
    // A longer line is none that any of the changes was made to; it is handed on in pieces.
    private const int MaxLine = 32 * 1024;
    private readonly byte[] _line = new byte[MaxLine];
    private int _length;
    private bool _isBroken;

    public LineRepair Repair { get; } = repair;
    public BodyCanonicalizer Target { get; } = target;

    /// <summary>Lines that were changed; where there are none, the result is that of the body as it is.</summary>
    public long Changed { get; private set; }

    public override void Append(byte[] octets, int start, int count)
    {
        int end = start + count;
        while (start < end)
        {
            int feed = Array.IndexOf(octets, (byte)'\n', start, end - start);
            int stop = feed < 0 ? end : feed + 1;
            while (start < stop)
            {
                int taken = Math.Min(stop - start, MaxLine - _length);
                Buffer.BlockCopy(octets, start, _line, _length, taken);
                _length += taken;
                start += taken;
                if (_length == MaxLine)
                {
                    HandOn();
                    _isBroken = true;
                }
            }

            if (feed >= 0)
            {
                HandOn();
                _isBroken = false;
            }
        }
    }

    public override void End()
    {
        HandOn();
        Target.End();
    }

    private void HandOn()
    {
        int start = 0;
        if (!_isBroken && Repair == LineRepair.MboxFrom && IsMunged())
        {
            start = 1;
            Changed++;
        }
        else if (!_isBroken && Repair == LineRepair.DoubleDot && _length > 2 && _line[0] == (byte)'.' && _line[1] == (byte)'.')
        {
            start = 1;
            Changed++;
        }
        else if (Repair == LineRepair.DoubleReturn && _length > 2 && _line[_length - 2] == (byte)'\r' && _line[_length - 3] == (byte)'\r')
        {
            _line[_length - 2] = (byte)'\n';
            _length--;
            Changed++;
        }

        if (_length > start) Target.Append(_line, start, _length - start);

        _length = 0;
    }

    // Any number of ">" and then "From ": one of them was put there.
    private bool IsMunged()
    {
        int i = 0;
        while (i < _length && _line[i] == (byte)'>')
            i++;

        return i > 0 && _length - i >= 5 && _line[i] == (byte)'F' && _line[i + 1] == (byte)'r' && _line[i + 2] == (byte)'o' && _line[i + 3] == (byte)'m' && _line[i + 4] == (byte)' ';
    }
}
