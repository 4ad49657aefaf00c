using System;
using System.Linq;
using CsCheck;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Support;
using MailDns.Dkim;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>A corrected DKIM key record holds the same key with the same limits, and nothing else; CAA records are never corrected.</summary>
public class KeyCorrectionTests
{
    private static readonly string[] s_records =
    [
        "v=DKIM1; k=rsa; p=" + TestKeys.Rsa2048,
        "v=DKIM1; h=sha256; k=rsa; s=email; t=s; p=" + TestKeys.Rsa1024,
        "v=DKIM1; k=rsa; t=y:s; p=" + TestKeys.Rsa2048,
        "v=DKIM1; k=ed25519; p=" + TestKeys.Ed25519Raw,
        "k=rsa; n=note; p=" + TestKeys.Rsa2048,
        "v=DKIM1; k=rsa; p=",
    ];

    // 4,000 samples, the same in every run.
    [Fact]
    public void A_corrected_key_record_says_what_was_meant()
    {
        int corrected = 0;
        FixedSamples.Check(
            Gen.Int[0, s_records.Length - 1].SelectMany(index => BrokenTexts.Of(s_records[index], "DKIM1").Select(broken => (Meant: s_records[index], Broken: broken))),
            4_000,
            sample => sample.Meant + " -> " + sample.Broken + " -> " + DkimRepair.TryRepair(DkimKeyParser.Read(sample.Broken)),
            sample =>
            {
                // What was written in capitals is another key, and nobody can tell.
                if (System.Text.RegularExpressions.Regex.IsMatch(sample.Broken, "P *[=:]") || DkimRepair.TryRepair(DkimKeyParser.Read(sample.Broken)) is not { } repaired)
                    return;

                corrected++;
                DkimKeyRecord meant = DkimKeyParser.Read(sample.Meant).Record;
                DkimKeyReading again = DkimKeyParser.Read(repaired.ToString());
                Assert.Equal(meant.KeyData, again.Record.KeyData);
                Assert.Equal(meant.KeyTypeTag ?? "rsa", again.Record.KeyTypeTag ?? "rsa");
                Assert.Equal(Sorted(meant.Flags), Sorted(again.Record.Flags));
                Assert.Equal(Sorted(meant.HashAlgorithms), Sorted(again.Record.HashAlgorithms));
                Assert.DoesNotContain(again.Faults, fault => fault.Check == DkimChecks.Syntax || fault.Check == DkimChecks.TagDuplicate);
            });
        Assert.True(corrected > 800, corrected + " of 4,000 were corrected.");
    }

    private static string Sorted(System.Collections.Generic.IEnumerable<string>? values) => values is null ? string.Empty : string.Join(':', values.Order(StringComparer.Ordinal));
}
