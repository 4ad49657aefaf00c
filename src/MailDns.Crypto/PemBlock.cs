using System;

namespace MailDns.Crypto;

/// <summary>Where a PEM block stands in a text.</summary>
internal sealed class PemBlock
{
    public PemBlock(string label, int start, int bodyStart, int bodyEnd, int end)
    {
        Label = label;
        Start = start;
        BodyStart = bodyStart;
        BodyEnd = bodyEnd;
        End = end;
    }

    public string Label { get; }

    public int Start { get; }

    public int BodyStart { get; }

    public int BodyEnd { get; }

    public int End { get; }

    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>True for the old form of OpenSSL, with headers (RFC 1421 section 4.6) before the base64 text.</summary>
    public bool HasHeaders(char[] text) => Array.IndexOf(text, ':', BodyStart, BodyEnd - BodyStart) >= 0;
}
