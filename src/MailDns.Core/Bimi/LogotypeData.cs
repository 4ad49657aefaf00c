using System.Collections.Generic;

namespace MailDns.Bimi;

/// <summary>The images that a logotype extension names as the subject's logo (RFC 9399 section 4.1).</summary>
internal sealed class LogotypeData
{
    public LogotypeData(IReadOnlyList<LogotypeImage> images, string? problem)
    {
        Images = images;
        Problem = problem;
    }

    public IReadOnlyList<LogotypeImage> Images { get; }

    /// <summary>Why the extension cannot be read; null where it can.</summary>
    public string? Problem { get; }
}
