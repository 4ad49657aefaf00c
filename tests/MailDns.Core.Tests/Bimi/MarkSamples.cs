using System;
using System.Collections.Generic;
using System.Text;
using MailDns.Bimi;
using MailDns.Certificates;
using MailDns.Crypto;
using MailDns.TestSupport;

namespace MailDns.Core.Tests.Bimi;

/// <summary>Authorities, a logo and a trust that the tests of mark certificates share.</summary>
internal static class MarkSamples
{
    public static readonly byte[] Svg = Encoding.UTF8.GetBytes(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\"><title>Contoso</title><rect width=\"96\" height=\"96\" fill=\"white\"/><circle r=\"20\"/></svg>");

    public static readonly DateTime Time = new(2026, 6, 1, 0, 0, 0, DateTimeKind.Utc);

    public static readonly ICertificateReader Reader = new CertificateReader();

    public static readonly MarkAuthority Authority = new();

    /// <summary>Has the same names as <see cref="Authority"/>, and other keys.</summary>
    public static readonly MarkAuthority Impostor = new();

    public static MarkSettings Settings { get; } = new() { Logotype = MarkLogotype.Of(Svg) };

    public static MarkCertificateTrust Trust(params MarkAuthority[] authorities) => At(Time, authorities);

    public static MarkCertificateTrust At(DateTime time, params MarkAuthority[] authorities)
    {
        var roots = new List<CertificateData>();
        foreach (MarkAuthority authority in authorities)
            roots.AddRange(Reader.Read(Encoding.ASCII.GetBytes(MarkAuthority.Pem(authority.Root))));

        return new MarkCertificateTrust(Reader, roots, time);
    }
}
