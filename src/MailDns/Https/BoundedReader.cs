using System.IO;
using System.Text;

namespace MailDns.Https;

/// <summary>Reads lines and counted bytes from a stream, none of them without a bound.</summary>
internal sealed class BoundedReader(Stream stream)
{
    private const int MaxLine = 16 * 1024;

    private readonly Stream _stream = stream;
    private readonly byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>A line without its end.</summary>
    /// <exception cref="InvalidDataException">It is too long, or the stream ends within it.</exception>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length < MaxLine)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                throw new InvalidDataException("The answer is cut off.");

            char c = (char)_buffer[_start++];
            if (c == '\n') return line.ToString().TrimEnd('\r');

            line.Append(c);
        }

        throw new InvalidDataException("A line is too long.");
    }

    /// <summary>Copies that many bytes.</summary>
    /// <exception cref="InvalidDataException">The stream ends before.</exception>
    public async Task CopyAsync(MemoryStream target, int count, CancellationToken cancellationToken)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                throw new InvalidDataException("The answer is cut off.");

            int part = Math.Min(count, _end - _start);
            await target.WriteAsync(_buffer, _start, part, cancellationToken).ConfigureAwait(false);
            _start += part;
            count -= part;
        }
    }

    /// <summary>Copies to the end; false where there are more bytes than allowed.</summary>
    public async Task<bool> CopyToEndAsync(MemoryStream target, int maxBytes, CancellationToken cancellationToken)
    {
        while (_start < _end || await FillAsync(cancellationToken).ConfigureAwait(false))
        {
            if (target.Length + _end - _start > maxBytes) return false;

            await target.WriteAsync(_buffer, _start, _end - _start, cancellationToken).ConfigureAwait(false);
            _start = _end;
        }

        return true;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
        return _end > 0;
    }
}
