namespace MailDns.Dns;

/// <summary>The length that goes before each message over TCP (RFC 1035 section 4.2.2).</summary>
internal static class TcpFrame
{
    public const int HeaderLength = 2;

    /// <summary>The message with its length before it.</summary>
    public static byte[] Wrap(byte[] message)
    {
        var framed = new byte[message.Length + HeaderLength];
        framed[0] = (byte)(message.Length >> 8);
        framed[1] = (byte)message.Length;
        message.CopyTo(framed, HeaderLength);
        return framed;
    }

    /// <summary>The length of the message that follows a header.</summary>
    public static int LengthOf(byte[] header) => (header[0] << 8) | header[1];
}
