using System;
using System.Formats.Asn1;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;

namespace MailDns.TestSupport;

/// <summary>Writes logotype extensions (RFC 9399 section 4.1).</summary>
public static class MarkLogotype
{
    public const string MediaType = "image/svg+xml+gzip";

    /// <summary>The SVG as the draft wants it: packed, in base64, in a data: URI.</summary>
    public static byte[] Of(byte[] svg) => Of(MediaType, DataUri(Pack(svg)), SHA256.HashData(Pack(svg)));

    public static string DataUri(byte[] content, string mediaType = MediaType) => "data:" + mediaType + ";base64," + Convert.ToBase64String(content);

    public static byte[] Of(string mediaType, string address, byte[] hash, int images = 1)
    {
        var explicit2 = new Asn1Tag(TagClass.ContextSpecific, 2, isConstructed: true);
        var direct = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(explicit2))
        using (writer.PushSequence(direct))
        using (writer.PushSequence())
        {
            foreach (int _ in Enumerable.Range(0, images))
                WriteImage(writer, mediaType, address, hash);
        }

        return writer.Encode();
    }

    public static byte[] Pack(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return target.ToArray();
    }

    private static void WriteImage(AsnWriter writer, string mediaType, string address, byte[] hash)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, mediaType);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("2.16.840.1.101.3.4.2.1");
                }

                writer.WriteOctetString(hash);
            }

            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, address);
            }
        }
    }
}
