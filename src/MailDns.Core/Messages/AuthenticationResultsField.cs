using System.Text;

namespace MailDns.Messages;

/// <summary>One method=result of an Authentication-Results field.</summary>
internal sealed class RecordedResult(string method, string result)
{
    private readonly List<KeyValuePair<string, string>> _properties = new();

    /// <summary>In lower case.</summary>
    public string Method { get; } = method;

    /// <summary>In lower case.</summary>
    public string Result { get; } = result;

    public string? Reason { get; set; }
    public string Properties => string.Join(" ", _properties.Select(property => property.Key + "=" + property.Value));

    public void Add(string name, string value) => _properties.Add(new KeyValuePair<string, string>(name, value));

    /// <summary>The value of a property such as header.d; null where it is absent.</summary>
    public string? Find(string name) =>
        _properties.Where(property => string.Equals(property.Key, name, StringComparison.OrdinalIgnoreCase)).Select(property => property.Value).FirstOrDefault();
}

/// <summary>
/// An Authentication-Results field (RFC 8601 section 2.2), read as it is found in the wild: Microsoft's without
/// authserv-id, ARC-Authentication-Results with an instance in front, comments anywhere. What cannot be read is left out.
/// </summary>
internal sealed class AuthenticationResultsField
{
    // More results are none that a server recorded.
    private const int MaxResults = 200;

    private AuthenticationResultsField(int index, int instance, string host, IReadOnlyList<RecordedResult> results)
    {
        Index = index;
        Instance = instance;
        Host = host;
        Results = results;
    }

    /// <summary>The place of its field in the header.</summary>
    public int Index { get; }

    /// <summary>i= of an ARC-Authentication-Results field; 0 where there is none.</summary>
    public int Instance { get; }

    /// <summary>The authserv-id; empty where there is none.</summary>
    public string Host { get; }

    public IReadOnlyList<RecordedResult> Results { get; }

    /// <summary>Reads the unfolded value of a field.</summary>
    public static AuthenticationResultsField Read(string text, int index)
    {
        List<string> sections = Split(text);
        int instance = 0;
        int next = 0;
        if (sections.Count > 0 && Words(sections[0], out _) is ["i", "=", var number] && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int value))
        {
            instance = value;
            next = 1;
        }

        string host = string.Empty;
        if (next < sections.Count && Words(sections[next], out _) is { Count: > 0 } first && !(first.Count > 1 && first[1] == "="))
        {
            host = first[0];
            next++;
        }

        var results = new List<RecordedResult>();
        for (; next < sections.Count && results.Count < MaxResults; next++)
        {
            if (ReadResult(sections[next]) is { } result) results.Add(result);
        }

        return new AuthenticationResultsField(index, instance, host, results);
    }

    // method [/ version] = result, then comments, reason= and properties.
    private static RecordedResult? ReadResult(string section)
    {
        List<string> words = Words(section, out string? comment);
        int equals = words.IndexOf("=");
        if (equals < 1 || equals + 1 >= words.Count) return null;

        string method = words[0].Split('/')[0].ToLowerInvariant();
        var result = new RecordedResult(method, words[equals + 1].ToLowerInvariant()) { Reason = comment };
        for (int i = equals + 2; i + 2 < words.Count; i++)
        {
            if (words[i + 1] != "=") continue;

            if (string.Equals(words[i], "reason", StringComparison.OrdinalIgnoreCase))
                result.Reason = words[i + 2];
            else
                result.Add(words[i].ToLowerInvariant(), words[i + 2]);

            i += 2;
        }

        return result;
    }

    // At semicolons outside comments and quoted strings.
    private static List<string> Split(string text)
    {
        var sections = new List<string>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ';')
            {
                sections.Add(text.Substring(start, i - start));
                start = i + 1;
            }
            else if (text[i] == '"')
            {
                i = HeaderText.EndOfQuoted(text, i);
            }
            else if (text[i] == '(')
            {
                i = HeaderText.EndOfComment(text, i);
            }
        }

        if (sections.Count > 0 && sections[sections.Count - 1].Trim().Length == 0)
            sections.RemoveAt(sections.Count - 1);

        return sections;
    }

    // Words and "=" apart, quotes taken off; the first comment beside them.
    private static List<string> Words(string section, out string? comment)
    {
        comment = null;
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false;
        bool isValue = false;
        void Close()
        {
            if (word.Length > 0 || quoted)
            {
                words.Add(word.ToString());
                word.Clear();
                quoted = false;
                isValue = false;
            }
        }

        for (int i = 0; i < section.Length; i++)
        {
            char c = section[i];
            if (c is ' ' or '\t' or '\r' or '\n')
            {
                Close();
            }
            else if (c == '(')
            {
                Close();
                int end = HeaderText.EndOfComment(section, i);
                comment ??= section.Substring(i + 1, Math.Max(0, end - i - 1)).Trim();
                i = end;
            }
            else if (c == '"')
            {
                int end = HeaderText.EndOfQuoted(section, i);
                word.Append(HeaderText.Unquote(section.Substring(i, Math.Min(section.Length, end + 1) - i)));
                quoted = true;
                i = end;
            }
            else if (c == '=' && !isValue)
            {
                Close();
                words.Add("=");
                isValue = true;
            }
            else
            {
                word.Append(c);
            }
        }

        Close();
        return words;
    }
}

/// <summary>Quoted strings and comments of structured header fields (RFC 5322 section 3.2). Nothing here nests calls.</summary>
internal static class HeaderText
{
    /// <summary>The place of the closing quotation mark, or the end of the text.</summary>
    public static int EndOfQuoted(string text, int start)
    {
        for (int i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '"')
                return i;
        }

        return text.Length;
    }

    /// <summary>The place of the parenthesis that closes a comment with all comments in it, or the end of the text.</summary>
    public static int EndOfComment(string text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
                default:
                    break;
            }
        }

        return text.Length;
    }

    /// <summary>What a quoted string says.</summary>
    public static string Unquote(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (int i = 1; i < quoted.Length; i++)
        {
            if (quoted[i] == '"') break;
            if (quoted[i] == '\\' && i + 1 < quoted.Length) i++;

            text.Append(quoted[i]);
        }

        return text.ToString();
    }
}
