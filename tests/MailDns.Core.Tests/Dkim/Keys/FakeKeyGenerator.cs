using System;
using System.Text;
using MailDns.Dkim.Keys;

namespace MailDns.Core.Tests.Dkim.Keys;

/// <summary>Hands out keys that are known.</summary>
internal sealed class FakeKeyGenerator : IDkimKeyGenerator
{
    public const string Pem = "the private half";

    public int Calls { get; private set; }

    public int Size { get; private set; }

    /// <summary>The array that was handed out last.</summary>
    public byte[]? Last { get; private set; }

    public GeneratedKey Generate(DkimKeyType type, int size, char[]? password)
    {
        Calls++;
        Size = size;
        Last = Encoding.ASCII.GetBytes(Pem);
        return new GeneratedKey(Convert.FromBase64String(type == DkimKeyType.Ed25519 ? TestKeys.Ed25519Spki : TestKeys.Rsa2048), Last);
    }
}
