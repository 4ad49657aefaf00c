using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Dns;
using MailDns.Smtp;
using Xunit;

namespace MailDns.Core.Tests.Smtp;

public sealed class SmtpReplyReaderTests
{
    private static readonly Gen<string>[] s_words = new[] { "220 ", "250-", "250 ", "\r\n", "\n", "\u001b[31m", "x", "STARTTLS", "\0" }.Select(word => Gen.Const(word)).ToArray();

    [Theory]
    [InlineData("220 mx ready\r\n", 220, "mx ready")]
    [InlineData("220\r\n", 220, "")]
    [InlineData("220 mx\n", 220, "mx")]
    [InlineData("250-mx hello\r\n250-SIZE 1\r\n250 STARTTLS\r\n", 250, "mx hello|SIZE 1|STARTTLS")]
    [InlineData("250-mx\r\n250\r\n", 250, "mx|")]
    [InlineData("554 5.7.1 no\r\n", 554, "5.7.1 no")]
    public async Task A_reply_is_read(string text, int code, string lines)
    {
        foreach (int piece in new[] { 1, 3, int.MaxValue })
        {
            SmtpReply reply = await ReadAsync(text, piece);
            Assert.Equal((code, lines), (reply.Code, string.Join('|', reply.Lines)));
        }
    }

    [Theory]
    [InlineData("", nameof(SmtpFailureKind.Closed))]
    [InlineData("220 mx", nameof(SmtpFailureKind.Closed))]
    [InlineData("220-mx\r\n", nameof(SmtpFailureKind.Closed))]
    [InlineData("\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("22\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("22x mx\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("120 mx\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("620 mx\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("2200 mx\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("220-mx\r\n250 mx\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", nameof(SmtpFailureKind.NotSmtp))]
    [InlineData("* OK IMAP4rev1\r\n", nameof(SmtpFailureKind.NotSmtp))]
    public async Task What_is_no_reply_is_refused(string text, string kind)
    {
        foreach (int piece in new[] { 1, 3, int.MaxValue })
        {
            SmtpException exception = await Assert.ThrowsAsync<SmtpException>(() => ReadAsync(text, piece));
            Assert.Equal(kind, exception.Kind.ToString());
        }
    }

    [Fact]
    public async Task What_does_not_end_is_left()
    {
        SmtpException line = await Assert.ThrowsAsync<SmtpException>(() => ReadAsync("220 " + new string('a', 1 << 20), int.MaxValue));
        Assert.Contains("2048 octets", line.Message, StringComparison.Ordinal);
        SmtpException lines = await Assert.ThrowsAsync<SmtpException>(() => ReadAsync(string.Concat(Enumerable.Repeat("220-a\r\n", 100_000)), int.MaxValue));
        Assert.Contains("100 lines", lines.Message, StringComparison.Ordinal);
        Assert.Equal(SmtpReplyReader.MaxLines, (await ReadAsync(string.Concat(Enumerable.Repeat("220-a\r\n", SmtpReplyReader.MaxLines - 1)) + "220 b\r\n", 7)).Lines.Count);
    }

    // Whatever comes is a reply or a refusal that can be shown.
    [Fact]
    public void Any_octets_are_read_or_refused() =>
        Gen.OneOf(Gen.Char['\0', '\u00ff'].Array[0, 200].Select(chars => new string(chars)), Gen.OneOf(s_words).Array[0, 40].Select(string.Concat))
            .Sample(text =>
            {
                try
                {
#pragma warning disable xUnit1031 // CsCheck samples are not asynchronous, and nothing here waits
                    SmtpReply reply = ReadAsync(text, 5).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
                    Assert.InRange(reply.Code, 200, 559);
                    Assert.All(reply.ToString(), c => Assert.InRange(c, ' ', '~'));
                }
                catch (SmtpException exception)
                {
                    Assert.All(exception.Message, c => Assert.InRange(c, ' ', '~'));
                }
            });

    [Theory]
    [InlineData("160303000202280000000000", null)]
    [InlineData("150301000202460000000000", null)]
    [InlineData("16030100020200002603010000", "TLS 1.0")]
    [InlineData("16030200020200002603020000", "TLS 1.1")]
    [InlineData("16030000020200002603000000", "SSL 3.0")]
    [InlineData("16030300020200002603030000", null)]
    [InlineData("160301", null)]
    [InlineData("", null)]
    public void An_old_server_hello_tells_its_version(string octets, string? version) =>
        Assert.Equal(version, OldTlsProbe.ReadVersion(Convert.FromHexString(octets)));

    [Theory]
    [InlineData("mx1.contoso.com")]
    [InlineData("a.b")]
    public void An_old_client_hello_has_lengths_that_fit(string host)
    {
        byte[] hello = OldTlsProbe.WriteHello(DomainName.Parse(host));
        Assert.Equal(hello.Length - 5, (hello[3] << 8) | hello[4]);
        Assert.Equal(hello.Length - 9, (hello[7] << 8) | hello[8]);
        int suites = 9 + 2 + 32 + 1;
        int extensions = suites + 2 + ((hello[suites] << 8) | hello[suites + 1]) + 2;
        Assert.Equal(hello.Length - extensions - 2, (hello[extensions] << 8) | hello[extensions + 1]);
        Assert.Contains(host, Encoding.Latin1.GetString(hello), StringComparison.Ordinal);
    }

    private static async Task<SmtpReply> ReadAsync(string text, int piece)
    {
        var hosts = new ScriptedMailHosts().Add("192.0.2.1", new ScriptedMailHost { Greeting = text, Piece = piece });
        using ISmtpConnection connection = await hosts.ConnectAsync(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 25), CancellationToken.None);
        return await new SmtpReplyReader(connection).ReadAsync(CancellationToken.None);
    }
}
