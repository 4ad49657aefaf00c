namespace MailDns;

/// <summary>What the completers share.</summary>
internal static class Completions
{
    /// <summary>The word before the cursor without the quotation marks that may be around it.</summary>
    public static string Word(string? wordToComplete) => (wordToComplete ?? string.Empty).Trim('\'', '"');

    /// <summary>A value; the tool tip defaults to itself.</summary>
    public static CompletionResult Value(string text, string? toolTip = null) => new(text, text, CompletionResultType.ParameterValue, toolTip ?? text);

    /// <summary>The values that begin with the word, in any case.</summary>
    public static CompletionResult[] StartingWith(string? wordToComplete, IEnumerable<CompletionResult> values)
    {
        string word = Word(wordToComplete);
        return values.Where(value => value.CompletionText.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToArray();
    }
}
