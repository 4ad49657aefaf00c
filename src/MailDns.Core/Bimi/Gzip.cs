using System.IO;
using System.IO.Compression;

namespace MailDns.Bimi;

/// <summary>Unpacks gzip from a stranger within a bound.</summary>
internal static class Gzip
{
    /// <summary>True for octets that begin like gzip (RFC 1952 section 2.3.1).</summary>
    public static bool IsPacked(byte[] content) => content.Length > 2 && content[0] == 0x1F && content[1] == 0x8B;

    /// <summary>Stops at the bound whatever the archive promises, so a gzip bomb costs one buffer.</summary>
    public static bool TryUnpack(byte[] content, int maxBytes, out byte[] unpacked, out string problem)
    {
        unpacked = content;
        problem = string.Empty;
        try
        {
            using var source = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
            using var target = new MemoryStream();
            byte[] buffer = new byte[16384];
            int count;
            while ((count = source.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (target.Length + count > maxBytes)
                {
                    problem = "It unpacks to more than " + maxBytes + " bytes, which are not read.";
                    return false;
                }

                target.Write(buffer, 0, count);
            }

            unpacked = target.ToArray();
            problem = unpacked.Length == 0 ? "It unpacks to nothing." : string.Empty;
            return unpacked.Length > 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            problem = "It begins like gzip, but does not unpack.";
            return false;
        }
    }
}
