using System.IO;
using System.Text;

namespace MailDns.Reports;

/// <summary>The file of a report: UTF-8 without a byte order mark.</summary>
internal static class ReportFile
{
    /// <summary>Writes the file, whole or not at all (<see cref="OutputFile"/>).</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<TextWriter> write, CancellationToken cancellationToken) => OutputFile.Write(
        path,
        overwrite,
        stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 12, leaveOpen: true);
            write(writer);
        },
        cancellationToken);
}
