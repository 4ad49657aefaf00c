using System.IO;
using System.Text;

namespace MailDns.Https;

/// <summary>One GET over HTTP/1.1 (RFC 9112) on a connection that is closed afterwards. Every read has a bound.</summary>
internal static class HttpExchange
{
    private const int MaxHeaderLines = 200;
    private const int MaxInterim = 8;

    public static async Task<HttpAnswer> RunAsync(Stream stream, Uri uri, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] request = Encoding.ASCII.GetBytes(
            "GET " + uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped) + " HTTP/1.1\r\nHost: " + HostOf(uri)
            + "\r\nUser-Agent: MailDns\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(request, 0, request.Length, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);

        var reader = new BoundedReader(stream);
        int status = 100;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; status is >= 100 and < 200; i++)
        {
            if (i >= MaxInterim) throw new InvalidDataException("Too many interim answers.");

            status = ReadStatus(await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false));
            headers = await ReadHeadersAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        string? mediaType = headers.TryGetValue("Content-Type", out string? type) ? type.Split(';')[0].Trim().ToLowerInvariant() : null;
        if (status is 301 or 302 or 303 or 307 or 308)
            return new HttpAnswer(status, headers.TryGetValue("Location", out string? location) ? location : string.Empty, null, Array.Empty<byte>());

        if (status != 200) return new HttpAnswer(status, null, mediaType, Array.Empty<byte>());

        byte[]? body = await ReadBodyAsync(reader, headers, maxBytes, cancellationToken).ConfigureAwait(false);
        return body is null
            ? HttpAnswer.Failed(HttpsStatus.TooLarge, "more than " + maxBytes + " bytes, which are not read")
            : new HttpAnswer(status, null, mediaType, body);
    }

    private static string HostOf(Uri uri)
    {
        string host = uri.HostNameType == UriHostNameType.IPv6 ? "[" + uri.DnsSafeHost + "]" : uri.IdnHost;
        return uri.IsDefaultPort ? host : host + ":" + uri.Port.ToString(CultureInfo.InvariantCulture);
    }

    private static int ReadStatus(string line)
    {
        bool valid = line.Length >= 12 && line.StartsWith("HTTP/1.", StringComparison.Ordinal) && line[8] == ' '
            && (line.Length == 12 || line[12] == ' ');
        return valid && int.TryParse(line.Substring(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status >= 100
            ? status
            : throw new InvalidDataException("The answer is not HTTP.");
    }

    private static async Task<Dictionary<string, string>> ReadHeadersAsync(BoundedReader reader, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < MaxHeaderLines; i++)
        {
            string line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line.Length == 0) return headers;

            int colon = line.IndexOf(':');
            if (colon <= 0) throw new InvalidDataException("A header is not valid.");

            string name = line.Substring(0, colon);
            string value = line.Substring(colon + 1).Trim();
            headers[name] = headers.TryGetValue(name, out string? before) && before != value ? before + ", " + value : value;
        }

        throw new InvalidDataException("Too many headers.");
    }

    // Null where the document is larger than allowed (RFC 9112 section 6.3 for the three ways to know its length).
    private static async Task<byte[]?> ReadBodyAsync(BoundedReader reader, Dictionary<string, string> headers, int maxBytes, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Transfer-Encoding", out string? coding))
        {
            return coding.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                ? await ReadChunksAsync(reader, maxBytes, cancellationToken).ConfigureAwait(false)
                : throw new InvalidDataException("The transfer coding is unknown.");
        }

        var target = new MemoryStream();
        if (!headers.TryGetValue("Content-Length", out string? text))
            return await reader.CopyToEndAsync(target, maxBytes, cancellationToken).ConfigureAwait(false) ? target.ToArray() : null;

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            throw new InvalidDataException("The length is not a number.");

        if (length > maxBytes) return null;

        await reader.CopyAsync(target, (int)length, cancellationToken).ConfigureAwait(false);
        return target.ToArray();
    }

    private static async Task<byte[]?> ReadChunksAsync(BoundedReader reader, int maxBytes, CancellationToken cancellationToken)
    {
        var target = new MemoryStream();
        while (true)
        {
            string line = (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false)).Split(';')[0].Trim();
            if (line.Length is 0 or > 8 || !uint.TryParse(line, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint size))
                throw new InvalidDataException("A chunk has no length.");

            if (size == 0) return target.ToArray();
            if (target.Length + size > maxBytes) return null;

            await reader.CopyAsync(target, (int)size, cancellationToken).ConfigureAwait(false);
            if ((await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false)).Length > 0)
                throw new InvalidDataException("A chunk does not end where it should.");
        }
    }
}

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

/// <summary>One answer of a server: a failure, a redirect, or a document.</summary>
internal sealed class HttpAnswer(int statusCode, string? location, string? mediaType, byte[] content)
{
    public int StatusCode { get; } = statusCode;

    /// <summary>Where a redirect leads; null for any other answer.</summary>
    public string? Location { get; } = location;

    public string? MediaType { get; } = mediaType;

    public byte[] Content { get; } = content;

    /// <summary>Days until the server's certificate ends.</summary>
    public int? CertificateDaysLeft { get; set; }

    public HttpsResponse? Failure { get; private init; }

    public static HttpAnswer Failed(HttpsStatus status, string detail) =>
        new(0, null, null, System.Array.Empty<byte>()) { Failure = HttpsResponse.Failed(status, detail) };

    /// <summary>The response, after that many redirects.</summary>
    public HttpsResponse ToResponse(int redirects)
    {
        HttpsResponse response = Failure
            ?? (StatusCode == 200 ? HttpsResponse.Ok(Content, MediaType, redirects) : HttpsResponse.Failed(HttpsStatus.HttpError, "HTTP " + StatusCode, StatusCode));
        response.CertificateDaysLeft = CertificateDaysLeft;
        return response;
    }
}
