using System.Collections;

namespace MailDns;

/// <summary>Reads -ProviderValue: a hashtable of values by placeholder.</summary>
internal static class ProviderValues
{
    /// <summary>The values as text; none for null.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(IDictionary? values) =>
        values is null
            ? System.Array.Empty<KeyValuePair<string, string>>()
            : values.Cast<DictionaryEntry>().Select(entry => new KeyValuePair<string, string>(Text(entry.Key), Text(entry.Value))).ToArray();

    private static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
