using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace MailDns;

/// <summary>
/// Reads files that users name: regular ones only, and never more than a bound. A device or a pipe is refused by what it is, before it is
/// opened: its length is 0 and it may have no end, and a pipe without a writer is not even opened.
/// </summary>
internal static class BoundedFile
{
    // The type of a file in st_mode (POSIX sys/stat.h).
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>The octets of a file.</summary>
    /// <param name="path">A path of the file system.</param>
    /// <param name="maxBytes">Most octets.</param>
    /// <param name="limit">For the message, e.g. "64 KB, which no key is".</param>
    /// <exception cref="IOException">It cannot be read, is larger, or is not a regular file but a folder or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] Read(string path, long maxBytes, string limit)
    {
        byte[] octets = ReadStart(path, maxBytes);
        return octets.Length <= maxBytes ? octets : throw new IOException("The file " + path + " is larger than " + limit + ".");
    }

    /// <summary>The text of a file in UTF-8, or as its byte order mark says.</summary>
    /// <exception cref="IOException">It cannot be read, is larger, or is not a regular file but a folder or a device.</exception>
    public static string ReadText(string path, long maxBytes, string limit)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path, maxBytes, limit)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    /// <summary>The octets of a file, or one more than <paramref name="most"/> of them, so that a larger file is known to be larger.</summary>
    public static byte[] ReadStart(string path, long most)
    {
        RequireRegular(path);
        if (Directory.Exists(path)) throw new IOException(path + " is a folder; specify a file.");

        // No buffer of the stream's own, where parts of a key would stay.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        if (!stream.CanSeek) throw NotRegular(path);

        // The length is a hint: files of /proc have none, and a file may grow meanwhile.
        var octets = new byte[(int)Math.Min(Math.Max(stream.Length, 4096), most) + 1];
        int length = 0;
        while (true)
        {
            int count = stream.Read(octets, length, octets.Length - length);
            length += count;
            if (count == 0 || length > most) break;

            if (length == octets.Length)
            {
                byte[] larger = new byte[(int)Math.Min(2L * octets.Length, most + 1)];
                Buffer.BlockCopy(octets, 0, larger, 0, length);
                Array.Clear(octets, 0, length);
                octets = larger;
            }
        }

        if (length < octets.Length)
        {
            byte[] exact = new byte[length];
            Buffer.BlockCopy(octets, 0, exact, 0, length);
            Array.Clear(octets, 0, length);
            octets = exact;
        }

        return octets;
    }

    /// <summary>Refuses a device, a pipe or a socket; opening one could wait for ever.</summary>
    /// <exception cref="IOException">It is one.</exception>
    public static void RequireRegular(string path)
    {
        if (Path.DirectorySeparatorChar == '\\') return;

        try
        {
            // The runtime's own shim over stat(2): flags, then the mode, the same on every system and processor.
            byte[] status = new byte[512];
            if (Stat(Encoding.UTF8.GetBytes(path + "\0"), status) == 0 && (BitConverter.ToInt32(status, 4) & TypeMask) is not (Regular or Folder))
                throw NotRegular(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another runtime: what cannot be sought is still refused once it is open.
        }
    }

    private static IOException NotRegular(string path) => new("The file " + path + " is not a regular file but a device, a pipe or a socket, which is not read.");

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int Stat(byte[] path, byte[] status);
}
