namespace MailDns.Text;

/// <summary>
/// Reads JSON text (RFC 8259) into a tree with positions. A public class MailDns.Json.NewtonsoftJsonReader with a
/// parameterless constructor implements it.
/// </summary>
internal interface IJsonTextReader
{
    /// <summary>Reads the one value that the text holds.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <param name="source">What to call the text in an error: a file's path.</param>
    /// <param name="lastWins">True where a member that is named twice counts as its last one, as most readers take it.</param>
    /// <exception cref="JsonTextException">The text is no JSON, is too long or too deep, or an object names a member twice where that is refused.</exception>
    JsonValue Read(string text, string source, bool lastWins = false);
}
