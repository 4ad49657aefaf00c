namespace MailDns;

/// <summary>A zone file breaks the grammar of RFC 1035 section 5. Says where and which rule.</summary>
/// <remarks>Creates the error; the message begins with file, line and column.</remarks>
public sealed class ZoneFileException(string file, int line, int column, string problem, string rule) : FormatException(MailDns.Text.PrintableText.Escape(file) + "(" + line + "," + column + "): " + problem + " [" + rule + "]")
{
    /// <summary>The file's name as it was given.</summary>
    public string File { get; } = file;

    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;

    /// <summary>The rule that is broken, e.g. "RFC 1035 section 5.1".</summary>
    public string Rule { get; } = rule;

    /// <summary>True where the file cannot be read on.</summary>
    internal bool EndsReading { get; set; }

    /// <summary>True where the entry is of a type that is not known.</summary>
    internal bool IsUnknownType { get; set; }
}
