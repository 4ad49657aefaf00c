using System;
using System.Text;
using MailDns.Dkim.Keys;

namespace MailDns.Core.Tests.Dkim.Keys;

/// <summary>Keeps what would be written.</summary>
internal sealed class FakeFileWriter : IPrivateFileWriter
{
    public Exception? Error { get; init; }

    public string? Path { get; private set; }

    public string? Written { get; private set; }

    public bool Overwrite { get; private set; }

    public void Write(string path, byte[] octets, bool overwrite)
    {
        if (Error is not null)
            throw Error;
        Path = path;
        Written = Encoding.ASCII.GetString(octets);
        Overwrite = overwrite;
    }
}
