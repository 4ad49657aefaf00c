using System;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Publishing;

/// <summary>A shared secret that signs dynamic updates (RFC 8945). Its text never shows the secret.</summary>
internal sealed class TsigKey : IDisposable
{
    private readonly byte[] _secret;

    public TsigKey(DomainName name, string algorithm, byte[] secret)
    {
        Name = name;
        Algorithm = DomainName.FromDns(IsKnown(algorithm)
            ? algorithm
            : throw new FormatException("The key's algorithm is not one of hmac-sha256, hmac-sha384 and hmac-sha512 (RFC 8945 section 6)."));
        _secret = secret.Length > 0 ? secret : throw new FormatException("The key's secret is empty.");
    }

    public DomainName Name { get; }

    public DomainName Algorithm { get; }

    /// <summary>The message authentication code of octets.</summary>
    public byte[] Sign(byte[] octets)
    {
        using HMAC hmac = Create();
        return hmac.ComputeHash(octets);
    }

    /// <summary>Overwrites the secret.</summary>
    public void Dispose() => Array.Clear(_secret, 0, _secret.Length);

    /// <summary>The key's name; never the secret.</summary>
    public override string ToString() => Name + " (" + Algorithm + ")";

    private static bool IsKnown(string algorithm) => algorithm.ToLowerInvariant() is "hmac-sha256" or "hmac-sha384" or "hmac-sha512";

    private HMAC Create() => Algorithm.Text switch
    {
        "hmac-sha512" => new HMACSHA512(_secret),
        "hmac-sha384" => new HMACSHA384(_secret),
        _ => new HMACSHA256(_secret),
    };
}
