using System.IO;
using System.Security.Cryptography;
using MailDns.Dkim.Keys;

namespace MailDns.Crypto;

/// <summary>
/// Writes a new file beside its place, for its owner alone from the start, and moves it there: a reader sees the old file or
/// the new one, never a part, and nobody else sees either.
/// </summary>
public sealed class PrivateFileWriter : IPrivateFileWriter
{
    /// <inheritdoc/>
    void IPrivateFileWriter.Write(string path, byte[] octets, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw new PrivateFileExistsException(path);

        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException("The folder " + folder + " does not exist.");

        string temporary = Path.Combine(folder, ".maildns-" + RandomName() + ".tmp");
        bool moved = false;
        try
        {
            using (FileStream stream = OwnerOnlyFile.Create(temporary))
            {
                stream.Write(octets, 0, octets.Length);
                stream.Flush(flushToDisk: true);
            }

            Move(temporary, path, overwrite);
            moved = true;
        }
        finally
        {
            if (!moved) File.Delete(temporary);
        }
    }

    private static void Move(string from, string to, bool overwrite)
    {
        try
        {
            OwnerOnlyFile.Move(from, to, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(to))
        {
            throw new PrivateFileExistsException(to);
        }
    }

    private static string RandomName()
    {
        var octets = new byte[8];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return BitConverter.ToString(octets).Replace("-", string.Empty);
    }
}
