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
    /// <exception cref="JsonTextException">The text is no JSON, is too long or too deep, or an object names a member twice.</exception>
    JsonValue Read(string text, string source);
}
