namespace MailDns.Dns;

/// <summary>A word of a zone file with its place.</summary>
internal readonly struct ZoneToken
{
    public ZoneToken(string text, bool isQuoted, bool isIndented, int line, int column)
    {
        Text = text;
        IsQuoted = isQuoted;
        IsIndented = isIndented;
        Line = line;
        Column = column;
    }

    /// <summary>As written, escapes kept, quotes taken off.</summary>
    public string Text { get; }

    public bool IsQuoted { get; }

    /// <summary>True for the first word of a line that begins with white space: the owner is the one before.</summary>
    public bool IsIndented { get; }

    public int Line { get; }

    public int Column { get; }
}
