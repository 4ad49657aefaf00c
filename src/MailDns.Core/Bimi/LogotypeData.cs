namespace MailDns.Bimi;

/// <summary>The images that a logotype extension names as the subject's logo (RFC 9399 section 4.1).</summary>
internal sealed class LogotypeData
{
    public LogotypeData(IReadOnlyList<LogotypeImage> images, string? problem)
    {
        Images = images;
        Problem = problem;
    }

    public IReadOnlyList<LogotypeImage> Images { get; }

    /// <summary>Why the extension cannot be read; null where it can.</summary>
    public string? Problem { get; }
}

/// <summary>LogotypeDetails of one image (RFC 9399 section 4.1). Its texts are foreign and not escaped.</summary>
internal sealed class LogotypeImage
{
    public LogotypeImage(string mediaType, IReadOnlyList<string> addresses, IReadOnlyList<KeyValuePair<string, byte[]>> hashes)
    {
        MediaType = mediaType;
        Addresses = addresses;
        Hashes = hashes;
    }

    public string MediaType { get; }

    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Object identifier of the algorithm and the hash.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Hashes { get; }
}
