namespace MailDns.Bimi;

/// <summary>The logo that the one in a mark certificate is compared with.</summary>
internal sealed class PublishedLogo
{
    private PublishedLogo(byte[]? content, string reason, bool isUnknown)
    {
        Content = content;
        Reason = reason;
        IsUnknown = isUnknown;
    }

    /// <summary>Its octets, unpacked; null where there are none.</summary>
    public byte[]? Content { get; }

    /// <summary>Why there are none.</summary>
    public string Reason { get; }

    /// <summary>True where it is not known what is published.</summary>
    public bool IsUnknown { get; }

    /// <summary>A logo as it was read, packed or not.</summary>
    public static PublishedLogo Of(byte[] content) =>
        !Gzip.IsPacked(content) ? new PublishedLogo(content, string.Empty, isUnknown: false)
        : Gzip.TryUnpack(content, SvgReader.MaxBytes, out byte[] unpacked, out string problem) ? new PublishedLogo(unpacked, string.Empty, isUnknown: false)
        : None("The logo cannot be read: " + problem);

    public static PublishedLogo None(string reason) => new(content: null, reason, isUnknown: false);

    public static PublishedLogo Unknown(string reason) => new(content: null, reason, isUnknown: true);
}
