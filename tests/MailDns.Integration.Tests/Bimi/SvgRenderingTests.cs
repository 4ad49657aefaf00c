using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Bimi;
using MailDns.Core.Tests.Bimi;
using Xunit;

namespace MailDns.Integration.Tests.Bimi;

/// <summary>librsvg draws a converted logo as it draws the original.</summary>
public class SvgRenderingTests
{
    [RenderedTheory]
    [MemberData(nameof(SvgSamples.Convertible), MemberType = typeof(SvgSamples))]
    public void A_converted_logo_renders_as_the_original(string source, string part)
    {
        Assert.NotEmpty(part);
        byte[] before = Encoding.UTF8.GetBytes(source);
        byte[] after = SvgConverter.Convert(before, "Contoso").Content!;
        byte[] original = Render(before);
        Assert.InRange(Difference(original, Render(after)), 0, 3);
        Assert.InRange(Difference(original, Render(Encoding.UTF8.GetBytes(SvgSamples.Plain + SvgSamples.Back + "</svg>"))), 32, 255);
    }

    // The largest difference of one channel of one pixel.
    private static int Difference(byte[] left, byte[] right) => left.Zip(right, (a, b) => Math.Abs(a - b)).Max();

    private static byte[] Render(byte[] svg)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-svg-").FullName;
        try
        {
            string source = Path.Combine(folder, "a.svg");
            File.WriteAllBytes(source, svg);
            var start = new ProcessStartInfo("rsvg-convert") { UseShellExecute = false, RedirectStandardError = true, ArgumentList = { "-w", "192", "-h", "192", "-o", source + ".png", source } };
            using Process process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            return PngPixels.Read(File.ReadAllBytes(source + ".png"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
