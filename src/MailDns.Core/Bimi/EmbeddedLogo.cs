using System.Security.Cryptography;
using MailDns.Certificates;

namespace MailDns.Bimi;

/// <summary>
/// The logo within a mark certificate: a data: URI (RFC 2397) with the packed SVG in base64 (draft-fetch-validation-vmc-wchuang
/// sections 4.1 and 4.2, RFC 6170 section 4).
/// </summary>
internal sealed class EmbeddedLogo
{
    private const string Scheme = "data:";
    private const string Svg = "image/svg+xml";
    private const string PackedSvg = "image/svg+xml+gzip";

    private EmbeddedLogo(byte[]? content, string? problem)
    {
        Content = content;
        Problem = problem;
    }

    /// <summary>The SVG, unpacked; null where it could not be read.</summary>
    public byte[]? Content { get; }

    /// <summary>What breaks the draft, fit to be shown; null where nothing does. The content may be there all the same.</summary>
    public string? Problem { get; }

    /// <summary>Reads the first image; more than one is a fault.</summary>
    public static EmbeddedLogo Read(LogotypeData? logotype)
    {
        if (logotype is null) return Failed("The certificate has no logotype extension, and so no logo.");
        if (logotype.Problem is { } problem) return Failed("The logotype extension cannot be read: " + problem + ".");

        string? address = logotype.Images.SelectMany(image => image.Addresses).FirstOrDefault();
        if (address is null) return Failed("The logotype extension names no logo of the subject.");

        EmbeddedLogo logo = ReadAddress(logotype.Images.First(image => image.Addresses.Count > 0), address);
        return logo.Problem is null && logotype.Images.Count > 1
            ? new EmbeddedLogo(logo.Content, "The logotype extension has " + logotype.Images.Count + " images, not one.")
            : logo;
    }

    private static EmbeddedLogo ReadAddress(LogotypeImage image, string address)
    {
        int comma = address.IndexOf(',');
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || comma < 0)
            return Failed("The logo is not embedded but at " + PrintableText.Quote(address.Length > 200 ? address.Substring(0, 200) : address) + ".");

        string[] head = address.Substring(Scheme.Length, comma - Scheme.Length).Split(';').Select(part => part.Trim()).ToArray();
        if (!string.Equals(head[head.Length - 1], "base64", StringComparison.OrdinalIgnoreCase) || !TryDecode(address.Substring(comma + 1), out byte[] octets))
            return Failed("The embedded logo is not in base64.");

        byte[] content = octets;
        bool packed = Gzip.IsPacked(octets);
        if (packed && !Gzip.TryUnpack(octets, SvgReader.MaxBytes, out content, out string problem))
            return Failed("The embedded logo cannot be read: " + problem);

        return new EmbeddedLogo(content, FindProblem(image, head[0], packed, octets, content));
    }

    private static string? FindProblem(LogotypeImage image, string mediaType, bool packed, byte[] octets, byte[] content)
    {
        string[] types = { mediaType, image.MediaType };
        string? foreign = types.FirstOrDefault(type => !IsSvg(type));
        if (foreign is not null)
            return "The embedded logo is declared as " + PrintableText.Quote(foreign) + ", not as " + PackedSvg + ".";

        if (!packed) return "The embedded logo is not packed with gzip.";

        return image.Hashes.Count > 0 && image.Hashes.Any(hash => Hash(hash.Key, octets) is { } packedHash && !packedHash.SequenceEqual(hash.Value) && !Hash(hash.Key, content)!.SequenceEqual(hash.Value))
            ? "The embedded logo is not the one whose hash the certificate has."
            : null;
    }

    // RFC 9399 section 4.1 hashes the object that the URI leads to; issuers have hashed the SVG itself, and readers take both.
    private static byte[]? Hash(string algorithm, byte[] octets)
    {
        switch (algorithm)
        {
            case "2.16.840.1.101.3.4.2.1":
                using (var sha256 = SHA256.Create())
                {
                    return sha256.ComputeHash(octets);
                }

            case "2.16.840.1.101.3.4.2.2":
                using (var sha384 = SHA384.Create())
                {
                    return sha384.ComputeHash(octets);
                }

            case "2.16.840.1.101.3.4.2.3":
                using (var sha512 = SHA512.Create())
                {
                    return sha512.ComputeHash(octets);
                }

            default:
                return null;
        }
    }

    private static bool IsSvg(string mediaType)
    {
        string type = mediaType.Split(';')[0].Trim();
        return string.Equals(type, Svg, StringComparison.OrdinalIgnoreCase) || string.Equals(type, PackedSvg, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryDecode(string text, out byte[] octets)
    {
        try
        {
            octets = Convert.FromBase64String(Uri.UnescapeDataString(text));
            return true;
        }
        catch (FormatException)
        {
            octets = Array.Empty<byte>();
            return false;
        }
    }

    private static EmbeddedLogo Failed(string problem) => new(content: null, problem);
}
