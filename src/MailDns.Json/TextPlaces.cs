using System;
using System.Collections.Generic;

namespace MailDns.Json;

/// <summary>Turns lines and columns into offsets of a text and back. Lines end at CR, LF or CR LF.</summary>
internal sealed class TextPlaces
{
    private readonly List<int> _lineStarts = new() { 0 };
    private readonly int _length;

    public TextPlaces(string text)
    {
        _length = text.Length;
        for (int i = 0; i < text.Length; i++)
        {
            bool lineFeed = text[i] == '\n';
            bool loneReturn = text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n');
            if (lineFeed || loneReturn)
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The offset of a line (from 1) and a number of characters into it.</summary>
    public int Offset(int line, int characters)
    {
        int start = _lineStarts[Math.Min(Math.Max(line, 1), _lineStarts.Count) - 1];
        return Math.Min(start + Math.Max(characters, 0), _length);
    }

    /// <summary>Line and column, both from 1, of an offset.</summary>
    public (int Line, int Column) Place(int offset)
    {
        int index = _lineStarts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }
}
