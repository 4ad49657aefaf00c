using MailDns.Core.Tests.Catalogue;
using System.Text;
using MailDns.Core.Tests.Support;
using MailDns.Crypto;
using MailDns.Dns;
using MailDns.Messages;
using MailDns.Sending;
using MailDns.TestSupport;

namespace MailDns.Core.Tests.Messages;

/// <summary>A message, its signers and the zone, and how they are judged.</summary>
internal static class MessageCase
{
    public const string Plain = "From: Ann <ann@example.com>\r\nTo: Bob <bob@receiver.example>\r\nSubject: Invoice  4711\r\nDate: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <1@example.com>\r\n\r\nHello Bob,\r\n\r\nplease  find the invoice. \r\n\r\n";

    public static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly MailSigner Signer = MailSigner.Rsa("example.com", "s2048", 2048);

    public static readonly MailSigner Edwards = MailSigner.Edwards(Ed25519Keys.New(), "example.com", "ed");

    public static readonly MailSigner Platform = MailSigner.Rsa("esp.example", "esp", 2048);

    /// <summary>The zone of example.com (p=reject), with the keys of the signers.</summary>
    public static TableResolver Zone() => new TableResolver()
        .Txt("example.com", "v=spf1 ip4:192.0.2.10 -all")
        .Txt("_dmarc.example.com", "v=DMARC1; p=reject; rua=mailto:dmarc@example.com")
        .Txt(Signer.KeyName, Signer.KeyRecord)
        .Txt(Edwards.KeyName, Edwards.KeyRecord)
        .Txt(Platform.KeyName, Platform.KeyRecord)
        .Txt("bounce.esp.example", "v=spf1 ip4:203.0.113.0/24 -all")
        .Txt("_dmarc.esp.example", "v=DMARC1; p=none");

    public static MessageRequest Request => new() { Now = Now, Ed25519 = () => new Ed25519Verifier() };

    public static Task<MailMessageResult> ProveAsync(string message, IDnsResolver? zone = null, Func<MessageRequest, MessageRequest>? with = null, PlatformRequest? platform = null) =>
        ProveAsync(Encoding.Latin1.GetBytes(message), zone, with, platform);

    public static async Task<MailMessageResult> ProveAsync(byte[] message, IDnsResolver? zone = null, Func<MessageRequest, MessageRequest>? with = null, PlatformRequest? platform = null)
    {
        using var stream = new MemoryStream(message);
        return Seen.In(await MessageProof.ProveAsync(stream, with is null ? Request : with(Request), platform ?? new PlatformRequest(), zone ?? Zone(), CancellationToken.None, CancellationToken.None));
    }
}
