namespace MailDns.Bimi;

/// <summary>The images that a logotype extension names as the subject's logo (RFC 9399 section 4.1).</summary>
internal sealed class LogotypeData(IReadOnlyList<LogotypeImage> images, string? problem)
{
    public IReadOnlyList<LogotypeImage> Images { get; } = images;

    /// <summary>Why the extension cannot be read; null where it can.</summary>
    public string? Problem { get; } = problem;
}

/// <summary>LogotypeDetails of one image (RFC 9399 section 4.1). Its texts are foreign and not escaped.</summary>
internal sealed class LogotypeImage(string mediaType, IReadOnlyList<string> addresses, IReadOnlyList<KeyValuePair<string, byte[]>> hashes)
{
    public string MediaType { get; } = mediaType;

    public IReadOnlyList<string> Addresses { get; } = addresses;

    /// <summary>Object identifier of the algorithm and the hash.</summary>
    public IReadOnlyList<KeyValuePair<string, byte[]>> Hashes { get; } = hashes;
}
