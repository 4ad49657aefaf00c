namespace MailDns.Dkim.Keys;

/// <summary>Writes files for their owner's eyes only: a public class MailDns.Crypto.PrivateFileWriter with a parameterless constructor implements it.</summary>
internal interface IPrivateFileWriter
{
    /// <summary>
    /// Writes a file that nobody but its owner can read from its first octet on, and puts it in place complete or not at all.
    /// </summary>
    /// <exception cref="PrivateFileExistsException">The file is there and is not to be replaced.</exception>
    /// <exception cref="System.IO.IOException">It cannot be written, or its file system keeps no permissions.</exception>
    void Write(string path, byte[] octets, bool overwrite);
}
