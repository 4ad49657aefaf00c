using MailDns.Dkim;

namespace MailDns;

/// <summary>Reads small files of keys and records that users name.</summary>
internal static class KeyFile
{
    /// <summary>The text of a file of at most 64 KB.</summary>
    /// <exception cref="System.IO.IOException">It cannot be read or is larger.</exception>
    public static string Read(string path) => BoundedFile.ReadText(path, DkimKeyText.MaxLength, "64 KB, which no key is");
}
