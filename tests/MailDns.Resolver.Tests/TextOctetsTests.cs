using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Xunit;

namespace MailDns.Resolver.Tests;

public sealed class TextOctetsTests
{
    /// <summary>What DnsClient 1.8.0 makes of octets in its escaped text.</summary>
    private static string Escape(byte[] octets) => string.Concat(octets.Select(octet => octet switch
    {
        < 32 or > 126 => "\\" + octet.ToString("000", CultureInfo.InvariantCulture),
        (byte)'"' => "\\\"",
        _ => ((char)octet).ToString(),
    }));

    private static string Recover(byte[] octets) => TextOctets.Recover(Escape(octets), Encoding.UTF8.GetString(octets));

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    [Theory]
    [InlineData("")]
    [InlineData("v=spf1 -all")]
    [InlineData("\u00FC")]
    [InlineData("\u00C3\u00BC")]
    [InlineData("\\200")]
    [InlineData("\\\\200\\")]
    [InlineData("\u00C8\\200")]
    [InlineData("\\200\u00C8")]
    [InlineData("\u00C3\u00BC\\200\\201")]
    [InlineData("\u00FF\u00FE\\\"\"\\")]
    [InlineData("\0\u0001\u001F\u007F\\001")]
    [InlineData("\u00EF\u00BF\u00BD")]
    [InlineData("\u00EF\u00BF")]
    [InlineData("\u00F0\u009F\u0098\u0080\u00F0\u009F")]
    [InlineData("\u0080\u0081\u00C0\u00C1\u00F5\u00FF")]
    public void Octets_come_back(string text) => Assert.Equal(text, Recover(Latin1(text)));

    [Fact]
    public void Every_octet_comes_back_alone_and_beside_every_other()
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                byte[] octets = [(byte)a, (byte)b];
                Assert.Equal(Encoding.Latin1.GetString(octets), Recover(octets));
            }
        }
    }

    [Fact]
    public void Random_octets_come_back_and_only_a_written_escape_between_broken_ones_may_not()
    {
        var random = new Random(42);
        byte[] alphabet = [.. "\\\\\\0123456789\"ab"u8, 0x80, 0xBF, 0xC3, 0xBC, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0xEF, 0xBF, 0xBD, 0xFF, 0x00, 0x7F];
        for (int i = 0; i < 200_000; i++)
        {
            var octets = new byte[random.Next(1, 14)];
            for (int k = 0; k < octets.Length; k++)
                octets[k] = alphabet[random.Next(alphabet.Length)];
            string text = Encoding.Latin1.GetString(octets);
            string recovered = Recover(octets);
            if (!System.Text.RegularExpressions.Regex.IsMatch(text, "[\u0080-\u00FF](\\\\[0-9]{3})+[\u0080-\u00FF]", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
                Assert.Equal(text, recovered);
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\\195\\164", "\u00C3\u00A4")]
    [InlineData("a\\032b", "a\\032b")]
    [InlineData("\\;\\\\\\\"", ";\\\"")]
    [InlineData("\\999", "\\999")]
    [InlineData("\\", "\\")]
    [InlineData("\\12", "\\12")]
    public void Names_are_unescaped(string escaped, string expected) => Assert.Equal(expected, TextOctets.Unescape(escaped));
}
