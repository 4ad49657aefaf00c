using System;
using System.IO;
using System.Text;
using MailDns.Dkim;

namespace MailDns.Resolver.Tests.Crypto;

/// <summary>Keys that OpenSSL and ssh-keygen made for these tests alone.</summary>
internal static class KeyFile
{
    public const string Password = "correct horse";

    /// <summary>Octets in UTF-8 that are none in Latin-1.</summary>
    public const string UnicodePassword = "pässwörd €";

    public static string Text(string name) => Encoding.ASCII.GetString(Octets(name));

    public static byte[] Octets(string name)
    {
        using Stream stream = typeof(KeyFile).Assembly.GetManifestResourceStream(name + ".pem")!;
        var octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    /// <summary>The octets between the lines of a PEM file.</summary>
    public static byte[] Der(string name) => Der(Encoding.ASCII.GetBytes(Text(name)));

    public static byte[] Der(byte[] pem)
    {
        string text = Encoding.ASCII.GetString(pem);
        int start = text.IndexOf('\n', StringComparison.Ordinal);
        int end = text.IndexOf("-----END", StringComparison.Ordinal);
        return Convert.FromBase64String(text[start..end]);
    }

    /// <summary>The fingerprint of the public half as OpenSSL wrote it.</summary>
    public static string Fingerprint(string publicName) => DkimPublicKey.Read(Der(publicName)).Fingerprint;
}
