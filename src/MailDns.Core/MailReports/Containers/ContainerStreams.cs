using System.IO;
using System.Text;

namespace MailDns.MailReports;

/// <summary>The flags in the directory of a zip archive (APPNOTE 4.3.12), which the platform's reader does not show.</summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int MaxComment = 65535;

    /// <summary>True where the member of that name has the flag of encryption (APPNOTE 4.4.4, bit 0).</summary>
    public static bool IsEncrypted(Stream archive, string name)
    {
        long position = archive.Position;
        try
        {
            return Find(archive, name);
        }
        finally
        {
            archive.Position = position;
        }
    }

    private static bool Find(Stream archive, string name)
    {
        int tail = (int)System.Math.Min(archive.Length, EndSize + MaxComment);
        byte[] end = Read(archive, archive.Length - tail, tail);
        for (int i = tail - EndSize; i >= 0; i--)
        {
            if (Number(end, i, 4) == 0x06054B50)
            {
                long size = Number(end, i + 12, 4);
                long start = Number(end, i + 16, 4);
                return size <= 1 << 24 && start + size <= archive.Length && Find(Read(archive, start, (int)size), name);
            }
        }

        return false;
    }

    private static bool Find(byte[] directory, string name)
    {
        int at = 0;
        while (at + 46 <= directory.Length && Number(directory, at, 4) == 0x02014B50)
        {
            int nameLength = (int)Number(directory, at + 28, 2);
            if (at + 46 + nameLength > directory.Length) return false;

            bool isEncrypted = (Number(directory, at + 8, 2) & 1) != 0;
            if (isEncrypted && Encoding.UTF8.GetString(directory, at + 46, nameLength) is { } found && (found == name || found.Length != nameLength))
                return true;

            at += 46 + nameLength + (int)Number(directory, at + 30, 2) + (int)Number(directory, at + 32, 2);
        }

        return false;
    }

    private static byte[] Read(Stream archive, long position, int count)
    {
        var octets = new byte[count];
        archive.Position = position;
        int read;
        for (int done = 0; done < count && (read = archive.Read(octets, done, count - done)) > 0; done += read)
        {
        }

        return octets;
    }

    private static long Number(byte[] octets, int at, int count)
    {
        long value = 0;
        for (int i = count - 1; i >= 0; i--)
            value = (value << 8) | octets[at + i];

        return value;
    }
}

/// <summary>Reads another stream, counts, and stops at the limits. It also gives again what was looked at to tell the format.</summary>
internal sealed class CountingStream(Stream inner, Action<long> onRead) : ForwardStream
{
    private byte[] _head = Array.Empty<byte>();
    private int _headAt;
    private int _headEnd;

    /// <summary>Octets taken from the inner stream.</summary>
    public long Count { get; private set; }

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

    private int Take(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        Count += read;
        onRead(read);
        return read;
    }
}

/// <summary>A stream that is read from its beginning to its end, and nothing else.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
