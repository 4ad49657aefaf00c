using System.Collections.Generic;

namespace MailDns.Bimi;

/// <summary>The outcome of a conversion: the converted file, or what stands in the way.</summary>
internal sealed class SvgConversion
{
    public SvgConversion(byte[]? content, IReadOnlyList<string> changes, IReadOnlyList<string> obstacles)
    {
        Content = content;
        Changes = changes;
        Obstacles = obstacles;
    }

    /// <summary>The SVG Tiny PS file in UTF-8; null where something stands in the way.</summary>
    public byte[]? Content { get; }

    /// <summary>What was changed.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>What stands in the way.</summary>
    public IReadOnlyList<string> Obstacles { get; }
}
