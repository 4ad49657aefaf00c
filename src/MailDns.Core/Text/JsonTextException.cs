namespace MailDns;

/// <summary>A JSON file (a provider's profile) is wrong. Says where: file, line, column and the way to the property.</summary>
/// <remarks>Creates the error for the value at a path of the file.</remarks>
public sealed class JsonTextException(string source, int line, int column, string path, string problem) : FormatException(Compose(source, line, column, path, problem))
{
    /// <summary>The file, as it was given.</summary>
    public string FileName { get; } = source;

    /// <summary>Line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>The way to the property, e.g. <c>records[0].host</c>; empty for the whole file.</summary>
    public string Path { get; } = path;

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = problem;

    private static string Compose(string source, int line, int column, string path, string problem)
    {
        string place = PrintableText.Escape(source) + ", line " + line + ", column " + column;
        return path.Length == 0 ? place + ": " + problem : place + ", " + PrintableText.Escape(path) + ": " + problem;
    }
}
