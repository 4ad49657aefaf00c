using System.IO;
using System.Text;
using MailDns.Dkim;

namespace MailDns;

/// <summary>Reads small files of keys and records that users name.</summary>
internal static class KeyFile
{
    /// <summary>The text of a file of at most 64 KB.</summary>
    /// <exception cref="IOException">It cannot be read or is larger.</exception>
    public static string Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > DkimKeyText.MaxLength)
        {
            throw new IOException("The file " + path + " is larger than 64 KB, which no key is.");
        }

        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
