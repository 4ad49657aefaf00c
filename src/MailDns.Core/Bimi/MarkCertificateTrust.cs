using System;
using System.Collections.Generic;

namespace MailDns.Bimi;

/// <summary>With what a mark certificate is judged: a reader, the roots that are trusted, and the time.</summary>
internal sealed class MarkCertificateTrust
{
    public MarkCertificateTrust(IMarkCertificateReader reader, IReadOnlyList<CertificateData> roots, DateTime time)
    {
        Reader = reader;
        Roots = roots;
        Time = time;
    }

    public IMarkCertificateReader Reader { get; }

    /// <summary>Empty where none were given: then no chain passes.</summary>
    public IReadOnlyList<CertificateData> Roots { get; }

    /// <summary>UTC.</summary>
    public DateTime Time { get; }
}
