using System;

namespace MailDns.Report;

/// <summary>Closes an element at the end of a using.</summary>
internal readonly struct HtmlScope : IDisposable
{
    private readonly HtmlWriter _writer;
    private readonly int _depth;

    public HtmlScope(HtmlWriter writer, int depth)
    {
        _writer = writer;
        _depth = depth;
    }

    public void Dispose() => _writer.Close(_depth);
}
