using System.IO;

namespace MailDns.Dkim.Keys;

/// <summary>A private key would have replaced a file.</summary>
internal sealed class PrivateFileExistsException(string path) : IOException("The file " + path + " exists already. It may hold a key that is in use; -Force replaces it.")
{
}
