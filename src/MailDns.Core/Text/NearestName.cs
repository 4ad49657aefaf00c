namespace MailDns.Text;

/// <summary>Finds what somebody meant to type: the known name with the fewest edits (Levenshtein distance).</summary>
internal static class NearestName
{
    /// <summary>Longest text that is compared; nobody mistypes a longer one.</summary>
    private const int MaxLength = 64;

    /// <summary><c> Did you mean "x"?</c> with a space before it, or the list of what is known where nothing is near.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        string[] names = known.ToArray();
        string? nearest = Find(given, names);
        return names.Length == 0 ? string.Empty
            : nearest is null ? " Known: " + string.Join(", ", names) + "."
            : " Did you mean " + PrintableText.Quote(nearest) + "?";
    }

    /// <summary>The nearest of the names; null where none is near enough.</summary>
    public static string? Find(string given, IReadOnlyList<string> known)
    {
        if (given.Length > MaxLength) return null;

        // One edit in three characters, and never more than three.
        int allowed = Math.Min(3, (given.Length + 2) / 3);
        string? nearest = null;
        foreach (string name in known)
        {
            int distance = Distance(given.ToUpperInvariant(), name.ToUpperInvariant());
            if (distance <= allowed)
            {
                nearest = name;
                allowed = distance - 1;
            }
        }

        return nearest;
    }

    private static int Distance(string left, string right)
    {
        int[] previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (int i = 1; i <= left.Length; i++)
        {
            int[] row = new int[right.Length + 1];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(previous[j], row[j - 1]) + 1);
            }

            previous = row;
        }

        return previous[right.Length];
    }
}
