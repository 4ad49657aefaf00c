using System;
using System.IO;
using System.Linq;
using Xunit;

namespace MailDns.Integration.Tests.Bimi;

/// <summary>A theory that compares rendered pictures: skipped where rsvg-convert (librsvg2-bin) is not installed.</summary>
public sealed class RenderedTheoryAttribute : TheoryAttribute
{
    public RenderedTheoryAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "rsvg-convert"))))
            Skip = "rsvg-convert (librsvg2-bin) is not installed.";
    }
}
