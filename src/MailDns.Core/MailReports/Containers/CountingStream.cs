using System.IO;

namespace MailDns.MailReports;

/// <summary>
/// Reads another stream, counts, and stops at the limits. It also gives again what was looked at to tell the format.
/// </summary>
internal sealed class CountingStream(Stream inner, Action<long> onRead) : Stream
{
    private byte[] _head = Array.Empty<byte>();
    private int _headAt;
    private int _headEnd;

    /// <summary>Octets taken from the inner stream.</summary>
    public long Count { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The first octets, which are given again: at most as many as the array holds.</summary>
    public int Look(byte[] head)
    {
        while (_headEnd < head.Length)
        {
            int read = Take(head, _headEnd, head.Length - _headEnd);
            if (read == 0) break;

            _headEnd += read;
        }

        _head = head;
        return _headEnd;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_headAt < _headEnd)
        {
            int length = Math.Min(count, _headEnd - _headAt);
            Array.Copy(_head, _headAt, buffer, offset, length);
            _headAt += length;
            return length;
        }

        return Take(buffer, offset, count);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Count += read;
        onRead(read);
        return read;
    }
}
