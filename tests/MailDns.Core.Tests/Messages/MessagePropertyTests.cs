using System.Text;
using CsCheck;
using MailDns.Messages;
using MailDns.TestSupport;
using Xunit;
using static MailDns.Core.Tests.Messages.MessageCase;

namespace MailDns.Core.Tests.Messages;

/// <summary>What holds for any message.</summary>
public class MessagePropertyTests
{
    private static readonly Gen<string> s_body = Gen.Char["ab .\t\r\n>F\u00e9\0"].Array[0, 120].Select(characters => new string(characters));

    [Fact]
    public void Whatever_the_body_a_signature_of_the_strings_verifies_over_the_octets() => Gen.Select(s_body, Gen.Bool, Gen.Bool).Sample(
        (body, relaxedHeader, relaxedBody) =>
        {
            string message = Plain + Crlf(body);
            string canonicalization = (relaxedHeader ? "relaxed" : "simple") + "/" + (relaxedBody ? "relaxed" : "simple");
            return ProveAsync(Signer.Sign(message, new SigningOptions { Canonicalization = canonicalization })).GetAwaiter().GetResult().Dkim[0].Result == AuthenticationResultCode.Pass;
        },
        iter: 300);

    [Fact]
    public void Folding_and_case_do_not_matter_to_relaxed() => Gen.Select(Gen.Int[1, 6].Array[1, 12], Gen.Bool).Sample(
        (widths, upper) =>
        {
            string signed = Signer.Sign(Plain);
            int width = 0;
            string folded = string.Concat(signed[signed.IndexOf("From: Ann", StringComparison.Ordinal)..].Split("\r\n\r\n", 2)[0].Select(c => c == ' ' ? (widths[width++ % widths.Length] % 3 == 0 ? "\r\n " : "\t  ") : c.ToString()));
            folded = upper ? folded.Replace("Subject:", "SUBJECT\t:", StringComparison.Ordinal) : folded;
            string copy = signed[..signed.IndexOf("From: Ann", StringComparison.Ordinal)] + folded + "\r\n\r\n" + signed.Split("\r\n\r\n", 2)[1];
            return ProveAsync(copy).GetAwaiter().GetResult().Dkim[0].Result == AuthenticationResultCode.Pass;
        },
        iter: 100);

    [Fact]
    public void One_changed_octet_of_a_signed_part_never_passes() => Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 255]).Sample(
        (place, change) =>
        {
            string signed = Signer.Sign(Plain, new SigningOptions { Canonicalization = "simple/simple" });
            int start = signed.IndexOf("From: Ann", StringComparison.Ordinal);
            byte[] octets = Encoding.Latin1.GetBytes(signed);

            // Line ends have several forms that are one; the last empty lines do not count.
            int index = start + (place % (octets.Length - start - 4));
            if (octets[index] is (byte)'\r' or (byte)'\n')
                return true;
            octets[index] ^= (byte)change;
            if (octets[index] is (byte)'\r' or (byte)'\n')
                return true;
            try
            {
                return ProveAsync(octets).GetAwaiter().GetResult().Dkim is [] or [{ Result: not AuthenticationResultCode.Pass }];
            }
            catch (MessageException)
            {
                return true;
            }
        },
        iter: 500);

    [Fact]
    public void Where_the_chunks_are_cut_does_not_matter() => Gen.Select(s_body, Gen.Int[1, 40]).Sample(
        (body, size) =>
        {
            byte[] octets = Encoding.Latin1.GetBytes(body);
            foreach (bool relaxed in new[] { false, true })
            {
                byte[] Hash(int step)
                {
                    using var canonicalizer = new BodyCanonicalizer(relaxed);
                    BodyDigest digest = canonicalizer.Digest();
                    for (int i = 0; i < octets.Length; i += step)
                        canonicalizer.Append(octets, i, Math.Min(step, octets.Length - i));
                    canonicalizer.End();
                    return digest.Value;
                }

                if (!Hash(size).SequenceEqual(Hash(int.MaxValue / 2)))
                    return false;
            }

            return true;
        },
        iter: 2000);

    [Fact]
    public void Any_octets_are_judged_or_refused() => Gen.OneOf(
        Gen.Byte.Array[0, 400].Select(octets => Encoding.Latin1.GetString(octets)),
        Gen.Char["From: a@bc,;<>()\"\\\r\n\t=1vhdsi"].Array[0, 300].Select(characters => "From: " + new string(characters)),
        Gen.Char["v=1;abdhls: \r\n\t.@/x0"].Array[0, 200].Select(characters => "DKIM-Signature: " + new string(characters) + "\r\n" + Plain),
        Gen.Char["i=1;abcv \r\n\t.@/()\""].Array[0, 100].Select(characters => "ARC-Seal: " + new string(characters) + "\r\nReceived: " + new string(characters) + "\r\nAuthentication-Results: " + new string(characters) + "\r\nReturn-Path: " + new string(characters) + "\r\n" + Plain)).Sample(
        text =>
        {
            try
            {
                _ = ProveAsync(text, with: request => request with { TrustedHosts = [MailDns.Dns.DomainName.Parse("mx.example")] }).GetAwaiter().GetResult();
            }
            catch (MessageException)
            {
                // Refused, and nothing else.
            }
        },
        iter: 3000);

    private static string Crlf(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
