namespace MailDns;

/// <summary>A zone file breaks the grammar of RFC 1035 section 5. Says where and which rule.</summary>
public sealed class ZoneFileException : FormatException
{
    /// <summary>Creates the error; the message begins with file, line and column.</summary>
    public ZoneFileException(string file, int line, int column, string problem, string rule)
        : base(MailDns.Text.PrintableText.Escape(file) + "(" + line + "," + column + "): " + problem + " [" + rule + "]")
    {
        File = file;
        Line = line;
        Column = column;
        Problem = problem;
        Rule = rule;
    }

    /// <summary>The file's name as it was given.</summary>
    public string File { get; }

    /// <summary>Line, from 1.</summary>
    public int Line { get; }

    /// <summary>Column, from 1.</summary>
    public int Column { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The rule that is broken, e.g. "RFC 1035 section 5.1".</summary>
    public string Rule { get; }
}
