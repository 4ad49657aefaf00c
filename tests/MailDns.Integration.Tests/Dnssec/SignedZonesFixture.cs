using System;
using System.Linq;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Dnssec;

/// <summary>Zones of every kind of fault; null where BIND is not installed.</summary>
public sealed class SignedZonesFixture : IDisposable
{
    private const string Mail = "{0}. IN MX 10 mx.{0}.\nmx.{0}. IN A 192.0.2.1\n{0}. IN TXT \"v=spf1 mx -all\"\n_25._tcp.mx.{0}. IN TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3\n";

    public SignedZones? Zones { get; } = SignedZones.IsInstalled ? SignedZones.Start(
    [
        Zone("good.example"),
        new SignedZone("large.example", "large.example. IN TXT " + string.Join(' ', Enumerable.Repeat('"' + new string('x', 250) + '"', 8)) + "\n"),
        Zone("rsa.example") with { Algorithm = "RSASHA256" },
        Zone("expired.example") with { Begin = "now-30d", End = "now-1d" },
        Zone("future.example") with { Begin = "now+1d", End = "now+30d" },
        Zone("soon.example") with { Begin = "now-20d", End = "now+2d" },
        Zone("brief.example") with { Begin = "now-1h", End = "now+2d" },
        Zone("digest.example") with { Signer = DelegationSigner.OtherDigest },
        Zone("key.example") with { Signer = DelegationSigner.OtherKey },
        Zone("stale.example") with { Signer = DelegationSigner.RightAndOther },
        Zone("bare.example") with { IsSigned = false },
        Zone("island.example") with { Signer = DelegationSigner.None },
        Zone("unsigned.example") with { Signer = DelegationSigner.None, IsSigned = false },
        Zone("old.example") with { Algorithm = "NSEC3RSASHA1" },
        Zone("sha1.example") with { Signer = DelegationSigner.Sha1 },
        Zone("hashed.example") with { Options = "-3 - -H 0" },
        Zone("costly.example") with { Options = "-3 aabb -H 5" },
        Zone("excessive.example") with { Options = "-3 - -H 120" },
    ]) : null;

    public void Dispose() => Zones?.Dispose();

    private static SignedZone Zone(string name) => new(name, Mail.Replace("{0}", name, StringComparison.Ordinal));
}

/// <summary>A test against BIND's own signing, where it is installed; .ci/run installs it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedTheoryAttribute : TheoryAttribute
{
    public SignedTheoryAttribute()
    {
        if (!SignedZones.IsInstalled)
            Skip = "BIND (bind9, bind9-utils) is not installed.";
    }
}
