using MailDns.Text;

namespace MailDns.Json;

/// <summary>Reads JSON with Newtonsoft.Json, held to RFC 8259: what the library forgives is refused here, with its place.</summary>
public sealed class NewtonsoftJsonReader : IJsonTextReader
{
    /// <summary>Longest text, in characters. A profile is a few kilobytes.</summary>
    internal const int MaxLength = 1024 * 1024;

    /// <summary>Deepest nesting of arrays and objects.</summary>
    internal const int MaxDepth = 32;

    /// <inheritdoc/>
    JsonValue IJsonTextReader.Read(string text, string source, bool lastWins)
    {
        if (text.Length > MaxLength)
            throw new JsonTextException(source, 1, 1, string.Empty, "it is longer than " + MaxLength + " characters.");

        using var tree = new JsonTreeReader(text, source, lastWins);
        return tree.Read();
    }
}
